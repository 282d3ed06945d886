// Windows of a sensor told apart by 1-D convolutions: what is someone doing? Run: node examples/sensor-windows.mjs
import { layers, sequential } from "anygrad";

const activities = ["resting", "walking", "running"];
const [steps, axes] = [64, 3]; // a window: 64 measurements of an acceleration of three axes

let state = 7;
/** Uniform numbers from −1 to 1, the same in every run. */
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return state / 2 ** 31;
}

/** Windows as a phone would measure them: gravity, the rhythm of steps at any phase, noise. */
function measure(count) {
  const x = new Float32Array(count * steps * axes);
  const y = Int32Array.from({ length: count }, (_, i) => i % activities.length);
  y.forEach((activity, i) => {
    const rhythm = [0, 0.22, 0.36][activity] * (1 + 0.15 * random());
    const force = [0, 0.6, 0.75][activity] * (1 + 0.3 * random());
    const phase = 3 * random();
    for (let t = 0; t < steps; t++)
      for (let axis = 0; axis < axes; axis++) {
        const swing = force * Math.sin(rhythm * t * (axis === 1 ? 2 : 1) + phase + axis);
        x[(i * steps + t) * axes + axis] = (axis === 2 ? 1 : 0) + swing + 0.4 * random();
      }
  });
  return { x, y, shape: [count, steps, axes] };
}

const net = sequential(
  [
    layers.gaussianNoise({ stddev: 0.1 }),
    layers.conv1d({ filters: 16, kernelSize: 7, activation: "relu" }),
    layers.maxPooling1d({ poolSize: 2 }),
    layers.conv1d({ filters: 32, kernelSize: 5, activation: "relu" }),
    layers.globalAveragePooling1d(),
    layers.dense({ units: activities.length, activation: "softmax" }),
  ],
  { inputShape: [steps, axes], seed: 1 },
);
console.log(net.summary());
await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
const { val_accuracy } = await net.fit(measure(900), {
  epochs: 8,
  batchSize: 32,
  validationData: measure(300),
  seed: 1,
});
val_accuracy.forEach((accuracy, epoch) => {
  console.log(`epoch ${epoch + 1}: accuracy on new windows ${accuracy.toFixed(3)}`);
});
if (val_accuracy.at(-1) < 0.95) throw new Error("the network did not learn");
