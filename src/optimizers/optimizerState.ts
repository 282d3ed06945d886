/**
 * An optimizer at work on a list of weights: holds its slots, clips the gradients, counts the steps.
 * Weights whose memory lies side by side (as a model lays them) are updated by one kernel call.
 */

import { AnygradError } from "../errors.ts";
import { clip_f32, lerp_f32, scale_shift_f32 } from "../kernels/abi.generated.ts";
import { jointNorm } from "../ops/jointNorm.ts";
import { sameShape } from "../tensor/shape.ts";
import { type Storage, Tensor } from "../tensor/tensor.ts";
import type { Optimizer, Run } from "./definition.ts";

/** Weights side by side, with their gradients side by side. */
interface Stretch {
  readonly weight: Tensor;
  readonly gradient: Tensor;
  /** Factor on the learning rate. */
  readonly rate: number | undefined;
  size: number;
}

/** An optimizer at work on a list of weights: holds its slots, clips the gradients, counts the steps. */
export class OptimizerState {
  /** The optimizer. */
  readonly optimizer: Optimizer;
  /** Updates done. */
  step = 0;
  readonly #weights: readonly Tensor[];
  readonly #rates: readonly number[];
  #slots: readonly Tensor[] | undefined;
  #storages: readonly Storage[] = [];

  /** @param rates factors on the learning rate, one a weight. Default 1 */
  constructor(optimizer: Optimizer, weights: readonly Tensor[], rates: readonly number[] = []) {
    this.optimizer = optimizer;
    this.#rates = rates;
    this.#weights = weights;
  }

  /** One flat array per slot, over all weights in their order. The first step takes memory for them. @internal */
  get slots(): readonly Tensor[] {
    this.#slots ??= this.#allocate();
    return this.#slots;
  }

  #allocate(): Tensor[] {
    const allocator = this.#weights[0]?.allocator;
    const size = this.#weights.reduce((sum, weight) => sum + weight.size, 0);
    this.#storages = allocator ? this.optimizer.slots.map(() => allocator.storage(4 * size)) : [];
    return this.#storages.map((storage) => {
      const slot = new Tensor(allocator!, storage, 0, [size], "float32");
      slot.view.fill(this.optimizer.initial ?? 0);
      return slot;
    });
  }

  /** Gives the slots' memory back at once. @internal */
  release(): void {
    for (const storage of this.#storages) this.#weights[0]?.allocator.release(storage);
  }

  /** Its weights, in their order. @internal */
  get weights(): readonly Tensor[] {
    return this.#weights;
  }

  /** Whether these are its weights, in their order. */
  holds(weights: readonly Tensor[]): boolean {
    const all = this.#weights;
    return weights.length === all.length && all.every((w, i) => w === weights[i] && all.indexOf(w) === i);
  }

  /**
   * @throws AnygradError SHAPE_MISMATCH where they are not the gradients of its weights, RELEASED where one is no more, INVALID_ARGUMENT
   *   within a `valueAndGrad` that has read a weight
   */
  check(gradients: readonly Tensor[]): void {
    const fits = (weight: Tensor, i: number): boolean => {
      const gradient = gradients[i];
      weight.checkWritable();
      return (
        gradient?.allocator === weight.allocator &&
        gradient.dtype === "float32" &&
        gradient.pointer >= 0 && // else it throws
        sameShape(gradient.shape, weight.shape)
      );
    };
    if (gradients?.length === this.#weights.length && this.#weights.every(fits)) return;
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${this.optimizer.type}: the gradients are not those of the variables; pass them as valueAndGrad gives them`,
    );
  }

  /** One step with these gradients, which clipping changes in place. @param learningRate default: the schedule's */
  apply(gradients: readonly Tensor[], learningRate: number = this.optimizer.schedule.at(this.step)): void {
    const { optimizer } = this;
    if (optimizer.accumulate > 1 && !this.#accumulate(gradients)) return;
    this.#clip(gradients);
    let done = 0;
    for (const { weight, gradient, rate = 1, size } of stretches(this.#weights, gradients, this.#rates)) {
      const run: Run = {
        parameters: weight.pointer,
        gradients: gradient.pointer,
        slots: this.slots.map((slot) => slot.pointer + 4 * done),
        size,
      };
      const own = learningRate * rate;
      const decay = own * Number(optimizer.config.weightDecay ?? 0);
      optimizer.update(weight.allocator, run, own, Math.floor(this.step / optimizer.accumulate), decay);
      done += size;
    }
    this.step++;
  }

  /** Averages the gradients with those before; true where they are enough for an update, whose gradients they become. */
  #accumulate(gradients: readonly Tensor[]): boolean {
    const { accumulate } = this.optimizer;
    const average = this.slots.at(-1)!;
    const count = (this.step % accumulate) + 1;
    if (count === 1) average.view.fill(0);
    let done = 0;
    for (const { allocator, pointer, size, view } of gradients) {
      const mean = average.pointer + 4 * done;
      allocator.kernels.run(lerp_f32, { mean, x: pointer, n: size, share: 1 / count });
      if (count === accumulate) view.set(average.view.subarray(done, done + size));
      done += size;
    }
    if (count === accumulate) return true;
    this.step++;
    return false;
  }

  #clip(gradients: readonly Tensor[]): void {
    const { clipnorm, globalClipnorm, clipvalue } = this.optimizer.clipping;
    if (clipnorm !== undefined) for (const gradient of gradients) clipNorm([gradient], clipnorm);
    if (globalClipnorm !== undefined) clipNorm(gradients, globalClipnorm);
    if (clipvalue !== undefined)
      for (const { allocator, pointer, size } of gradients)
        allocator.kernels.run(clip_f32, { dw: pointer, n: size, limit: clipvalue });
  }
}

/** Scales the gradients so that their joint norm is at most `limit`. */
function clipNorm(gradients: readonly Tensor[], limit: number): void {
  const norm = jointNorm(gradients);
  if (!(norm > limit)) return;
  for (const { allocator, pointer, size } of gradients)
    allocator.kernels.run(scale_shift_f32, {
      out: pointer,
      x: pointer,
      n: size,
      scale: limit / norm,
      shift: 0,
    });
}

/** The weights and gradients, neighbours in memory joined. */
function stretches(
  weights: readonly Tensor[],
  gradients: readonly Tensor[],
  rates: readonly number[],
): Stretch[] {
  const found: Stretch[] = [];
  weights.forEach((weight, i) => {
    const gradient = gradients[i]!;
    const rate = rates[i];
    const last = found.at(-1);
    const end = last && 4 * last.size;
    if (
      last &&
      end !== undefined &&
      last.rate === rate &&
      last.weight.pointer + end === weight.pointer &&
      last.gradient.pointer + end === gradient.pointer
    )
      last.size += weight.size;
    else found.push({ weight, gradient, rate, size: weight.size });
  });
  return found;
}
