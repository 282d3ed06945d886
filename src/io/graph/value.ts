/**
 * A tensor of a graph of another library that depends on the input. Its axes have the order of the file; how its numbers lie is another
 * matter: the batch in front, images with their channels last. So a transposition is a change of labels, and axes are moved
 * only where a layer wants them so.
 */

import { AnygradError, quote } from "../../errors.ts";
import type { SymbolicTensor } from "../../layers/index.ts";
import { sizeOf } from "../../math/shape.ts";
import { batch } from "./constant.ts";

/** What a value is besides its numbers. */
interface About {
  /** Images or sequences that layers of images made, channels last: what a model's user expects of an output. */
  readonly isChannelsLast?: boolean;
  /** How many parts of the batch's axis come before the batch itself. */
  readonly outer?: number;
  /** What it is the flat form of: a dense layer takes that, and its rows in the order of this. */
  readonly flatOf?: Value | undefined;
}

/** A tensor before there are numbers, with its place in the file's order of axes. */
export class Value {
  /** Axes of the file's tensor. */
  readonly rank: number;
  /**
   * For each axis as it lies, the batch first, the axis of the file that it is, or a part of: an axis that joins the batch with others
   * has several, the outermost first, but the batch, which lies first always. Axes of the file that are not named have size 1.
   */
  readonly axes: readonly number[];
  readonly isChannelsLast: boolean;
  /** How many parts of the batch's axis come before the batch itself. */
  readonly outer: number;
  readonly flatOf: Value | undefined;
  readonly #make: () => SymbolicTensor;
  #tensor: SymbolicTensor | undefined;

  /** @param tensor or what gives it, when it is wanted */
  constructor(
    tensor: SymbolicTensor | (() => SymbolicTensor),
    axes: readonly number[],
    rank: number,
    sizes: readonly number[] | undefined,
    { isChannelsLast = false, outer = 0, flatOf }: About = {},
  ) {
    this.#make = typeof tensor === "function" ? tensor : () => tensor;
    this.axes = axes;
    this.rank = rank;
    this.isChannelsLast = isChannelsLast;
    this.outer = outer;
    this.flatOf = flatOf;
    this.#sizes = sizes;
  }

  readonly #sizes: readonly number[] | undefined;

  get tensor(): SymbolicTensor {
    this.#tensor ??= this.#make();
    return this.#tensor;
  }

  /** The sizes as they lie, without the batch's. */
  get sizes(): readonly number[] {
    return this.#sizes ?? this.tensor.sizes;
  }

  /** The axis of the file that the batch is. */
  get batchAxis(): number {
    return this.axes[0]!;
  }

  /** The shape in the file's order; the batch's size is `batch`, or a multiple. */
  get shape(): number[] {
    return Array.from({ length: this.rank }, (_, axis) =>
      sizeOf(this.axes.map((own, i) => (own !== axis ? 1 : i === 0 ? batch : this.sizes[i - 1]!))),
    );
  }

  /** The sizes of the other parts of the batch's axis, with how many come before the batch: what must be alike to be combined. */
  get parts(): string {
    const sizes = this.axes.flatMap((axis, i) =>
      i > 0 && axis === this.batchAxis ? [this.sizes[i - 1]!] : [],
    );
    return `${sizes};${this.outer}`;
  }

  /** Where an axis of the file lies, the batch's place being 0; undefined for one of size 1 that does not lie anywhere. */
  placeOf(axis: number): number | undefined {
    const place = this.axes.indexOf(axis);
    return place < 0 ? undefined : place;
  }

  /** The same numbers with other names of their axes. */
  relabelled(axes: readonly number[], rank: number, isChannelsLast: boolean = this.isChannelsLast): Value {
    return new Value(() => this.tensor, axes, rank, this.sizes, { isChannelsLast, outer: this.outer });
  }

  /** Another tensor that lies as this one does. */
  like(tensor: SymbolicTensor): Value {
    const { isChannelsLast, outer } = this;
    return new Value(tensor, this.axes, this.rank, undefined, { isChannelsLast, outer });
  }
}

/** An axis of a tensor of this rank, counted from 0. @throws AnygradError DATA_FORMAT */
export function axisOf(axis: number, rank: number): number {
  if (Number.isInteger(axis) && axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  throw new AnygradError("DATA_FORMAT", `the axis ${quote(axis)} is not there: the tensor has ${rank}`);
}
