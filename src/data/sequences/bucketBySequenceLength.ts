/** Batches of sequences of like lengths, so that little is filled up: a stream for `fit`, in an order by seed and epoch. */
import { AnygradError, quote } from "../../errors.ts";
import { checkCount } from "../../math/checks.ts";
import { strictOptions } from "../../math/options.ts";
import { Random } from "../../math/philox.ts";
import { streamOf } from "../../math/streams.ts";
import {
  type GivenSequence,
  type PaddedSequences,
  type PadSequencesOptions,
  padSequences,
} from "./padSequences.ts";

/** What a sequence should give: a class, numbers, or of each step a class or numbers. */
type SequenceTarget = number | string | GivenSequence;

/** Sequences and what belongs to each. */
export interface SequenceData {
  /** The sequences. */
  readonly x: readonly GivenSequence[];
  /** A target for each; one that is as long as its sequence is filled up with it, by zeros. */
  readonly y: readonly SequenceTarget[] | ArrayLike<number>;
  /** A factor on the loss of each. Default 1. */
  readonly sampleWeight?: ArrayLike<number>;
}

/** Options of {@link bucketBySequenceLength}. */
export interface BucketOptions extends PadSequencesOptions {
  /** Sequences of a batch; the last of a bucket has what is left. Default 32. */
  readonly batchSize?: number;
  /**
   * Where buckets end: [10, 20] divides lengths into those below 10, from 10 to 19, and from 20 on. Default: eight buckets of as many
   * sequences each, as far as equal lengths stay together.
   */
  readonly bucketBoundaries?: readonly number[];
  /** Another order in each epoch, of the sequences of a bucket and of the batches. Default true. */
  readonly shuffle?: boolean;
  /** Seed of these orders. Default 0. */
  readonly seed?: number;
}

/** A batch of sequences of one bucket. */
export interface SequenceBatch {
  /** As long as the longest of their bucket. */
  readonly x: PaddedSequences;
  /** Their targets. */
  readonly y: number[] | string[] | PaddedSequences;
  /** Factors on their losses, where there are some. */
  readonly sampleWeight?: Float32Array;
  /** The network is to run over as many steps as these have. */
  readonly ownSteps: true;
}

const names =
  "batchSize bucketBoundaries shuffle:boolean seed maxlen padding:pre|post truncating:pre|post value:number";

/**
 * Batches for `fit` and `evaluate`, each of sequences of like lengths, which are filled up to the longest of their bucket and not to the
 * longest of all. The model has the length of the longest, or `maxlen`; a batch of shorter ones goes through it at its own length, with
 * the same weights. Masks (`embedding({ maskZero: true })`, `masking`) pass over what is filled up.
 * @param data x, y and sampleWeight
 * @returns a stream of batches, the same for each epoch of a seed, which `resume` can go on with
 * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH where lists differ in length or steps in shape, DATA_FORMAT for what is no number
 * @example
 * ```js
 * import { bucketBySequenceLength, createEngine, layers, sequential } from "anygrad";
 *
 * const x = [[3, 1], [2, 2, 4, 1, 1, 3], [1], [4, 3, 2], [2, 1]];
 * const y = x.map((words) => words.length);
 * const batches = bucketBySequenceLength({ x, y }, { batchSize: 2, bucketBoundaries: [3], seed: 1 });
 * const net = sequential(
 *   [layers.embedding({ inputDim: 5, outputDim: 4, maskZero: true }), layers.gru({ units: 4 }), layers.dense({ units: 1 })],
 *   { inputShape: [6], seed: 1 },
 * );
 * await net.compile({ loss: "mse", engine: await createEngine() });
 * await net.fit(batches, { epochs: 2 });
 * const shapes = [...batches({ epoch: 0, step: 0 })].map((batch) => batch.x.shape.join(" × "));
 * console.log(shapes.join(", ")); // 2 × 6, 1 × 2, 2 × 2
 * ```
 */
