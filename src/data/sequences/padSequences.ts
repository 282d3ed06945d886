/** Sequences of different lengths as arrays: filled up or cut to one length, whose fillings masks pass over. */
import { AnygradError, quote } from "../../errors.ts";
import { checkCount, checkNumber } from "../../math/checks.ts";
import { strictOptions } from "../../math/options.ts";
import { sizeOf } from "../../math/shape.ts";
import { type NestedValues, readNumbers } from "../given/numbers.ts";

/** A sequence: numbers, or lists of as many numbers, a step each. */
export type GivenSequence = ArrayLike<number> | readonly NestedValues[];

/** Options of {@link padSequences}. */
export interface PadSequencesOptions {
  /** Steps of each sequence; longer ones are cut. Default: those of the longest. */
  readonly maxlen?: number;
  /** Where fillings go, "pre" (default) before a sequence or "post" behind it. */
  readonly padding?: "pre" | "post";
  /** Where a longer sequence is cut, "pre" (default) at its beginning or "post" at its end. */
  readonly truncating?: "pre" | "post";
  /** The number that fills up. Default 0, which `embedding({ maskZero: true })` and `masking()` pass over. */
  readonly value?: number;
}

/** Sequences of one length. */
export interface PaddedSequences {
  /** [n, maxlen], or [n, maxlen, ...] of lists in place of numbers. */
  readonly shape: readonly number[];
  /** The numbers, row-major: whole ones as Int32Array. */
  readonly data: Int32Array | Float32Array;
}

/**
 * Sequences of different lengths as one array, as Keras's `pad_sequences` makes them: examples of `fit` and `predict`.
 * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH where steps differ in shape, DATA_FORMAT for what is no number
 * @example
 * ```js
 * import { padSequences } from "anygrad";
 *
 * const { shape, data } = padSequences([[7], [8, 9], [1, 2, 3, 4]], { maxlen: 3 });
 * console.log(shape, data); // [3, 3] Int32Array(9) [0, 0, 7, 0, 8, 9, 2, 3, 4]
 * ```
 */
export function padSequences(
  sequences: readonly GivenSequence[],
  options?: PadSequencesOptions,
): PaddedSequences {
  const {
    maxlen: asked,
    padding = "pre",
    truncating = "pre",
    value = 0,
  } = strictOptions("padSequences", options, "maxlen padding:pre|post truncating:pre|post value:number");
  const read = sequencesIn("padSequences", sequences);
  if (asked !== undefined) checkCount("padSequences: maxlen", asked);
  checkNumber("padSequences: value", value);
  const maxlen = asked ?? read.reduce((most, { steps }) => Math.max(most, steps), 1);
  const step = read.find(({ steps }) => steps > 0)?.step ?? [];
  const size = sizeOf(step);
  const all = new Float32Array(read.length * maxlen * size).fill(value);
  read.forEach(({ values, steps }, i) => {
    const kept = Math.min(steps, maxlen);
    const from = truncating === "pre" ? steps - kept : 0;
    const at = padding === "pre" ? maxlen - kept : 0;
    all.set(values.subarray(from * size, (from + kept) * size), (i * maxlen + at) * size);
  });
  const isWhole = all.every((number) => number === (number | 0));
  return { shape: [read.length, maxlen, ...step], data: isWhole ? Int32Array.from(all) : all };
}

/** A sequence that has been read. */
interface ReadSequence {
  readonly values: Float32Array;
  readonly steps: number;
  /** Shape of a step. */
  readonly step: readonly number[];
}

/** @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH, DATA_FORMAT */
function sequencesIn(subject: string, sequences: readonly GivenSequence[]): ReadSequence[] {
  if (!Array.isArray(sequences) || sequences.length === 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: got ${quote(sequences)}; pass a list of sequences, such as [[1, 2], [3]]`,
    );
  let first: { i: number; step: readonly number[] } | undefined;
  return sequences.map((sequence: unknown, i): ReadSequence => {
    const name = `${subject}: sequence ${i}`;
    if (Array.isArray(sequence) && sequence.length === 0)
      return { values: new Float32Array(0), steps: 0, step: [] };
    const { values, shape = [values.length] } = readNumbers(sequence, name);
    const [steps = 0, ...step] = shape;
    if (steps > 0) first ??= { i, step };
    if (first && steps > 0 && String(step) !== String(first.step))
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${name} has steps of [${step}] but sequence ${first.i} of [${first.step}]; make them equal`,
      );
    return { values: Float32Array.from(values), steps, step };
  });
}
