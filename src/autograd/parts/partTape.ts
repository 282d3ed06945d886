/**
 * The tape of one part of a batch. What depends on the weights alone is differentiated once, with the last part; what ops sum over
 * their examples goes through OpSums, whose sums last from part to part.
 */
import type { RecordedOp, Tensor } from "../../tensor/tensor.ts";
import { Tape } from "../tape.ts";
import { OpSums } from "./opSums.ts";
import type { Part } from "./part.ts";
import type { PartKernels } from "./partKernels.ts";

/** What the parts of a batch share. */
export interface Shared {
  readonly kernels: PartKernels;
  /** Sums of the ops, by their places on the tape. */
  readonly sums: Map<number, OpSums>;
  /** Where the gradients of the weights go; of those that something else has a gradient of, too, none. */
  readonly into: ReadonlyMap<Tensor, Tensor>;
  /** How many ops read each weight. */
  readonly readers: Map<Tensor, number>;
}

export class PartTape extends Tape {
  readonly #shared: Shared;
  readonly #part: Part;
  readonly #isLast: boolean;
  /** The weights, and what was computed from them alone. */
  readonly #whole: Set<Tensor>;
  #isBackward = false;

  constructor(weights: readonly Tensor[], shared: Shared, part: Part) {
    const own = [...weights];
    super(own);
    this.#shared = shared;
    this.#part = part;
    this.#isLast = part.first + part.rows === part.all;
    this.#whole = new Set(weights);
    if (!this.#isLast) own.length = 0; // so that nobody writes gradients yet
  }

  override owns(tensor: Tensor): boolean {
    return super.owns(tensor) && !(this.#isBackward && !this.#isLast && this.#whole.has(tensor));
  }

  override record(op: RecordedOp): void {
    const { inputs, output } = op;
    const own = inputs.filter((x) => x && this.owns(x));
    if (own.length === 0) return;
    const { readers } = this.#shared;
    if (this.#part.first === 0) for (const x of own) readers.set(x!, (readers.get(x!) ?? 0) + 1);
    const reduced = new Set(inputs.flatMap((x, i) => (x && this.#whole.has(x) ? [i] : [])));
    const { backward } = op;
    // a number is a tensor without axes; examples have some
    if (inputs.every((x, i) => !x || reduced.has(i) || (x.shape.length === 0 && !this.owns(x)))) {
      this.#whole.add(output);
      super.record(op);
    } else if (reduced.size === 0 || typeof backward === "string") super.record(op);
    else super.record({ ...op, backward: this.#summing(op, reduced, backward) });
  }

  /** Records what the gradients of the part begin with, which sums nothing. */
  end(op: RecordedOp): void {
    super.record(op);
  }

  #summing(
    op: RecordedOp,
    reduced: ReadonlySet<number>,
    backward: Exclude<RecordedOp["backward"], string>,
  ): RecordedOp["backward"] {
    const { kernels, sums, into, readers } = this.#shared;
    const place = this.ops.length;
    return (sink) => {
      const own = sums.get(place) ?? new OpSums(op, kernels);
      sums.set(place, own);
      const target = (x: Tensor): Tensor | undefined => (readers.get(x) === 1 ? into.get(x) : undefined);
      kernels.sums = own;
      try {
        backward(own.sink(sink, op, reduced, target, this.#part, this.#isLast));
      } finally {
        kernels.sums = undefined;
      }
    };
  }

  override backward(loss: Tensor, targets: readonly Tensor[], keep?: readonly Tensor[]): void {
    this.#isBackward = true;
    super.backward(loss, targets, keep);
  }
}
