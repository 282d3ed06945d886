/** A part of a batch. */

/** Examples of a batch that are computed together. */
export interface Part {
  /** The first one. */
  readonly first: number;
  /** How many there are. */
  readonly rows: number;
  /** Examples of the whole batch. */
  readonly all: number;
}
