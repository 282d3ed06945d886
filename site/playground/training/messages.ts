/** What the page and the workshop, its worker, say to each other. */
import type { Experiment, LayerSpec, NetworkChoice, RateChange, Recipe } from "../recipe/experiment.ts";

/** Pictures as `imageGrid` takes them. */
export interface Pictures {
  readonly data: Uint8Array | Float32Array;
  readonly shape: readonly number[];
  readonly captions?: readonly string[];
  readonly isRight?: readonly boolean[];
}

/** Examples of a plane. */
export interface PlanePoints {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly label: Uint8Array;
}

/** What is known of data that have been read. */
export interface DataSummary {
  readonly inputShape: readonly number[];
  readonly task: "classification" | "regression";
  readonly classes: number;
  readonly classNames: readonly string[];
  /** How many training examples each class has. */
  readonly counts: readonly number[];
  readonly train: number;
  readonly test: number;
  /** The first examples, where they are pictures. */
  readonly pictures?: Pictures;
  /** All training points, where they lie in a plane. */
  readonly toy?: PlanePoints;
  /** What is known of each column, where the data are a table. */
  readonly columns?: readonly ColumnFacts[];
  readonly label?: string;
  readonly unit?: string;
  /** What was found out and left out, in sentences. */
  readonly notes: readonly string[];
  readonly presets: readonly string[];
}

export interface ColumnFacts {
  readonly name: string;
  readonly kind: "number" | "category";
  readonly categories?: readonly string[];
  readonly mean?: number;
}

/** Files and numbers of the user. */
export interface OwnData {
  /** IDX files: pictures and labels, of training and perhaps of a test. */
  readonly files?: readonly File[];
  /** The table's text. */
  readonly text?: string;
  /** Examples that were drawn, photographed, or decoded: bytes one after another. */
  readonly examples?: {
    readonly x: Uint8Array;
    readonly y: Uint8Array;
    readonly classNames: readonly string[];
  };
}

export interface LayerRow {
  readonly name: string;
  readonly type: string;
  readonly outputShape: readonly number[];
  readonly parameters: number;
}

/** A network as the editor shows it. */
export interface NetworkSummary {
  readonly rows: readonly LayerRow[];
  readonly parameters: number;
  /** Bytes of a training step. */
  readonly memory: number;
  /** Nominal operations of a training step of one example. */
  readonly flop: number;
  /** Why it cannot be, and at which layer: what the library says, or where all fits but the end, what that is. */
  readonly error?:
    | { readonly layer: number; readonly message: string }
    | { readonly layer: number; readonly end: readonly number[]; readonly outputs: number };
}

/** A point of the curves. */
export type CurveRow = Readonly<Record<string, number>>;

/** Where a run stands. */
export interface Progress {
  readonly state: "ready" | "running" | "paused" | "done";
  /** Steps taken, and of the whole run. */
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly learningRate: number;
  /** Examples a second of training; 0 where it is not known yet. */
  readonly speed: number;
  readonly secondsLeft: number;
  /** Bytes of WebAssembly memory. */
  readonly memory: number;
  readonly threads: number;
  readonly variant: string;
  /** New points of the curves. */
  readonly rows: readonly CurveRow[];
  readonly rates: readonly RateChange[];
  /** Whether drawings have been taught to it, so that its digest is no longer that of the recipe. */
  readonly taught: boolean;
}

/** The weights and what they do, as they are now. */
export interface Look {
  readonly surface?: { readonly data: Float32Array; readonly shape: readonly number[] };
  /** The weights of the first layer that has pictures for weights. */
  readonly filters?: {
    readonly data: Float32Array;
    readonly shape: readonly number[];
    readonly imageShape?: readonly number[];
  };
  readonly activations?: readonly Activation[];
  readonly histograms?: readonly Histograms[];
}

