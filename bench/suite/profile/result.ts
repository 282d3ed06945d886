/** Where a training step goes: what `anygrad bench --profile` tells, and its JSON. */
import type { Build, Machine } from "../result.ts";
import type { Phase } from "./clock.ts";

/** The calls of one kernel in a step. */
export interface KernelRow {
  readonly name: string;
  readonly calls: number;
  /** Milliseconds in a step, each call the least of the steps, and their share of it. */
  readonly milliseconds: number;
  readonly share: number;
  /** Nominal FLOP of products and convolutions, else 0; bytes of the arrays, each once per read or write. */
  readonly flop: number;
  readonly bytes: number;
  /** What binds it: the one of its arithmetic and its traffic that takes longer at the ceiling, call by call, and the share of its time that this is. */
  readonly limit: "compute" | "memory";
  readonly ofLimit: number;
  /** Shares of its time that each thread was at it, the calling one first. */
  readonly busy: readonly number[];
}

/** A call in the step that is drawn. */
export interface Span {
  readonly kernel: string;
  readonly op: string;
  readonly phase: Phase;
  /** Milliseconds since the step began. */
  readonly began: number;
  readonly milliseconds: number;
}

export interface StepProfile extends Build {
  readonly machine: Machine;
  readonly runtime: string;
  /** When it began, ISO 8601. */
  readonly date: string;
  readonly network: string;
  readonly inputShape: readonly number[];
  readonly batchSize: number;
  readonly parameters: number;
  /** Milliseconds of a step: the least time of each of its calls among so many steps, and of what is between them. */
  readonly step: number;
  readonly steps: number;
  /** Milliseconds of a whole step, the median: on a machine that others use it is longer. */
  readonly median: number;
  /** Bytes of wasm memory. */
  readonly memoryBytes: number;
  /** What these threads do at most, in turns with the steps: GFLOP/s of multiply-adds, GB/s of a copy. */
  readonly compute: number;
  readonly memory: number;
  /** The kernels, the longest first. */
  readonly kernels: readonly KernelRow[];
  /** Share of the step outside of kernels. */
  readonly typescript: number;
  /** A step of median length, call by call. */
  readonly spans: readonly Span[];
}
