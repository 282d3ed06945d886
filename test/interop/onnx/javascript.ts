/** ONNX Runtime in JavaScript: its native build for Node, and the one in WebAssembly that pages have. */
import { installed, versionIn } from "../packages.ts";

/** One of them. */
export interface Runtime {
  readonly name: string;
  /** The first output of a model for its first input. */
  run(model: Uint8Array, x: Float32Array, shape: readonly number[]): Promise<Float32Array>;
}

interface OnnxRuntime {
  readonly InferenceSession: { create(model: Uint8Array, options: object): Promise<Session> };
  readonly Tensor: new (type: "float32", data: Float32Array, shape: readonly number[]) => object;
}
interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: object): Promise<Readonly<Record<string, { readonly data: Float32Array }>>>;
  release(): Promise<void>;
}

const packages = { "onnxruntime-node": "in Node", "onnxruntime-web": "in WebAssembly" };

/** Those that can be installed. @param home the folder of package.json */
export function runtimes(home: string): readonly Runtime[] {
  const require = installed("onnx: ONNX Runtime in JavaScript", home);
  if (!require) return [];
  return Object.entries(packages).map(([name, where]) => {
    const { InferenceSession, Tensor } = require(name) as OnnxRuntime;
    return {
      name: `ONNX Runtime ${versionIn(home, name)} ${where}`,
      async run(model, x, shape) {
        // else what is multiplied by int8 weights is rounded to int8 as well
        const extra = { session: { qdq_matmulnbits_accuracy_level: "1" } };
        const session = await InferenceSession.create(model, { logSeverityLevel: 3, extra });
        const [[input], [output]] = [session.inputNames, session.outputNames];
        const given = await session.run({ [input!]: new Tensor("float32", x, shape) });
        const data = Float32Array.from(given[output!]!.data);
        await session.release();
        return data;
      },
    };
  });
}
