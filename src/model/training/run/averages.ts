/**
 * The exponential moving average of a run's weights and of its moving statistics, one pass over them a step. A network
 * of averaged weights is often better than the last one, and steadier (Polyak and Juditsky 1992; Izmailov et al.,
 * arXiv:1803.05407). The run itself goes on with its own weights.
 *
 * The share that stays grows, min(momentum, (1 + t) / (10 + t)) at the t-th update from 0, as in TensorFlow's
 * `ExponentialMovingAverage`: the initial weights are forgotten within a few dozen steps. Adam's correction,
 * (1 − momentum) / (1 − momentum^t), would drop them too, but weighs all of the first 1 / (1 − momentum) steps alike.
 */

import type { Snapshot } from "../../../io/snapshot.ts";
import { SnapshotReader } from "../../../io/snapshotReader.ts";
import { lerp_f32 } from "../../../kernels/abi.generated.ts";
import { type Storage, Tensor } from "../../../tensor/tensor.ts";
import type { Parameters } from "../../network/parameters.ts";

/** The moving average of a run's weights. */
export class WeightAverage {
  readonly #momentum: number;
  readonly #pairs: readonly {
    readonly mean: Tensor;
    readonly weights: readonly Tensor[];
    readonly storage: Storage;
  }[];
  #updates = 0;

  /** Begins with the weights as they are. @param momentum share of the old average that stays, in the end */
  constructor({ flat }: Pick<Parameters, "flat">, momentum: number) {
    this.#momentum = momentum;
    const { allocator } = flat.flat()[0]!;
    this.#pairs = flat.map((weights) => {
      const size = weights.reduce((sum, each) => sum + each.size, 0);
      const storage = allocator.storage(4 * size);
      const mean = new Tensor(allocator, storage, 0, [size], "float32");
      eachRun(weights, (run, at) => mean.view.set(run.view, at));
      return { mean, weights, storage };
    });
  }

  /** After each step. */
  update(): void {
    const share = 1 - Math.min(this.#momentum, (1 + this.#updates) / (10 + this.#updates));
    for (const { mean, weights } of this.#pairs)
      eachRun(weights, ({ pointer: x, size: n }, at) =>
        mean.allocator.kernels.run(lerp_f32, { mean: mean.pointer + 4 * at, x, n, share }),
      );
    this.#updates++;
  }

  /** Overwrites the model's weights. */
  putIn(): void {
    for (const { mean, weights } of this.#pairs)
      eachRun(weights, (run, at) => run.view.set(mean.view.subarray(at, at + run.size)));
  }

  /** Gives the memory back at once. */
  release(): void {
    for (const { mean, storage } of this.#pairs) mean.allocator.release(storage);
  }

  /** Its state, for a file. */
  save(): Snapshot {
    return { updates: this.#updates, means: this.#pairs.map(({ mean }) => Float32Array.from(mean.view)) };
  }

  /** @throws AnygradError DATA_FORMAT */
  restore(saved: SnapshotReader): void {
    this.#updates = saved.count("updates");
    const means = new SnapshotReader("the average", { ...saved.list("means") });
    this.#pairs.forEach(({ mean }, i) => {
      mean.write(means.floats(String(i)));
    });
  }
}

/** Tells of runs of weights and where they begin in one array of all. */
function eachRun(weights: readonly Tensor[], tell: (run: Tensor, at: number) => void): void {
  let at = 0;
  for (const run of weights) {
    tell(run, at);
    at += run.size;
  }
}
