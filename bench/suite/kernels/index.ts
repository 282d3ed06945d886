/** The kernels by themselves, straight on wasm memory: every build runs each of them in turns. */
import type { Backend } from "../../../src/backend/backend.ts";
import type { Effort } from "../measure.ts";
import type { Build, Row } from "../result.ts";
import type { Ceiling } from "./ceiling.ts";
import { convolutions } from "./convolutions.ts";
import { depthwise } from "./depthwise.ts";
import { passes } from "./passes.ts";
import { products } from "./products.ts";
import { contest, rowsOf } from "./rows.ts";
import { BenchmarkScratch } from "./scratch.ts";
import type { Workload } from "./workload.ts";

/** A build with its machine and ceiling. */
export interface Rig {
  readonly build: Build;
  readonly backend: Backend;
  readonly ceiling: Ceiling;
}

/** The groups of workloads, in the order of the report. */
export const workloads: readonly Workload[] = [...products, ...convolutions, ...depthwise, ...passes];

export async function benchKernel(workload: Workload, rigs: readonly Rig[], effort: Effort): Promise<Row[]> {
  const scratches = rigs.map(({ backend }) => new BenchmarkScratch(backend));
  try {
    const candidates = rigs.map(({ build, backend, ceiling }, i) => ({
      ...build,
      task: { run: workload.prepare(backend, scratches[i]!) },
      loop: ceiling[workload.unit],
    }));
    const { group, name, unit, work } = workload;
    const subject = { section: "kernels", group, name, unit, work } as const;
    return rowsOf(subject, candidates, await contest(candidates, effort));
  } finally {
    for (const scratch of scratches) scratch.release();
  }
}
