/** What the examples of a set are called: images, rows of a table, windows over these. */
import type { Preparation } from "../../src/data/preparation.ts";
import { plural } from "./numbers.ts";

/** What is known of a set's examples. */
export interface ExampleKind {
  /** Shape of the set, `[n, ...example]`. */
  readonly shape: readonly number[];
  readonly preparation?: Pick<Preparation, "window" | "columns"> | undefined;
  /** The inputs of a network that has several; they stand in one row an example. */
  readonly inputs?: readonly { readonly name: string; readonly shape: readonly number[] }[] | undefined;
}

/** "image", "row", "window" or "example". */
export function nounOf({ shape, preparation, inputs }: ExampleKind): string {
  if (inputs) return "example";
  if (preparation?.window) return "window";
  if (preparation?.columns) return "row";
  return shape.length === 4 || shape[1] === 784 ? "image" : "example"; // 784: a square of 28 in one row
}

/** An example's size: "28 × 28 × 1", "4 numbers", "50 rows × 6 inputs", "1 input", "2 inputs: image 28 × 28 × 1, extra 3 numbers". */
export function sizeText(kind: ExampleKind): string {
  const { shape, preparation, inputs } = kind;
  const [, ...size] = shape;
  if (inputs)
    return `${plural(inputs.length, "input")}: ${inputs.map((each) => `${each.name} ${sizeText({ shape: [1, ...each.shape] })}`).join(", ")}`;
  if (!preparation?.columns)
    return size.length < 2 && nounOf(kind) === "example" ? plural(size[0] ?? 1, "number") : size.join(" × ");
  const columns = plural(size.at(-1) ?? 0, "input");
  return preparation.window ? `${plural(size[0] ?? 0, "row")} × ${columns}` : columns;
}

/** "1,200 windows of 50 rows × 6 inputs". */
export function setText(set: ExampleKind): string {
  return `${plural(set.shape[0] ?? 0, nounOf(set))} of ${sizeText(set)}`;
}
