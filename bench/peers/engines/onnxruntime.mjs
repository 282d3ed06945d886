// onnxruntime-web on its wasm backend. Inference only: training was taken out of the package.
import * as ort from "onnxruntime-web";
import { batchSize, inputShape } from "../batch.mjs";
import { onnxModel } from "./onnx-model.mjs";

export function start({ threads }) {
  ort.env.wasm.numThreads = threads;
  return { engine: `onnxruntime-web ${ort.env.versions.web}`, open };
}

async function open(_name, network, { images }) {
  const { bytes, parameters } = onnxModel(network.layers);
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ["wasm"] });
  const [height, width, channels] = inputShape;
  const x = new ort.Tensor("float32", images, [batchSize, channels, height, width]);
  return {
    parameters,
    train: () => {
      if (!("TrainingSession" in ort)) throw new Error("ort.TrainingSession is undefined: it cannot train");
      throw new Error("ort.TrainingSession is back: write its training step in engines/onnxruntime.mjs");
    },
    infer: async () => void (await session.run({ x })),
    close: () => session.release(),
  };
}
