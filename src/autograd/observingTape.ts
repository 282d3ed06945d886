/**
 * A tape that takes down which op has made which memory and which op reads it last, so that a plan can say what may be dropped in
 * between. It is for an engine without numbers (shapeEngine.ts), where nothing is computed.
 */
import type { RecordedOp, Storage, Tensor } from "../tensor/tensor.ts";
import { againOf } from "./recomputingTape.ts";
import { Tape } from "./tape.ts";

/** Memory that the forward pass has made. */
export interface Made {
  readonly bytes: number;
  /** Position of the op that has made it, or of the next one where it was not made by an op on the tape. */
  readonly by: number;
  /** Whether running that op again would make it again. */
  readonly again: boolean;
  /** Position of the last op that reads it in either pass; Infinity where it stays. */
  last: number;
}

/** A forward pass. */
export interface Observation {
  /** How many ops there were. */
  readonly ops: number;
  /** Their names. */
  readonly names: readonly string[];
  /** The last position before which a cut may stand. */
  readonly most: number;
  /** All memory that it made, in this order. */
  readonly made: readonly Made[];
}

/** A tape on an engine without numbers. */
export class ObservingTape extends Tape {
  /** What was seen, once the backward pass is over. */
  observation: Observation | undefined;
  readonly #storages: Storage[];
  readonly #first: number;
  readonly #made = new Map<Storage, Made>();
  /** When memory was read that no op has made so far. */
  readonly #fresh = new Map<Storage, number>();
  /** Position of the op that runs. */
  #at = 0;
  #most: number | undefined;

  /** @param targets what the loss reads: the ops from there on are others where there are weights of examples, so that no cut stands behind */
  constructor(variables: readonly Tensor[], targets: readonly Tensor[]) {
    super(variables);
    const wanted = new Set(targets.map(({ storage }) => storage));
    const { allocator } = variables[0]!;
    this.#storages = allocator.made;
    this.#first = allocator.made.length;
    const { address } = allocator;
    allocator.address = (storage) => {
      if (wanted.has(storage)) this.#most ??= this.#at;
      const known = this.#made.get(storage);
      if (known) known.last = Math.max(known.last, this.#at);
      else this.#fresh.set(storage, this.#at);
      return address(storage);
    };
  }

  override record(op: RecordedOp): void {
    super.record(op);
    if (this.ops.at(-1) === op) this.#note(op);
  }

  #note(op: RecordedOp): void {
    const by = this.ops.length - 1;
    const begin = this.#first + this.#made.size;
    const own = this.#storages.indexOf(op.output.storage, begin);
    this.#storages.slice(begin).forEach((storage, i) => {
      const isOwn = own >= 0 && begin + i >= own;
      const again = isOwn && op.forward !== undefined && (begin + i === own || !againOf(op));
      this.#made.set(storage, { bytes: storage.bytes, by, again, last: this.#fresh.get(storage) ?? by });
    });
    this.#fresh.clear();
    this.#at = by + 1;
  }

  protected override before(i: number): void {
    this.#at = i;
  }

  override backward(loss: Tensor, targets: readonly Tensor[], keep?: readonly Tensor[]): void {
    for (const { storage } of keep ?? []) {
      const known = this.#made.get(storage);
      if (known) known.last = Number.POSITIVE_INFINITY;
    }
    super.backward(loss, targets, keep);
    const names = this.ops.map(({ name }) => name);
    const most = Math.min(this.#most ?? names.length, names.length - 1);
    this.observation = { ops: names.length, names, most, made: [...this.#made.values()] };
  }
}
