/** A network on a machine of its own, ready to do one training step or one prediction at a time. */
import { Engine } from "../../../src/autograd/engine.ts";
import type { Backend } from "../../../src/backend/backend.ts";
import type { Dataset } from "../../../src/data/dataset.ts";
import { datasets } from "../../../src/data/datasets.ts";
import { take } from "../../../src/data/selection.ts";
import { AnygradError } from "../../../src/errors.ts";
import { sequential } from "../../../src/model/index.ts";
import { emptyHistory } from "../../../src/model/training/history.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { findPreset } from "../../../src/presets/index.ts";
import { batchSize } from "../kernels/workload.ts";

/** The networks of the comparison with other libraries. */
export const networks: readonly string[] = [
  "mlp-128-64",
  "mlp-512-256",
  "cnn-32-32",
  "cnn-2x2",
  "cnn-relu",
  "cnn-bn-sigmoid",
];

export interface BenchmarkModel {
  /** One training step of 64 images, as `fit` does it. */
  step(): Promise<unknown>;
  /** The predictions for 64 images. */
  predict(): Promise<unknown>;
  /** Ends the training run. */
  end(): Promise<void>;
}

export async function trainingData(): Promise<Dataset> {
  return (await datasets.digits({ train: 20 * batchSize, test: 1, seed: 1 })).train;
}

/** @param data whole batches */
export async function benchmarkModelOf(
  preset: string,
  backend: Backend,
  data: Dataset,
): Promise<BenchmarkModel> {
  const found = findPreset(preset);
  if (!found) throw new AnygradError("INVALID_ARGUMENT", `bench: there is no preset "${preset}"`);
  const net = sequential(found.network(), { inputShape: [28, 28, 1], seed: 1 });
  await net.compile({
    optimizer: optimizers.adam({ learningRate: 1e-3 }),
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
    engine: new Engine(backend),
  });
  const run = net.train(data, { epochs: Number.MAX_SAFE_INTEGER, batchSize, seed: 1 });
  const batch = take(data, batchSize);
  return {
    step: () => run.next(),
    predict: () => net.predict(batch, { batchSize }),
    end: async () => void (await run.return(emptyHistory())),
  };
}
