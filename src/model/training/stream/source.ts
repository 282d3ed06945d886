/**
 * Data that come in batches, a stream: an iterable of them, or a function that makes one. They are never all in memory.
 *
 * This file is what every page has of it: the types, and telling a stream from a data set. Reading is in reader.ts.
 */
import type { Dataset, ExampleData } from "../../../data/dataset.ts";
import { isNamedData } from "../../../data/given/namedData.ts";
import type { TargetData } from "../../../data/given/targets.ts";
import type { TrainingContext } from "../context.ts";
import type { SeveralData, SeveralExamples, SeveralSet, SeveralTargets } from "../several/forms.ts";

/** Factors on the losses of a batch. */
type BatchWeights = ArrayLike<number> | SeveralData<ArrayLike<number>>;

/** Examples of one step and their targets. */
export type Batch =
  | (SeveralSet &
      Partial<Pick<Dataset, "shape" | "classNames" | "normalization" | "preparation">> & {
        /** Factor on the loss of each example, as `fit` takes it for data sets. All batches have it, or none. */
        readonly sampleWeight?: BatchWeights;
        /** The network runs over as many steps as x, { shape, data }, has: `bucketBySequenceLength` gives such batches. Default false. */
        readonly ownSteps?: boolean;
      })
  | readonly [x: ExampleData | SeveralExamples, y: TargetData | SeveralTargets, sampleWeight?: BatchWeights];

/** A batch that has been checked, and the factors on its losses. */
export interface WeighedBatch {
  readonly batch: Dataset;
  readonly weights: Float32Array | undefined;
  /** The network at the length of the batch, where that is not the model's. */
  readonly at?: Pick<TrainingContext, "graph" | "compiled"> | undefined;
}

/** Where an epoch is to begin, counted from 0. */
export interface StreamPosition {
  /** The epoch. */
  readonly epoch: number;
  /** Its first batch: 0, but where a run goes on in the middle of an epoch. Who reads it begins there; for others it is skipped to. */
  readonly step: number;
}

/** Batches in order: an array, a generator, a `ReadableStream`. */
export type Batches = Iterable<Batch> | AsyncIterable<Batch> | ReadableStream<Batch>;

/**
 * Batches, or a function that gives those of an epoch from the position on. What can be walked over once alone, such as a
 * generator, is enough for one epoch.
 */
export type BatchSource = Batches | ((position: StreamPosition) => Batches | Promise<Batches>);

/** Whether data are a stream of batches; else they are a data set, or nothing that is known. */
export function isBatchSource(data: unknown): data is BatchSource {
  if (typeof data === "function") return true;
  if (Array.isArray(data)) return isBatch(data[0]);
  if (typeof data !== "object" || data === null || ArrayBuffer.isView(data) || "x" in data) return false;
  return Symbol.iterator in data || Symbol.asyncIterator in data || "getReader" in data;
}

/** Whether what `fit` or `evaluate` was given is a stream. Where targets come with it, it is the examples. */
export function isStream(given: unknown, targets: unknown): given is BatchSource {
  return targets === undefined && isBatchSource(given);
}

/** Whether it looks like a batch: has `x`, or is a pair of lists. */
function isBatch(item: unknown): boolean {
  if (Array.isArray(item))
    return (
      (item.length === 2 || item.length === 3) && item.every((part) => isList(part) || isNamedData(part))
    );
  return typeof item === "object" && item !== null && "x" in item;
}

/**
 * Whether validation data are a stream. A list of two is x and y where its first may be examples, lists of one shape; else it
 * holds two batches.
 */
export function isValidationStream(data: unknown): data is BatchSource {
  if (!isBatchSource(data)) return false;
  if (!Array.isArray(data) || data.length !== 2) return true;
  const [x, y] = data as readonly unknown[];
  return isBatch(y) && !(Array.isArray(x) && new Set(x.map(sizesOf)).size === 1);
}

/** The sizes of nested lists, told by the first of each. */
function sizesOf(list: unknown): string {
  return isList(list) ? `${(list as unknown[]).length},${sizesOf((list as unknown[])[0])}` : "";
}

function isList(value: unknown): boolean {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}