export interface Activation {
  readonly name: string;
  /** `[height, width, channels]`, or `[units]`. */
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface Boxes {
  readonly counts: readonly number[];
  readonly edges: readonly number[];
}

export interface Histograms {
  readonly layer: string;
  readonly weights: Boxes;
  readonly gradients?: Boxes;
}

/** How the test examples fare. */
export interface Verdict {
  readonly matrix: readonly (readonly number[])[];
  readonly accuracy: number;
  readonly wrong: number;
  readonly of: number;
  readonly mistakes?: Pictures;
  /** What was predicted beside what was, where numbers are predicted. */
  readonly predicted?: { readonly x: Float32Array; readonly y: Float32Array };
}

export interface Finished {
  readonly digest: string;
  readonly history: Readonly<Record<string, readonly number[]>>;
}

/** What the page wants to see of a run. */
export interface Watching {
  readonly surface: boolean;
  readonly filters: boolean;
  readonly histograms: boolean;
  /** An example of the training set whose way through the layers is shown. */
  readonly example?: number | undefined;
}

/** What a network says of an input. */
export interface Answer {
  readonly outputs: Float32Array;
  readonly activations: readonly Activation[];
}

export const modelFormats = ["safetensors", "keras", "onnx", "tfjs", "npz"] as const;
export type ModelFormat = (typeof modelFormats)[number];

/** What the workshop does when it is asked. */
export interface WorkshopMethods {
  /** Reads data; what was there before, and its run, are let go of. */
  read(order: { data: Experiment["data"]; own?: OwnData | undefined }): DataSummary;
  preset(name: string): { layers: LayerSpec[]; recipe: Partial<Recipe> };
  describe(order: { network: NetworkChoice; batchSize: number }): NetworkSummary;
  /** Makes the network with its first weights, or as `saved` holds it, and looks at it. */
  begin(order: {
    experiment: Experiment;
    watching: Watching;
    saved?: Uint8Array;
    history?: Finished["history"];
    rates?: readonly RateChange[];
  }): void;
  play(nothing: undefined): void;
  pause(nothing: undefined): void;
  step(nothing: undefined): void;
  rate(learningRate: number): void;
  /** More epochs for a run that has ended. */
  extend(epochs: number): void;
  watch(watching: Watching): void;
  augmented(augment: Recipe["augment"]): Pictures;
  ask(input: Float32Array): Answer;
  /** A row of a table, by the names of its columns. */
  askRow(row: Readonly<Record<string, string | number>>): Float32Array;
  /** Asks many times with a part of the picture hidden: how much less likely the class is, a number a place. */
  occlusion(order: { input: Float32Array; label: number }): { data: Float32Array; shape: readonly number[] };
  teach(examples: { x: Float32Array; y: Uint8Array }): void;
  save(format: ModelFormat): { name: string; bytes: Uint8Array<ArrayBuffer> }[];
  open(file: { name: string; files: readonly { name: string; bytes: Uint8Array }[] }): {
    layers: LayerSpec[];
    summary: NetworkSummary;
  };
  report(nothing: undefined): string;
  /** The network as JSON; and its preset's name, where that preset is trained by nothing that this run has not. */
  config(nothing: undefined): { json: string; preset?: string };
  dataFile(nothing: undefined): Uint8Array<ArrayBuffer>;
  snapshot(nothing: undefined): Uint8Array<ArrayBuffer> | undefined;
}

/** What the workshop tells unasked. */
export interface WorkshopEvents {
  progress: Progress;
  look: Look;
  verdict: Verdict;
  finished: Finished;
  /** The run, to be kept by the page. */
  snapshot: Uint8Array<ArrayBuffer>;
  failed: Failure;
}

export type Tell = <Name extends keyof WorkshopEvents>(event: Name, value: WorkshopEvents[Name]) => void;

/** An error as words. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

export type MethodName = keyof WorkshopMethods;

export type ToWorkshop = {
  [Name in MethodName]: { id: number; method: Name; order: Parameters<WorkshopMethods[Name]>[0] };
}[MethodName];

export type FromWorkshop =
  | { id: number; result: unknown }
  | { id: number; failure: Failure }
  | { [Name in keyof WorkshopEvents]: { event: Name; value: WorkshopEvents[Name] } }[keyof WorkshopEvents];
