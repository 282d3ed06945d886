/**
 * A tape of little memory: what a stretch of ops has made is dropped when the next one begins, but for what later ops read, and made
 * again, by the same ops, when their gradients are due (Chen et al., "Training deep nets with sublinear memory cost",
 * arXiv:1604.06174). The ops run on the same numbers and their backward passes in the same order, so that no bit changes.
 *
 * When not: it forgets what the plan says, so the ops must be those that the plan was made of.
 */
import { AnygradError } from "../errors.ts";
import type { Again, RecordedOp, Storage, Tensor, TensorAllocator } from "../tensor/tensor.ts";
import { Tape } from "./tape.ts";

/** A stretch of ops whose results are made twice. */
export interface Stretch {
  /** Position of its first op. */
  readonly begin: number;
  /** The names of its ops. */
  readonly ops: readonly string[];
  /** How many pieces of memory are made in it. */
  readonly made: number;
  /** Which of these are dropped. */
  readonly dropped: ReadonlySet<number>;
  /** Positions of the ops that are run again. */
  readonly again: readonly number[];
}

/** Which results of a forward pass are made twice; those behind the last stretch are made once. */
export type RecomputePlan = readonly Stretch[];

/** What a stretch has left. */
interface Left {
  /** Where its memory begins among what the step holds. */
  readonly base: number;
  /** What it has made, in this order, dropped or not. */
  readonly made: readonly Storage[];
  /** How much of that the step holds. */
  readonly kept: number;
}

/** A tape that drops and restores by a plan. */
export class RecomputingTape extends Tape {
  readonly #plan: RecomputePlan;
  readonly #allocator: TensorAllocator;
  readonly #left: Left[] = [];
  #base: number;

  constructor(variables: readonly Tensor[], plan: RecomputePlan) {
    super(variables);
    this.#plan = plan;
    this.#allocator = variables[0]!.allocator;
    this.#base = this.#allocator.made.length;
  }

  /** @throws AnygradError UNSUPPORTED where the ops are not those of the plan */
  override record(op: RecordedOp): void {
    super.record(op);
    const stretch = this.#plan[this.#left.length];
    if (!stretch || this.ops.at(-1) !== op) return;
    const place = this.ops.length - 1 - stretch.begin;
    const isLast = place === stretch.ops.length - 1;
    const { made } = this.#allocator;
    if (op.name !== stretch.ops[place] || (isLast && made.length - this.#base !== stretch.made))
      throw new AnygradError(
        "UNSUPPORTED",
        `fit: recompute: op ${this.ops.length} is ${op.name} where the plan has ${stretch.ops[place]}: a layer of your own runs other ops in one step than in another; let shapes alone decide which, or leave recompute out`,
      );
    if (!isLast) return;
    const own = made.splice(this.#base);
    own.forEach((storage, i) => {
      if (stretch.dropped.has(i)) this.#allocator.drop(storage);
      else made.push(storage);
    });
    const kept = made.length - this.#base;
    this.#left.push({ base: this.#base, made: own, kept });
    this.#base = made.length;
  }

  protected override before(i: number): void {
    const at = this.#left.length - 1;
    const stretch = this.#plan[at];
    if (!stretch || i !== stretch.begin + stretch.ops.length - 1) return;
    const { base, made, kept } = this.#left.pop()!;
    const held = this.#allocator.made;
    for (const position of stretch.again) this.#runAgain(this.ops[position]!, made);
    // in the order of the ops, so that each op frees what it has made when its gradient is done
    held.splice(base, kept, ...made);
  }

  /** Runs an op once more: what it makes takes the place of what it had made. */
  #runAgain(op: RecordedOp, made: readonly Storage[]): void {
    const { made: held } = this.#allocator;
    const first = made.indexOf(op.output.storage);
    const begin = held.length;
    const { output } = op;
    if (output.storage.released)
      restore(output.storage, this.#allocator.allocate(output.shape, output.dtype).storage);
    const [inputs, attributes] = againOf(op) ?? [op.inputs, op.attributes];
    const saved = held.length;
    op.forward!(output, inputs, attributes);
    held.slice(saved).forEach((fresh, i) => {
      const old = made[first + 1 + i]!;
      if (old.released) restore(old, fresh);
      else this.#allocator.drop(fresh);
    });
    held.length = begin;
  }
}

/** What an op is given that must not do all of its work twice. */
export function againOf({ saved }: RecordedOp): Again["again"] {
  return (saved as Again | undefined)?.again;
}

/** The tensors of a storage that was dropped lie where the fresh one lies. */
function restore(storage: Storage, { offset }: Storage): void {
  storage.offset = offset;
  storage.released = false;
}
