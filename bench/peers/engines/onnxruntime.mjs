// onnxruntime-web on its wasm backend. Inference only: training was taken out of the package. The network is what anygrad
// exports; onnxruntime rewrites it for itself when it opens the session.
import * as ort from "onnxruntime-web";
import { createEngine } from "../../../dist/index.js";
import { saveOnnx } from "../../../dist/onnx/index.js";
import { networkOf } from "./anygrad.mjs";

export function start({ threads }) {
  ort.env.wasm.numThreads = threads;
  return { engine: `onnxruntime-web ${ort.env.versions.web}`, open };
}

async function open(_name, network, { inputs }) {
  const { inputShape, batchSize, inferenceBatchSize } = network;
  const engine = await createEngine();
  const net = await networkOf(network, engine);
  const session = await ort.InferenceSession.create(saveOnnx(net), { executionProviders: ["wasm"] });
  const seen = inputs.subarray(0, (inputs.length / batchSize) * inferenceBatchSize);
  const x = new ort.Tensor("float32", seen, [inferenceBatchSize, ...inputShape]);
  const parameters = net.parameters.total;
  await engine.dispose();
  return {
    parameters,
    train: () => {
      if (!("TrainingSession" in ort)) throw new Error("ort.TrainingSession is undefined: it cannot train");
      throw new Error("ort.TrainingSession is back: write its training step in engines/onnxruntime.mjs");
    },
    infer: async () => void (await session.run({ [session.inputNames[0]]: x })),
    close: () => session.release(),
  };
}
