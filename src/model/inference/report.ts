/** What `quantizationReport` takes and gives; apart from what it does. */
import type { Evaluation } from "../evaluation.ts";

/** Scores of a model, and the size of a file of it. */
export interface StoredScores {
  /** Bytes of the file. */
  readonly bytes: number;
  /** Loss, without penalties, and metrics over the data. */
  readonly scores: Evaluation;
}

/** What happens to a model if the weights of one layer alone are stored in fewer bits. */
export interface LayerSensitivity {
  /** The layer's name. */
  readonly name: string;
  /** How many of its weights are stored so. */
  readonly parameters: number;
  /** The largest change of a weight, by the largest weight of the layer. */
  readonly error: number;
  /** Loss, without penalties, and metrics over the data. */
  readonly scores: Evaluation;
  /** How much worse `metric` is than with all weights in float32; below 0 where it is better. */
  readonly drop: number;
}

/** What a model loses if its weights are stored in fewer bits. */
export interface QuantizationReport {
  /** The type of the stored weights. */
  readonly weights: "float16" | "int8";
  /** What `drop` tells of: the first metric whose name says which way is better, or "loss". */
  readonly metric: string;
  /** With all weights in float32. */
  readonly before: StoredScores;
  /** With the weights stored so. */
  readonly after: StoredScores;
  /** How much worse `metric` became; below 0 where it became better. */
  readonly drop: number;
  /** Each layer with such weights, the most sensitive first. */
  readonly layers: readonly LayerSensitivity[];
}

/** Options of `quantizationReport`. */
export interface QuantizationOptions {
  /** How weights are stored. Default "int8". */
  readonly weights?: "float16" | "int8";
  /** Names of layers whose weights stay float32, as `net.save` takes them. Default: none. */
  readonly keep?: readonly string[];
  /** Whether each layer is tried alone, too: a pass over the data for each. Default true. */
  readonly perLayer?: boolean;
  /** Examples that are computed together. Default 32. */
  readonly batchSize?: number;
  /** Is told when another layer has been tried, or the first time the whole model: how many passes are done, and of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends it with an error of code ABORTED. */
  readonly signal?: AbortSignal;
}
