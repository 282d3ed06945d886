/** ONNX's node cases, run by anygrad's ops. */
import type { Engine } from "../../../src/autograd/engine.ts";
import { reasonOf } from "../../../src/errors.ts";
import { sameShape } from "../../../src/tensor/shape.ts";
import { Tensor } from "../../../src/tensor/tensor.ts";
import { tolerance } from "../networks/deviation.ts";
import { takeCalled } from "./called.ts";
import { operators } from "./operators.ts";
import { Call, Refusal, readArray, type StoredArray, type Value } from "./values.ts";

export interface OnnxCase {
  readonly name: string;
  readonly opset: number;
  readonly nodes: readonly {
    readonly operator: string;
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
  readonly constants: Readonly<Record<string, StoredArray>>;
  readonly inputs: Readonly<Record<string, StoredArray>>;
  readonly outputs: Readonly<Record<string, StoredArray>>;
}

export type Outcome =
  /** Operators that anygrad has no op for. */
  | { readonly outcome: "no op"; readonly operators: readonly string[] }
  /** It has the op, but not what the case asks of it. */
  | { readonly outcome: "refused"; readonly reason: string }
  | { readonly outcome: "passed"; readonly deviation: number; readonly ops: readonly string[] }
  | { readonly outcome: "failed"; readonly reason: string };

/** Operators whose results are not of the type of their input. */
const converting: ReadonlySet<string> = new Set(["Cast", "CastLike", "DequantizeLinear"]);

export function operatorsOf({ nodes }: OnnxCase): string[] {
  return [...new Set(nodes.map(({ operator }) => operator))];
}

/** From a number of 16 bits to the next, as a share of it. */
const halfStep = 2 ** -10;

/** Cases whose outputs do not follow from what they say. */
const contradictions: Readonly<Record<string, string>> = {
  test_adam_multiple: "an epsilon of 1e-2 that it does not state: ONNX's default is 1e-6",
  ...Object.fromEntries(
    ["2D_int8_float32", "3D_int8_float32", "2D_int8_float16", "3D_int8_float16"].map((kind) => [
      `test_qlinearmatmul_${kind}`,
      "−227 as 29 in int8, where the operator's text says that it saturates",
    ]),
  ),
};

export function runCase(each: OnnxCase, engine: Engine): Outcome {
  const contradiction = contradictions[each.name];
  if (contradiction) return { outcome: "refused", reason: contradiction };
  const missing = operatorsOf(each).filter((name) => !Object.hasOwn(operators, name));
  if (missing.length > 0) return { outcome: "no op", operators: missing };
  takeCalled();
  try {
    const outcome = engine.step(() => compared(each, outputsOf(each, engine)));
    if (outcome.outcome !== "passed" || outcome.ops.length > 0) return outcome;
    return { outcome: "refused", reason: "nothing that an op computes: it copies, or asks for a shape" };
  } catch (error) {
    const reason = reasonOf(error);
    return error instanceof Refusal ? { outcome: "refused", reason } : { outcome: "failed", reason };
  }
}

function outputsOf(
  { nodes, opset, constants, inputs }: OnnxCase,
  engine: Engine,
): Map<string, Value | undefined> {
  const values = new Map<string, Value | undefined>();
  for (const [name, stored] of Object.entries({ ...constants, ...inputs }))
    values.set(name, readArray(stored));
  for (const { operator, inputs: from, outputs, attributes } of nodes) {
    const given = from.map((name) => (name === "" ? undefined : values.get(name)));
    const call = new Call(engine, opset, given, attributes, outputs.length);
    const result = operators[operator]!(call);
    const list = (Array.isArray(result) ? result : [result]) as (Value | undefined)[];
    // what whole numbers give is whole, where the operator does not say what it is
    if (!converting.has(operator))
      for (const each of list) if (each instanceof Tensor) call.like(operator === "Where" ? 1 : 0, each);
    for (const [i, name] of outputs.entries()) values.set(name, list[i]);
  }
  return values;
}

function compared({ outputs }: OnnxCase, values: ReadonlyMap<string, Value | undefined>): Outcome {
  let largest = 0;
  let most = tolerance;
  for (const [name, stored] of Object.entries(outputs)) {
    const got = values.get(name);
    if (!got) throw new Refusal(`an output that the op does not give`);
    const wanted = readArray(stored);
    if (!sameShape(got.shape, wanted.shape))
      return { outcome: "failed", reason: `${name} is [${got.shape}] and should be [${wanted.shape}]` };
    if (wanted.type === "float16") most = halfStep; // it was rounded to that
    const numbers = got instanceof Tensor ? got.data : got.values;
    wanted.values.forEach((b, i) => {
      const a = numbers[i]!;
      if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return;
      const deviation = Math.abs(a - b) / Math.max(1, Math.abs(b));
      largest = Number.isNaN(deviation) ? Number.POSITIVE_INFINITY : Math.max(largest, deviation);
    });
  }
  if (largest <= most) return { outcome: "passed", deviation: largest, ops: takeCalled() };
  return { outcome: "failed", reason: `it is off by ${largest.toExponential(1)}` };
}
