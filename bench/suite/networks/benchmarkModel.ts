/** A network on a machine of its own, ready to do one training step or one prediction at a time. */
import type { Engine } from "../../../src/autograd/engine.ts";
import type { Dataset } from "../../../src/data/dataset.ts";
import { datasets } from "../../../src/data/datasets.ts";
import { take } from "../../../src/data/selection.ts";
import { AnygradError } from "../../../src/errors.ts";
import { type Model, sequential } from "../../../src/model/index.ts";
import { emptyHistory } from "../../../src/model/training/run/history.ts";
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
  /** One training step of a batch, as `fit` does it. */
  step(): Promise<unknown>;
  /** The predictions for a batch. */
  predict(): Promise<unknown>;
  /** Ends the training run. */
  end(): Promise<void>;
}

export async function trainingData(): Promise<Dataset> {
  return (await datasets.digits({ train: 20 * batchSize, test: 1, seed: 1 })).train;
}

/** A network by its name: for each build it is made anew. */
export interface NamedNetwork {
  readonly name: string;
  /** The network, not compiled, for images of 28×28×1 in 10 classes. */
  make(): Model;
}

/** @throws AnygradError INVALID_ARGUMENT where there is no such preset */
export function presetNetwork(name: string): NamedNetwork {
  const found = findPreset(name);
  if (!found) throw new AnygradError("INVALID_ARGUMENT", `bench: there is no preset "${name}"`);
  return { name, make: () => sequential(found.network(), { inputShape: [28, 28, 1], seed: 1 }) };
}

/** @param data whole batches of this size */
export async function benchmarkModelOf(
  network: string | NamedNetwork,
  engine: Engine,
  data: Dataset,
  size: number = batchSize,
): Promise<BenchmarkModel> {
  const net = (typeof network === "string" ? presetNetwork(network) : network).make();
  await net.compile({
    optimizer: optimizers.adam({ learningRate: 1e-3 }),
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
    engine,
  });
  const run = net.train(data, { epochs: Number.MAX_SAFE_INTEGER, batchSize: size, seed: 1 });
  const batch = take(data, size);
  return {
    step: () => run.next(),
    predict: () => net.predict(batch, { batchSize: size }),
    end: async () => void (await run.return(emptyHistory())),
  };
}
