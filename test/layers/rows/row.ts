/** What a layer is checked against by kinds.test.ts, and what rows have in common. */
import type { Layer } from "../../../src/layers/index.ts";

export interface Row {
  readonly layer: Layer;
  readonly input: readonly number[];
  readonly output: readonly number[];
  /** Shapes of the weights by name. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  /** Its name in a model of its own, and its class in Keras. */
  readonly named: readonly [string, string];
  /** Parameters that are not learned, beside moving statistics. Default 0. */
  readonly still?: number;
  /** What `config` must hold of the options given. */
  readonly config?: object;
}

/** Rows by the type of their layer. */
export const rowsOf = <Type extends string>(
  rows: Readonly<Record<Type, readonly Row[]>>,
): Readonly<Record<Type, readonly Row[]>> => rows;

export const image: readonly number[] = [7, 6, 4];
export const sequence: readonly number[] = [9, 4];

/** A row for a layer without weights that leaves the shape as it is. */
export const plain = (layer: Layer, name: string, keras: string, config?: object): Row => ({
  layer,
  input: image,
  output: image,
  named: [name, keras],
  ...(config && { config }),
});
