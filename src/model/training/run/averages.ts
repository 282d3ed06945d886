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
  readonly #pairs: readonly { readonly mean: Tensor; readonly weights: Tensor; readonly storage: Storage }[];
  #updates = 0;

  /** Begins with the weights as they are. @param momentum share of the old average that stays, in the end */
  constructor({ flat }: Pick<Parameters, "flat">, momentum: number) {
    this.#momentum = momentum;
    this.#pairs = flat.map((weights) => {
      const { allocator, size } = weights;
      const storage = allocator.storage(4 * size);
      const mean = new Tensor(allocator, storage, 0, [size], "float32");
      mean.view.set(weights.view);
      return { mean, weights, storage };
    });
  }

  /** After each step. */
  update(): void {
    const share = 1 - Math.min(this.#momentum, (1 + this.#updates) / (10 + this.#updates));
    for (const { mean, weights } of this.#pairs)
      mean.allocator.kernels.run(lerp_f32, { mean: mean.pointer, x: weights.pointer, n: mean.size, share });
    this.#updates++;
  }

  /** Overwrites the model's weights. */
  putIn(): void {
    for (const { mean, weights } of this.#pairs) weights.view.set(mean.view);
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