export function bucketBySequenceLength(
  data: SequenceData,
  options?: BucketOptions,
): (position: { readonly epoch: number; readonly step: number }) => Iterable<SequenceBatch> {
  const subject = "bucketBySequenceLength";
  const {
    batchSize = 32,
    bucketBoundaries,
    shuffle = true,
    seed = 0,
    ...padding
  } = strictOptions(subject, options, names);
  checkCount(`${subject}: batchSize`, batchSize);
  checkCount(`${subject}: seed`, seed, 0);
  const { x, y, sampleWeight } = strictOptions(subject, data, "x y sampleWeight:object");
  if (!Array.isArray(x) || x.length === 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: x is ${quote(x)}; pass a list of sequences, such as [[1, 2], [3]]`,
    );
  const { maxlen = Number.POSITIVE_INFINITY } = padding;
  padSequences(x.slice(0, 1), padding); // the options, before anything happens
  for (const [name, list] of Object.entries({ y, sampleWeight }))
    if ((name === "y" || list !== undefined) && list?.length !== x.length)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${subject}: ${name} has ${list?.length ?? 0} items but there are ${x.length} sequences; pass one for each`,
      );
  const lengths = x.map((sequence) => Math.min(sequence.length, maxlen));
  const isOfSteps = x.every((sequence, i) => Object(y[i]).length === sequence.length);
  const buckets = divided(lengths, bucketBoundaries ?? evenBoundaries(lengths), subject);
  const batchOf = (indices: readonly number[], steps: number): SequenceBatch => {
    const of = <T>(list: ArrayLike<T>): T[] => indices.map((i) => list[i]!);
    const to = { ...padding, maxlen: steps };
    const targets = of(y as ArrayLike<SequenceTarget>);
    return {
      x: padSequences(of(x), to),
      y: isOfSteps ? padSequences(targets as GivenSequence[], { ...to, value: 0 }) : (targets as number[]),
      ...(sampleWeight && { sampleWeight: Float32Array.from(of(sampleWeight)) }),
      ownSteps: true,
    };
  };
  const orderOf = (n: number, index: number, epoch: number): ArrayLike<number> =>
    shuffle
      ? new Random(seed, streamOf("shuffle", index), epoch).permutation(n)
      : Array.from({ length: n }, (_, i) => i);
  return function* ({ epoch, step }) {
    const batches = buckets.flatMap((bucket, b) => {
      const order = Array.from(orderOf(bucket.length, b + 1, epoch), (i) => bucket[i]!);
      const steps = bucket.reduce((most, i) => Math.max(most, lengths[i]!), 1);
      const count = Math.ceil(order.length / batchSize);
      return Array.from({ length: count }, (_, k) => ({
        indices: order.slice(k * batchSize, (k + 1) * batchSize),
        steps,
      }));
    });
    const order = Array.from(orderOf(batches.length, 0, epoch), (i) => batches[i]!);
    for (const { indices, steps } of order.slice(step)) yield batchOf(indices, steps);
  };
}

/** The sequences of each bucket, by their places; none is empty. @throws AnygradError INVALID_ARGUMENT */
function divided(lengths: readonly number[], boundaries: readonly number[], subject: string): number[][] {
  const rises =
    Array.isArray(boundaries) &&
    boundaries.every((to, i) => Number.isInteger(to) && to > (boundaries[i - 1] ?? 0));
  if (!rises)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: bucketBoundaries is ${quote(boundaries)}; pass rising lengths from 1, such as [10, 20, 40]`,
    );
  const buckets = [...boundaries, Number.POSITIVE_INFINITY].map((): number[] => []);
  lengths.forEach((length, i) => {
    buckets[boundaries.filter((to) => to <= length).length]!.push(i);
  });
  return buckets.filter((bucket) => bucket.length > 0);
}

/** Boundaries between eight parts of as many sequences. */
function evenBoundaries(lengths: readonly number[]): number[] {
  const sorted = [...lengths].sort((a, b) => a - b);
  const ends = Array.from({ length: 7 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / 8)]!);
  return [...new Set(ends)].filter((length) => length > 0);
}
