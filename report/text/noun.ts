/** What the examples of a set are called: images, rows of a table, windows over these. */
import type { Preparation } from "../../src/data/preparation.ts";
import { plural } from "./numbers.ts";

/** What is known of a set's examples. */
export interface ExampleKind {
  /** Shape of the set, `[n, ...example]`. */
  readonly shape: readonly number[];
  readonly preparation?: Pick<Preparation, "window" | "columns"> | undefined;
}

/** "image", "row", "window" or "example". */
export function nounOf({ shape, preparation }: ExampleKind): string {
  if (preparation?.window) return "window";
  if (preparation?.columns) return "row";
  return shape.length === 4 || shape[1] === 784 ? "image" : "example"; // 784: a square of 28 in one row
}

/** An example's size: "28 × 28 × 1", "50 rows × 6 inputs", "1 input". */
export function sizeText({ shape: [, ...size], preparation }: ExampleKind): string {
  if (!preparation?.columns) return size.join(" × ");
  const inputs = plural(size.at(-1) ?? 0, "input");
  return preparation.window ? `${plural(size[0] ?? 0, "row")} × ${inputs}` : inputs;
}

/** "1,200 windows of 50 rows × 6 inputs". */
export function setText(set: ExampleKind): string {
  return `${plural(set.shape[0] ?? 0, nounOf(set))} of ${sizeText(set)}`;
}
