// Type-checked by types.mjs against the packed declarations; each @ts-expect-error must indeed be an error.
import {
  AnygradError,
  type Callback,
  createEngine,
  type Dataset,
  type EngineInfo,
  type History,
  layers,
  losses,
  type Model,
  metrics,
  type NamedWeight,
  ops,
  optimizers,
  schedules,
  sequential,
  type Tensor,
} from "anygrad";
import simd from "anygrad/kernels/simd.wasm";
import { loadModel, saveModel } from "anygrad/node";
import { inWorker } from "anygrad/worker";

const engine = await createEngine({ kernels: simd, threads: "auto", precision: "strict" });
await createEngine({ kernels: { default: simd } });
await createEngine({ kernels: new Uint8Array(4) });
await createEngine({ kernels: new ArrayBuffer(4) });
await createEngine({ kernels: fetch("simd.wasm") });
await createEngine({ kernels: Promise.resolve(simd) });
// @ts-expect-error no such variant
await createEngine({ variant: "gpu" });

const info: EngineInfo = engine.info;
const w = engine.variable([[1, 2]]);
const loss: () => Tensor = () => ops.mean(ops.square(ops.matmul(engine.tensor([[1], [2]]), w)));
const value: number = engine.valueAndGrad(loss, [w]).value;

const net: Model = sequential([layers.flatten(), layers.dense({ units: 10, activation: "softmax" })], {
  inputShape: [28, 28, 1],
});
// @ts-expect-error units is missing
layers.dense({});
const log: Callback = { onEpochEnd: (epoch: number, logs) => console.log(epoch, logs.loss) };
await net.compile({
  optimizer: optimizers.adam({ learningRate: schedules.constant({ learningRate: 0.1 }) }),
  loss: losses.sparseCategoricalCrossentropy({ fromLogits: true }),
  metrics: ["accuracy", metrics.f1()],
  engine,
});
// @ts-expect-error no loss has this name
await net.compile({ loss: "none" });
const data: Dataset = { x: new Float32Array(784), shape: [1, 28, 28, 1], y: new Uint8Array(1) };
const history: History = await net.fit(data, { epochs: 1, callbacks: [log] });
const weights: NamedWeight[] = net.getWeights();
await saveModel(net, "model.safetensors", { optimizer: true });
const again: Model = await loadModel("model.safetensors", { engine });
inWorker(again).dispose();
console.log(info.variant, value, history.loss, weights.length, new AnygradError("UNSUPPORTED", "").code);
const stopped: string | undefined = history.stopped;
console.log(
  stopped,
  Object.values(history).map((values) => values.length),
);

// what is internal is not in the types
// @ts-expect-error
engine.allocator;
// @ts-expect-error
w.pointer;
// @ts-expect-error
net.restore;
// @ts-expect-error
optimizers.sgd().update;
// @ts-expect-error
layers.flatten().traits;
