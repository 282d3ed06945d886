// Whole training steps of the presets: batch 64, Adam, as `fit` runs them.
import { createEngine, datasets, optimizers, sequential } from "../dist/index.js";
import { findPreset } from "../dist/presets/index.js";
import { measure } from "./measure.mjs";

const batchSize = 64;

/** A function that does one training step each time it is called. */
async function stepper(preset, variant) {
  const { train } = await datasets.digits({ train: 640, test: 1, seed: 1 });
  const engine = await createEngine({ variant });
  const net = sequential(findPreset(preset).network(), { inputShape: [28, 28, 1], seed: 1 });
  await net.compile({
    optimizer: optimizers.adam({ learningRate: 1e-3 }),
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
    engine,
  });
  const run = net.train(train, { epochs: Number.MAX_SAFE_INTEGER, batchSize, seed: 1 });
  await run.next();
  return { step: () => run.next(), engine };
}

export async function benchSteps(presets, variants, milliseconds) {
  const rows = [];
  for (const preset of presets) {
    const runs = await Promise.all(variants.map((variant) => stepper(preset, variant)));
    const times = await measure(
      Object.fromEntries(runs.map(({ step }, i) => [variants[i], step])),
      milliseconds,
    );
    variants.forEach((variant, i) => {
      rows.push({
        name: `${preset} step`,
        variant,
        ...times[variant],
        memoryBytes: runs[i].engine.info.memoryBytes,
      });
    });
  }
  return rows;
}
