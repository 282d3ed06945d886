/**
 * The benchmark as a whole: finds the builds that run here and their ceilings, then times kernels and networks, each in
 * all builds by turns. Knows nothing of terminals and files; a page can run it, too.
 */
import type { Backend } from "../../src/backend/backend.ts";
import { AnygradError, quote } from "../../src/errors.ts";
import { runtimeName } from "../../src/runtime/capabilities.ts";
import { findBuilds, open } from "./builds.ts";
import { ceilingKernels, findCeiling } from "./kernels/ceiling.ts";
import { benchKernel, type Rig, workloads } from "./kernels/index.ts";
import type { Effort } from "./measure.ts";
import { networks, trainingData } from "./networks/benchmarkModel.ts";
import { benchNetwork } from "./networks/index.ts";
import type { Benchmark, CeilingRow, Machine, Profile, Row, Section } from "./result.ts";
import { sections } from "./result.ts";

export interface BenchmarkOptions {
  /** What the report says of the machine. */
  readonly machine: Machine;
  /** The most threads; counts are 1, 2, 4, … up to it. Default: the machine's cores. */
  readonly threads?: number;
  /** Whether the benchmark takes under a minute: the kernels that matter most, fewer builds, shorter bursts. Default false. */
  readonly quick?: boolean;
  /** Parts of the benchmark. Default: all. */
  readonly sections?: readonly Section[];
  /** Only groups and networks whose name contains this. */
  readonly match?: string;
  /** Milliseconds of each kernel in each round, twice as many of each network. Default 60, quick 12. */
  readonly milliseconds?: number;
  readonly signal?: AbortSignal;
  /** Called with what is measured next, and how much has been measured. */
  onProgress?(what: string, done: number, total: number): void;
  /** Called with rows as soon as they are known. */
  onRows?(rows: readonly Row[]): void;
  /** Called with the ceilings, before the first rows. */
  onStart?(start: Pick<Benchmark, "machine" | "runtime" | "date" | "absent" | "ceilings">): void;
}

/** @throws AnygradError INVALID_ARGUMENT where nothing matches; the signal's reason */
export async function runBenchmark(options: BenchmarkOptions): Promise<Benchmark> {
  const { machine, quick = false, match = "", signal } = options;
  const asked = options.sections ?? sections;
  const began = performance.now();
  const effort: Effort = quick
    ? { rounds: 3, milliseconds: options.milliseconds ?? 12 }
    : { rounds: 7, milliseconds: options.milliseconds ?? 60 };
  const kernels = asked.includes("kernels")
    ? workloads.filter((workload) => (!quick || workload.quick) && workload.group.includes(match))
    : [];
  const trained = asked.some((section) => section !== "kernels")
    ? networks.filter((network) => network.includes(match))
    : [];
  const total = kernels.length + trained.length;
  if (total === 0) {
    const groups = new Set(workloads.map(({ group }) => group.split(/[ ,]/)[0])); // their first words: a message is short
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `bench: nothing is called ${quote(match)}; there are ${[...groups, ...networks].join("; ")}`,
    );
  }
  const next = (what: string, done: number): void => {
    signal?.throwIfAborted();
    options.onProgress?.(what, done, total);
  };
  const { builds, absent } = await findBuilds(options.threads ?? machine.cores, quick);
  const date = new Date().toISOString();
  const backends: Backend[] = [];
  const rigs: Rig[] = [];
  const ceilings: CeilingRow[] = [];
  const rows: Row[] = [];
  const profiles: Profile[] = [];
  try {
    next("the ceiling", 0);
    for (const build of builds) {
      const backend = await open(build);
      backends.push(backend);
      const loops = await open(build, ceilingKernels(build.variant));
      backends.push(loops);
      const { ceiling, row } = await findCeiling(loops, build, effort);
      rigs.push({ build, backend, ceiling });
      ceilings.push(row);
    }
    options.onStart?.({ machine, runtime: runtimeName(), date, absent, ceilings });
    const tell = (found: readonly Row[]): void => {
      rows.push(...found);
      options.onRows?.(found);
    };
    for (const [i, workload] of kernels.entries()) {
      next(`${workload.group}, ${workload.name}`, i);
      tell(await benchKernel(workload, rigs, effort));
    }
    const single = rigs.filter(({ build }) => build.threads === 1);
    const usual = single.filter(({ build }) => build.variant === "simd");
    const watched = quick && usual.length > 0 ? usual : single;
    // the JavaScript of a short step takes longer to settle than a kernel; long steps run once a round anyway
    const patient = { ...effort, milliseconds: 2 * effort.milliseconds };
    const data = trained.length > 0 ? await trainingData() : undefined;
    for (const [i, network] of trained.entries()) {
      next(network, kernels.length + i);
      const result = await benchNetwork(network, asked, rigs, watched, data!, patient);
      tell(result.rows);
      profiles.push(...result.profiles);
    }
  } finally {
    for (const backend of backends) backend.dispose();
  }
  const seconds = (performance.now() - began) / 1000;
  return { machine, runtime: runtimeName(), date, quick, seconds, absent, ceilings, rows, profiles };
}
