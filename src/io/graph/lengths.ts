/**
 * Models of files that leave lengths open. The graph is read at several lengths, as if the file had fixed them: where two readings differ in
 * nothing but the input's shape and what layers make of its length, they are one model that takes any.
 */
import { AnygradError, quote } from "../../errors.ts";
import { joined, type Reading } from "./joined.ts";

/**
 * Gives a size that the file leaves open.
 * @param name of the input @param declared what the file calls the size @param text the shape of the input, for a message
 */
export type Lengths = (
  name: string,
  axis: number,
  declared: number | string | undefined,
  text: readonly (number | string | null)[],
) => number;

/** Lengths of two readings. Many strides divide them; they are larger than what layers commonly cut off, and small beside what a file may hold. */
const pairs: readonly (readonly [number, number])[] = [
  [240, 360],
  [48, 72],
  [1680, 2520],
];

/** What stays the same from one open size to the next, so that two are not taken for one. */
const apart = 24;

/** A size that the file leaves open. */
interface OpenSize {
  readonly name: string;
  readonly axis: number;
  readonly text: readonly (number | string | null)[];
}

/**
 * @param read the graph at given lengths
 * @throws AnygradError UNSUPPORTED where layers need a length that the file leaves open
 */
export function opened(subject: string, read: (lengths: Lengths) => Reading): Reading {
  let first: OpenSize | undefined;
  const at = (i: 0 | 1, pair: readonly [number, number], isApart: boolean): Reading => {
    const known = new Map<string, number>();
    return read((name, axis, declared, text) => {
      first ??= { name, axis, text };
      const key = typeof declared === "string" && declared ? declared : `${name}:${axis}`;
      const length = known.get(key) ?? pair[i] + (isApart ? known.size * apart * (i + 1) : 0);
      known.set(key, length);
      return length;
    });
  };
  let reason: unknown;
  const readings = (): readonly [Reading, Reading?] => {
    for (const pair of pairs)
      for (const isApart of [true, false])
        try {
          const one = at(0, pair, isApart);
          return first ? [one, at(1, pair, isApart)] : [one];
        } catch (error) {
          if (!first || !(error instanceof AnygradError) || error.code === "MEMORY_LIMIT") throw error;
          reason ??= error;
        }
    throw reason;
  };
  try {
    const [one, other] = readings();
    return other ? joined(one, other) : one;
  } catch (error) {
    if (!first || !(error instanceof AnygradError) || error.code === "MEMORY_LIMIT") throw error;
    const { name, text } = first;
    const why = error.message.replace(`${subject}: `, "").replace(/; export the model without it, or name outputs that do not need it$/, ""); // biome-ignore format: one text
    throw new AnygradError(
      "UNSUPPORTED",
      `${subject}: the input ${quote(name)} has sizes that the file leaves open: [${text.map(String).join(", ")}], and not all of the network works at any: ${why.slice(0, 220)}; pass them as shapes: { ${JSON.stringify(name)}: [null, …] }, null for the batch`,
      { cause: error },
    );
  }
}
