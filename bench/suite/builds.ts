/** Which builds of the kernels run here, on which numbers of threads; and the reasons of those that do not. */
import { type Backend, createBackend } from "../../src/backend/backend.ts";
import { AnygradError } from "../../src/errors.ts";
import type { KernelSource } from "../../src/kernels/sources.ts";
import { type Variant, variants } from "../../src/kernels/variants.ts";
import type { Absence, Build } from "./result.ts";

export interface Builds {
  readonly builds: readonly Build[];
  readonly absent: readonly Absence[];
}

/** A machine for one build, of the library's kernels or of those passed. @throws AnygradError UNSUPPORTED */
export function open({ variant, threads }: Build, kernels?: KernelSource): Promise<Backend> {
  return createBackend({ variant, precision: variant === "relaxed" ? "fast" : "strict", threads, kernels });
}

/**
 * Finds out which builds run here by trying them.
 * @param most threads
 * @param quick scalar on one thread only, the others on one and on all
 */
export async function findBuilds(most: number, quick: boolean): Promise<Builds> {
  const absent: Absence[] = [];
  const here: Variant[] = [];
  for (const variant of variants) {
    const reason = await refusal({ variant, threads: 1 });
    if (reason === undefined) here.push(variant);
    else absent.push({ variant, reason });
  }
  let counts = threadCounts(most, quick);
  if (most > 1 && !(await shares(most))) {
    counts = [1];
    absent.push({ reason: "this runtime shares no memory between threads, so there is one" });
  }
  const builds = here.flatMap((variant) =>
    (quick && variant === "scalar" ? [1] : counts).map((threads) => ({ variant, threads })),
  );
  return { builds, absent };
}

/** 1, 2, 4, … and `most`. */
export function threadCounts(most: number, quick: boolean): number[] {
  if (quick) return most > 1 ? [1, most] : [1];
  const counts: number[] = [];
  for (let threads = 1; threads < most; threads *= 2) counts.push(threads);
  return [...counts, most];
}

/** Why a build does not run. */
async function refusal(build: Build): Promise<string | undefined> {
  try {
    (await open(build)).dispose();
    return undefined;
  } catch (error) {
    if (!(error instanceof AnygradError) || error.code !== "UNSUPPORTED") throw error;
    return error.message.replace(/^createEngine: /, "").replace(/; pass variant.*$/, "");
  }
}

async function shares(threads: number): Promise<boolean> {
  const backend = await open({ variant: "scalar", threads });
  backend.dispose();
  return backend.info.threads === threads;
}
