/** What `net.loadWeights` takes and gives; apart from what it does, which is imported when it is called. */
import type { Elements } from "../../io/elements.ts";
import type { ByteSource } from "../../io/source.ts";
import type { Shape } from "../../tensor/shape.ts";

/** Arrays of a file by their names: what `readNpz` and `readSafetensors` give. */
export type GivenWeights = Readonly<Record<string, GivenWeight>>;

/** An array of a file. */
export interface GivenWeight {
  /** Its shape. */
  readonly shape: Shape;
  /** Its numbers, row-major. */
  readonly data: Elements;
}

/** A whole file, as `readSafetensors` gives it. */
export interface GivenFile {
  /** Its arrays by their names. */
  readonly arrays: GivenWeights;
  /** What else its header says. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What `net.loadWeights` reads: bytes, arrays by their names, or what `readSafetensors` gave. */
export type WeightsSource = ByteSource | PromiseLike<ByteSource> | GivenWeights | GivenFile;

/** Options of `net.loadWeights`. */
export interface LoadWeightsOptions {
  /**
   * What arrays of the file are called in the model: names, or beginnings of names up to a "/" or ".", by those in the file, as
   * `{ "features.0": "conv2d" }`; or a function of a name. Default: as in the file.
   */
  readonly rename?: Readonly<Record<string, string>> | ((name: string) => string);
  /** Arrays of the file that are left out: names, beginnings of names up to a "/" or ".", or expressions. Default: none. */
  readonly skip?: readonly (string | RegExp)[];
  /** With true every weight must be in the file, and nothing else; with false what fits is loaded. Default true. */
  readonly strict?: boolean;
  /**
   * How axes are ordered and weights called: "keras", as in anygrad, or "pytorch", whose `weight`, `running_mean` and so on are turned
   * into it. Default "keras".
   */
  readonly layout?: "keras" | "pytorch";
  /**
   * What belongs together: arrays and weights of one "name", or the layers with weights in the file and in the model in their
   * "order". Default "name".
   */
  readonly match?: "name" | "order";
  /** The most bytes that the file may have; the default is large, for a server should be less. Default 2³¹. */
  readonly maxBytes?: number;
}

/** What `net.loadWeights` did. */
export interface WeightsReport {
  /** The weights that were overwritten, by their names in the model. */
  readonly loaded: readonly string[];
  /** Weights of the model that the file has not: they stay as they were. */
  readonly missing: readonly string[];
  /** Arrays of the file that the model has not. */
  readonly unexpected: readonly string[];
  /** Weights that have another shape in the file: they stay as they were. */
  readonly mismatched: readonly {
    /** Its name in the model. */
    readonly name: string;
    /** Its shape there. */
    readonly shape: Shape;
    /** That in the file. */
    readonly fileShape: Shape;
  }[];
}

/** The types of these options. */
export const weightsNames = "rename:object|function skip:object strict:boolean layout match maxBytes:number";
