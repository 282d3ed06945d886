/** What a benchmark tells: the object that `anygrad bench --json` prints. */
import type { Variant } from "../../src/kernels/variants.ts";

/** What runs: a build of the kernels on some threads. */
export interface Build {
  readonly variant: Variant;
  readonly threads: number;
}

/** What the caller knows of the machine; the runtime does not tell it everywhere. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** Processes that wanted a core during the last minute; undefined where it is not known. */
  readonly loadAverage?: number;
}

/** Parts of a benchmark that can be asked for by themselves. */
export const sections = ["kernels", "steps", "inference"] as const;
export type Section = (typeof sections)[number];

/** GFLOP/s of arithmetic, GB/s of what hardly computes. */
export type Unit = "GFLOP/s" | "GB/s";

export interface Row extends Build {
  readonly section: Section;
  /** What belongs together, such as the passes of one convolution. */
  readonly group: string;
  readonly name: string;
  /** Milliseconds of a call, and half the distance between the quartiles. */
  readonly median: number;
  readonly spread: number;
  readonly unit: Unit;
  /** Nominal work by time: FLOP as im2col counts them whatever the algorithm; each array once per read or write. */
  readonly rate: number;
  /** The rate of the ceiling loop of the same build and threads, measured in turns with the task. */
  readonly ceiling: number;
  readonly ofCeiling: number;
  /** Times the speed of the scalar build on as many threads, where that was measured. */
  readonly overScalar?: number;
  /** Times the speed of the same build on one thread; missing for one thread. */
  readonly overOneThread?: number;
}

export interface CeilingRow extends Build {
  /** GFLOP/s of multiply-adds in registers and on the first-level cache; the faster is the ceiling. */
  readonly chains: number;
  readonly tile: number;
  /** GB/s read and written by a copy. */
  readonly copy: number;
}

/** Where the time of a training step goes, on one thread. */
export interface Profile {
  readonly network: string;
  readonly variant: Variant;
  /** Milliseconds of a step while kernels are timed. */
  readonly step: number;
  /** Bytes of wasm memory that the training takes. */
  readonly memoryBytes: number;
  /** All matrix products and convolutions of a step taken together: nominal FLOP, milliseconds, GFLOP/s. */
  readonly products: {
    readonly flop: number;
    readonly milliseconds: number;
    readonly rate: number;
    readonly ceiling: number;
    readonly ofCeiling: number;
  };
  /** Shares of the step's time: products, all other kernels, and what is not in kernels at all. */
  readonly shares: { readonly products: number; readonly otherKernels: number; readonly typescript: number };
  /** The kernels by their time in a step, the longest first. */
  readonly kernels: readonly {
    readonly name: string;
    readonly calls: number;
    readonly milliseconds: number;
  }[];
}

/** A build that does not run here. */
export interface Absence {
  readonly variant?: Variant;
  readonly reason: string;
}

export interface Benchmark {
  readonly machine: Machine;
  /** For example "node 20.20.2". */
  readonly runtime: string;
  /** When it began, ISO 8601. */
  readonly date: string;
  readonly quick: boolean;
  readonly seconds: number;
  readonly absent: readonly Absence[];
  readonly ceilings: readonly CeilingRow[];
  readonly rows: readonly Row[];
  readonly profiles: readonly Profile[];
}
