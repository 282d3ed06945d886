/**
 * A tape of little memory: what a stretch of ops has made is dropped when the next one begins, but for what later ops read, and made
 * again, by the same ops, when their gradients are due (Chen et al., "Training deep nets with sublinear memory cost",
 * arXiv:1604.06174). The ops run on the same numbers and their backward passes in the same order, so that no bit changes.
 *
 * When not: it forgets what the plan says, so the ops must be those that the plan was made of.
 */
import { AnygradError } from "../errors.ts";
import type { RecordedOp, Storage, Tensor, TensorAllocator } from "../tensor/tensor.ts";
import { Tape } from "./tape.ts";

/** A stretch of ops whose results are made twice. */
export interface Stretch {
  /** Position of the op behind its last one. */
  readonly end: number;
  /** How much memory was made before, counted by pieces from the first op of the tape on, had nothing been dropped. */
  readonly begin: number;
  /** Which pieces are dropped, counted in the same way. */
  readonly dropped: ReadonlySet<number>;
  /** The ops that are run again. */
  readonly again: readonly number[];
  /** The name of its last op. */
  readonly name: string;
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
    if (this.ops.at(-1) !== op || this.ops.length !== stretch?.end) return;
    const { made } = this.#allocator;
    const own = made.slice(this.#base);
    const isDropped = (i: number): boolean => stretch.dropped.has(stretch.begin + i);
    const next = this.#plan[this.#left.length + 1];
    if (op.name !== stretch.name || (next && stretch.begin + own.length !== next.begin))
      throw new AnygradError(
        "UNSUPPORTED",
        `fit: recompute: ${op.name} ran where ${stretch.name} was expected: a layer of your own runs other ops in one step than in another; let shapes alone decide which, or leave recompute out`,
      );
    made.length = this.#base;
    own.forEach((storage, i) => {
      if (isDropped(i)) drop(this.#allocator, storage);
      else made.push(storage);
    });
    const kept = made.length - this.#base;
    this.#left.push({ base: this.#base, made: own, kept });
    this.#base = made.length;
  }

  protected override before(i: number): void {
    const at = this.#left.length - 1;
    const stretch = this.#plan[at];
    if (!stretch || i !== stretch.end - 1) return;
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
    if (op.output.storage.released) restore(op.output.storage, this.#allocator.allocate(op.output.shape, op.output.dtype).storage);
    const [inputs, attributes] = op.again?.() ?? [op.inputs, op.attributes];
    const saved = held.length;
    op.forward!(op.output, inputs, attributes);
    held.slice(saved).forEach((fresh, i) => {
      const old = made[first + 1 + i]!;
      if (old.released) restore(old, fresh);
      else drop(this.#allocator, fresh);
    });
    held.length = begin;
  }
}

function drop({ backend }: TensorAllocator, storage: Storage): void {
  storage.released = true;
  backend.arena.free(storage.offset, storage.bytes);
}

/** The tensors of a storage that was dropped lie where the fresh one lies. */
function restore(storage: Storage, { offset }: Storage): void {
  storage.offset = offset;
  storage.released = false;
}
