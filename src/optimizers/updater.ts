/**
 * An optimizer for a training loop of your own. It checks what it is given, which a model need not do in its steps: `Model` uses
 * the state alone.
 */
import { AnygradError, quote } from "../errors.ts";
import { checkNumber } from "../math/checks.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Optimizer } from "./optimizer.ts";
import { OptimizerState } from "./optimizerState.ts";

/**
 * An optimizer at work on a list of weights: holds its slots, clips the gradients, counts the steps.
 * @example
 * ```js
 * import { createEngine, ops, optimizers, Updater } from "anygrad";
 *
 * const engine = await createEngine();
 * const w = engine.variable([3, -1]);
 * const updater = new Updater(optimizers.adam({ learningRate: 0.1 }), [w]);
 * for (let step = 0; step < 200; step++)
 *   updater.apply(engine.valueAndGrad(() => ops.sum(ops.square(w)), [w]).gradients);
 * console.log(ops.sum(ops.square(w)).item() < 1e-3); // true
 * ```
 */
export class Updater extends OptimizerState {
  readonly #weights: readonly Tensor[];

  /**
   * @param weights float32 variables of one engine, each once
   * @throws AnygradError INVALID_ARGUMENT for others, and for what is no optimizer
   */
  constructor(optimizer: Optimizer, weights: readonly Tensor[]) {
    if (typeof optimizer?.update !== "function")
      throw wrong(`the optimizer is ${quote(optimizer)}; pass one of optimizers, such as optimizers.adam()`);
    if (!Array.isArray(weights)) throw wrong(`the weights are ${quote(weights)}; pass a list of variables`);
    weights.forEach((weight: unknown, i) => {
      checkFloats(weight, `weight ${i}`, weights[0]);
      if (weights.indexOf(weight as Tensor) !== i)
        throw wrong(`weight ${i} is also weight ${weights.indexOf(weight as Tensor)}; pass each once`);
    });
    super(optimizer, weights);
    this.#weights = weights.slice();
  }

  /**
   * One step with these gradients, which clipping changes in place. Where it throws, no weight has changed.
   * @param gradients one of each weight, in their order, as `valueAndGrad` gives them
   * @param learningRate default: that of the optimizer's schedule
   * @throws AnygradError INVALID_ARGUMENT for another number of gradients, what is no tensor of the engine, and within a
   *   `valueAndGrad` that has read a weight; SHAPE_MISMATCH for another shape than the weight's; RELEASED where one is no more
   */
  override apply(gradients: readonly Tensor[], learningRate?: number): void {
    if (learningRate !== undefined) checkNumber("Updater: learningRate", learningRate, { from: 0 });
    if (!Array.isArray(gradients) || gradients.length !== this.#weights.length)
      throw wrong(
        `got ${Array.isArray(gradients) ? gradients.length : quote(gradients)} for the gradients of ${this.#weights.length} weights; pass a list with one of each, as valueAndGrad gives it`,
      );
    this.#weights.forEach((weight, i) => {
      const gradient: Tensor = gradients[i];
      checkFloats(gradient, `gradient ${i}`, weight);
      if (!sameShape(gradient.shape, weight.shape))
        throw new AnygradError(
          "SHAPE_MISMATCH",
          `Updater: gradient ${i} is ${formatShape(gradient.shape)} but its weight ${formatShape(weight.shape)}; pass the gradients in the order of the weights`,
        );
      weight.checkWritable();
      for (const { pointer } of [weight, gradient]) void pointer; // throws where it was released, before anything changes
    });
    super.apply(gradients, learningRate);
  }
}

/** @param other a tensor of the engine @throws AnygradError INVALID_ARGUMENT */
function checkFloats(tensor: unknown, name: string, other: Tensor): void {
  if (!(tensor instanceof Tensor))
    throw wrong(`${name} is ${quote(tensor)}; pass a tensor, as engine.variable and valueAndGrad give`);
  if (tensor.dtype !== "float32") throw wrong(`${name} is ${tensor.dtype}; pass float32`);
  if (tensor.allocator !== other.allocator)
    throw wrong(`${name} belongs to another engine; make all of them with one`);
}

const wrong = (fault: string): AnygradError => new AnygradError("INVALID_ARGUMENT", `Updater: ${fault}`);
