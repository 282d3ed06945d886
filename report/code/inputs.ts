/** What goes into a network, as a report shows it: pictures of any numbers, and each of several inputs by itself. */
import { type Dataset, exampleCount } from "../../src/data/dataset.ts";
import { columnsOf } from "../../src/data/given/parts.ts";
import { dataTable } from "../html/dataTable.ts";
import { type Html, html, type Part } from "../html/html.ts";
import { hasPictures, pictureOf } from "../pictures/picture.ts";
import { pngUri } from "../pictures/sheet.ts";
import { formatQuantity, plural } from "../text/numbers.ts";
import { cut } from "./outputs/testedOutput.ts";

/** One of several inputs, as a data set of its own. */
export interface InputSet {
  readonly name: string;
  /** Its numbers, bytes where it is shown as pictures. */
  readonly set: Dataset;
  /** Least, mean and most of the numbers as they were given. */
  readonly spread: readonly number[];
}

const MOST_NUMBERS = 8; // that are written out
const EXAMPLES = 8;

/** The set with its examples as bytes where they are pictures of other numbers, the least of which is black and the most white. */
export function asPictures(set: Dataset): Dataset {
  const { x, shape } = set;
  if (hasPictures(set) || shape.length !== 4 || (shape[3] !== 1 && shape[3] !== 3)) return set;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of x) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const factor = 255 / (most - least || 1);
  return { ...set, x: Uint8Array.from(x, (value) => Math.round((value - least) * factor)) };
}

/** Each of several inputs by itself; none for a set of one input. */
export function inputSets(set: Dataset): readonly InputSet[] {
  const { x, y, shape, parts } = set;
  if (!parts?.x) return [];
  const columns = columnsOf(x, parts.x);
  return parts.x.map(({ name, shape: each }) => {
    const numbers = cut(columns.get(name)!);
    const set = asPictures({ x: numbers, y, shape: [shape[0]!, ...each] });
    return { name, set, spread: spreadOf(numbers) };
  });
}

/** The examples as pictures where they are any, of several inputs those of the first that has some. */
export function picturesOf(set: Dataset): Dataset {
  const inputs = inputSets(set);
  if (inputs.length === 0) return asPictures(set);
  const shown = inputs.find((input) => hasPictures(input.set));
  return shown ? { ...set, x: shown.set.x, shape: shown.set.shape } : set;
}

/** What the examples are: a line an input, then the first of them; undefined for one input. */
export function inputsPart(test: Dataset): Html | undefined {
  const inputs = inputSets(test);
  if (inputs.length === 0) return undefined;
  const examples = Array.from({ length: Math.min(EXAMPLES, exampleCount(test)) }, (_, i) => i);
  return html`${dataTable({
    caption: `An example has ${plural(inputs.length, "input")}`,
    columns: [
      { head: "input", kind: "text" },
      { head: "is", kind: "text" },
      { head: "least" },
      { head: "mean" },
      { head: "most" },
    ],
    rows: inputs.map(({ name, set, spread }) => [name, kindOf(set), ...spread.map(formatQuantity)]),
  })}
${dataTable({
  caption: "The first test examples, counted from 0",
  columns: [{ head: "example" }, ...inputs.map(({ name }) => ({ head: name, kind: "text" as const }))],
  rows: examples.map((example) => [example, ...inputs.map(({ set }) => shownOf(set, example))]),
})}`;
}

function kindOf(set: Dataset): string {
  const [, ...shape] = set.shape;
  if (hasPictures(set)) return `a picture of ${shape.join(" × ")}`;
  return shape.length > 1 ? `${shape.join(" × ")} numbers` : plural(shape[0] ?? 1, "number");
}

/** An example of an input: a picture, its numbers, or how many there are. */
function shownOf(set: Dataset, example: number): Part {
  if (hasPictures(set)) {
    const picture = pictureOf(set, example);
    return html`<img src="${pngUri(picture)}" width="${picture.width}" height="${picture.height}" alt="test example ${example}">`;
  }
  const width = set.x.length / exampleCount(set);
  if (width > MOST_NUMBERS) return `${plural(width, "number")}`;
  return Array.from(set.x.subarray(example * width, (example + 1) * width), formatQuantity).join(", ");
}

/** The least, the mean and the most of all numbers. */
function spreadOf(numbers: ArrayLike<number>): readonly number[] {
  let [least, most, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i]!;
    if (value < least) least = value;
    if (value > most) most = value;
    sum += value;
  }
  return [least, sum / numbers.length, most];
}
