/** What an optimizer is: options that every one has, what it does to a run of parameters, and what users do with it. */
import type { Definition } from "../definitions/definition.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";
import type { Schedule } from "./schedules/index.ts";

/** Options of every optimizer. */
export interface OptimizerOptions {
  /** A number or a schedule. */
  learningRate?: number | Schedule;
  /** Pulls weights towards zero by learningRate · weightDecay each step, apart from the gradient. Default 0. */
  weightDecay?: number;
  /** The gradient of each weight is scaled down to this norm. */
  clipnorm?: number;
  /** All gradients together are scaled down to this norm. */
  globalClipnorm?: number;
  /** Every element of a gradient is held within ± this value. */
  clipvalue?: number;
  /**
   * Steps whose gradients are averaged before the weights change once: batches as large as that many together. Clipping sees the
   * average; schedules count the steps, as in Keras. Costs the memory of the weights once more. Default 1.
   */
  gradientAccumulationSteps?: number;
  /**
   * Factors on the learning rate, by the name of a layer, or of a weight: `{ conv2d: 0.1, "dense/kernel": 2 }`; 0 keeps weights as
   * they are. Default: 1 everywhere. For models; weights outside of them have no names.
   */
  learningRateMultipliers?: Readonly<Record<string, number>>;
}

/** A run of parameters that lie side by side, by addresses. */
export interface Run {
  /** Address of the parameters. */
  readonly parameters: number;
  /** Address of their gradients. */
  readonly gradients: number;
  /** One address per slot. */
  readonly slots: readonly number[];
  /** Number of parameters. */
  readonly size: number;
}

/** One step of a run of parameters. @param step updates done before this one @param decay learningRate · weightDecay */
export type Update = (
  allocator: TensorAllocator,
  run: Run,
  learningRate: number,
  step: number,
  decay: number,
) => void;

/** How gradients change weights; `optimizers` makes one. */
export interface Optimizer {
  /** Its name in `optimizers`. */
  readonly type: string;
  /** Its options, as JSON can hold them; the learning rate is the schedule's. */
  readonly config: Readonly<Record<string, unknown>>;
  /** It is of the user's own; the definition makes it again from `config`. @internal */
  readonly custom?: "optimizer";
  /** @internal */
  readonly definition?: Definition;
  /** Throws, where training is asked of a loaded model whose optimizer is not there. @internal */
  readonly absent?: (action: string) => never;
  /** The learning rate at each step. */
  readonly schedule: Schedule;
  /** Arrays of the parameters' size that it keeps, by name. @internal */
  readonly slots: readonly string[];
  /** What the slots hold at first. Default 0. @internal */
  readonly initial?: number | undefined;
  /** Steps whose gradients are averaged for an update; above 1 the last slot holds their average so far. @internal */
  readonly accumulate: number;
  /** @internal */
  readonly clipping: Readonly<Pick<OptimizerOptions, "clipnorm" | "globalClipnorm" | "clipvalue">>;
  /** @internal */
  readonly update: Update;
  /**
   * One step of a loop of your own: differentiates the function and changes the variables. The optimizer belongs to the variables
   * of its first step; make one for each list.
   * @param compute builds a tensor of one element from the variables by ops
   * @param variables float32, of one engine, each once
   * @returns the value before the step
   * @throws AnygradError as `valueAndGrad` does; INVALID_ARGUMENT for other variables than in the steps before
   * @example
   * ```js
   * import { createEngine, ops, optimizers } from "anygrad";
   *
   * const engine = await createEngine();
   * const w = engine.variable([3, -1]);
   * const optimizer = optimizers.adam({ learningRate: 0.1 });
   * for (let step = 0; step < 200; step++) optimizer.minimize(() => ops.sum(ops.square(w)), [w]);
   * console.log(ops.sum(ops.square(w)).item() < 1e-3); // true
   * ```
   */
  minimize(compute: () => Tensor, variables: readonly Tensor[]): number;
  /**
   * One step with gradients from elsewhere, which clipping changes in place.
   * @param gradients one of each variable, in their order and shapes, as `valueAndGrad` gives them
   * @param variables default: those of the steps before
   * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH; no variable has changed then
   */
  apply(gradients: readonly Tensor[], variables?: readonly Tensor[]): void;
  /** What it keeps of the variables that it minimises by. @internal */
  stateOf(variables?: readonly Tensor[]): BoundOptimizer | undefined;
}

/** An optimizer at work on its variables. @internal */
export interface BoundOptimizer {
  /** Steps done. */
  step: number;
  /** Its variables, in their order. */
  readonly weights: readonly Tensor[];
  /** One flat array per slot, over all of them. */
  readonly slots: readonly Tensor[];
  /** @throws AnygradError SHAPE_MISMATCH where they are not the gradients of its variables */
  check(gradients: readonly Tensor[]): void;
  /** One step. */
  apply(gradients: readonly Tensor[]): void;
}
