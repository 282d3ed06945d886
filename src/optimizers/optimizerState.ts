/**
 * An optimizer at work on a list of weights: holds its slots, clips the gradients, counts the steps.
 * Weights whose memory lies side by side (as a model lays them) are updated by one kernel call.
 */
import { clip_f32, scale_shift_f32, sum_squares_f32 } from "../kernels/abi.generated.ts";
import { type Storage, Tensor } from "../tensor/tensor.ts";
import type { Optimizer, Run } from "./optimizer.ts";

/** Weights side by side, with their gradients side by side. */
interface Stretch {
  readonly weight: Tensor;
  readonly gradient: Tensor;
  size: number;
}

/** An optimizer at work on a list of weights: holds its slots, clips the gradients, counts the steps. */
export class OptimizerState {
  /** The optimizer. */
  readonly optimizer: Optimizer;
  /** Updates done. */
  step = 0;
  readonly #weights: readonly Tensor[];
  /** One flat array per slot, over all weights in their order. @internal */
  readonly slots: readonly Tensor[];
  readonly #storages: readonly Storage[];

  constructor(optimizer: Optimizer, weights: readonly Tensor[]) {
    this.optimizer = optimizer;
    this.#weights = weights;
    const allocator = weights[0]?.allocator;
    const size = weights.reduce((sum, weight) => sum + weight.size, 0);
    this.#storages = allocator ? optimizer.slots.map(() => allocator.storage(4 * size)) : [];
    this.slots = this.#storages.map((storage) => {
      const slot = new Tensor(allocator!, storage, 0, [size], "float32");
      slot.view.fill(0);
      return slot;
    });
  }

  /** Gives the slots' memory back at once. @internal */
  release(): void {
    for (const storage of this.#storages) this.#weights[0]?.allocator.release(storage);
  }

  /** One step with these gradients, which clipping changes in place. @param learningRate default: the schedule's */
  apply(gradients: readonly Tensor[], learningRate: number = this.optimizer.schedule.at(this.step)): void {
    this.#clip(gradients);
    const decay = learningRate * Number(this.optimizer.config.weightDecay ?? 0);
    let done = 0;
    for (const { weight, gradient, size } of stretches(this.#weights, gradients)) {
      const run: Run = {
        parameters: weight.pointer,
        gradients: gradient.pointer,
        slots: this.slots.map((slot) => slot.pointer + 4 * done),
        size,
      };
      this.optimizer.update(weight.allocator.kernels, run, learningRate, this.step, decay);
      done += size;
    }
    this.step++;
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
  let squares = 0;
  for (const { allocator, pointer, size } of gradients)
    allocator.scratch(4, (sum) => {
      allocator.kernels.run(sum_squares_f32, { out: sum, x: pointer, n: size });
      squares += allocator.backend.heap.f32[sum / 4]!;
    });
  const norm = Math.sqrt(squares);
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
function stretches(weights: readonly Tensor[], gradients: readonly Tensor[]): Stretch[] {
  const found: Stretch[] = [];
  weights.forEach((weight, i) => {
    const gradient = gradients[i]!;
    const last = found.at(-1);
    const end = last && 4 * last.size;
    if (
      last &&
      end !== undefined &&
      last.weight.pointer + end === weight.pointer &&
      last.gradient.pointer + end === gradient.pointer
    )
      last.size += weight.size;
    else found.push({ weight, gradient, size: weight.size });
  });
  return found;
}
