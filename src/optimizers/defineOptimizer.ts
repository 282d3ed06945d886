/** Optimizers of users' own: how gradients change weights, by ops. */
import { copy } from "../autograd/constant.ts";
import { untracked } from "../autograd/untracked.ts";
import {
  type ConfigOf,
  type DefinitionOf,
  define,
  type NoTable,
  type OptionTable,
  type OwnDefinition,
  strictDefinition,
} from "../definitions/definition.ts";
import { AnygradError, quote } from "../errors.ts";
import { checkNumber } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { formatShape } from "../tensor/shape.ts";
import { Tensor, type TensorAllocator } from "../tensor/tensor.ts";
import { type Optimizer, type OptimizerOptions, optimizer, sharedNames } from "./optimizer.ts";

/** What `call` of a definition gets besides weights and gradients. */
export interface OptimizerCall<Config> {
  /** The options, with their defaults. */
  readonly options: Config;
  /** The learning rate of this step. */
  readonly learningRate: number;
  /** Updates done before this one. */
  readonly step: number;
  /** What it keeps, by name, [n]; zeros at first. */
  readonly slots: Readonly<Record<string, Tensor>>;
}

/** What {@link defineOptimizer} takes. */
export interface OwnOptimizerDefinition<Table extends OptionTable>
  extends OwnDefinition<
    Table,
    (
      weights: Tensor,
      gradients: Tensor,
      call: OptimizerCall<ConfigOf<Table>>,
    ) => Readonly<Record<string, Tensor>>
  > {
  /** The names of the arrays that it keeps, each with a number for each weight. Default: none. */
  readonly slots?: readonly string[];
  /** The learning rate where none is given. Default 0.001. */
  readonly learningRate?: number;
}

/**
 * An optimizer of your own. `call` gets weights and gradients, both [n]: those of several layers side by side, each number for
 * itself. It gives by ops what becomes of them, `{ weights }`, and of its slots. Schedules, clipping, weight decay and the other
 * options of every optimizer come with it.
 * @throws AnygradError INVALID_ARGUMENT for a name that anygrad's own have, and for what is no definition
 * @example
 * ```js
 * import { createEngine, defineOptimizer, ops } from "anygrad";
 *
 * const signed = defineOptimizer({
 *   name: "signed",
 *   options: { momentum: 0.9 },
 *   slots: ["mean"],
 *   learningRate: 0.01,
 *   call(weights, gradients, { options: { momentum }, learningRate, slots }) {
 *     const mean = ops.add(ops.multiply(slots.mean, momentum), ops.multiply(gradients, 1 - momentum));
 *     return { weights: ops.subtract(weights, ops.multiply(ops.sign(mean), learningRate)), mean };
 *   },
 * });
 * const w = (await createEngine()).variable([3, -1]);
 * const optimizer = signed();
 * for (let step = 0; step < 400; step++) optimizer.minimize(() => ops.sum(ops.square(w)), [w]);
 * console.log(w.toArray().every((value) => Math.abs(value) < 0.1)); // true
 * ```
 */
export function defineOptimizer<Table extends OptionTable = NoTable>(
  given: OwnOptimizerDefinition<Table>,
): DefinitionOf<Table, OptimizerOptions, Optimizer> {
  const form = "(weights, gradients, { options, learningRate, slots }) => ({ weights })";
  const {
    name,
    options,
    slots = [],
    learningRate: usual = 0.001,
    call,
  } = strictDefinition("optimizer", given, form, "slots:object learningRate:number");
  checkNumber("defineOptimizer: learningRate", usual, { from: 0 });
  const isSlot = (slot: unknown): boolean =>
    typeof slot === "string" && slot !== "" && !["weights", "accumulated"].includes(slot);
  if (!Array.isArray(slots) || !slots.every(isSlot) || new Set(slots).size !== slots.length)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `defineOptimizer: slots is ${quote(slots)}; pass the names of what it keeps, each once, such as ["velocity"]`,
    );
  const taken = ["sgd", "rmsprop", "adam", "adamw", "adagrad", "adadelta", "adamax", "nadam", "lion"];
  return define({ kind: "optimizer", taken, shared: sharedNames }, { name, options }, (own, shared) => {
    const config = own.config as ConfigOf<Table>;
    const update: Optimizer["update"] = (allocator, run, learningRate, step, decay) => {
      const at = (address: number): Tensor => tensorAt(allocator, address, run.size);
      const kept = Object.fromEntries(slots.map((slot, i) => [slot, at(run.slots[i]!)]));
      const weights = at(run.parameters);
      const work = (): void => {
        const next = call(weights, at(run.gradients), { options: config, learningRate, step, slots: kept });
        const changed = [{ ...kept, weights }, next].map((each) => Object.keys(Object(each)).sort().join());
        if (changed[0] !== changed[1])
          throw new AnygradError(
            "INVALID_ARGUMENT",
            `${name}: call gave ${quote(next)}; give tensors by name: ${["weights", ...slots].join(", ")}`,
          );
        const all = Object.entries<Tensor>({ ...kept, weights }).map(([part, to]) => {
          const from = next[part]!;
          if (from?.allocator && from.shape.length === 1 && from.size === run.size) return { part, to, from };
          throw new AnygradError(
            "SHAPE_MISMATCH",
            `${name}: call gave ${from?.shape ? formatShape(from.shape) : quote(from)} for ${part}; give a tensor [${run.size}], a number for each weight`,
          );
        });
        const whole = all.map(({ part, to, from }) => ({
          to,
          from: part === "weights" && decay !== 0 ? ops.subtract(from, ops.multiply(weights, decay)) : from,
        }));
        for (const { to, from } of whole) copy(to, from);
      };
      allocator.engine!.step(() => untracked(allocator, work));
    };
    return optimizer({ type: name, slots, config: own.config, update, own }, shared, usual);
  }) as DefinitionOf<Table, OptimizerOptions, Optimizer>;
}

/** A tensor over memory that stays where it is while an update runs. */
function tensorAt(allocator: TensorAllocator, offset: number, size: number): Tensor {
  return new Tensor(allocator, { offset, bytes: 4 * size, generation: undefined }, 0, [size], "float32");
}
