/**
 * The ceiling: what the threads of this machine do at most, all at once, in this build. Two loops of multiply-adds, of
 * which the faster counts, and a copy (assembly/ceiling.ts). It is measured again in turns with every task: clocks of
 * shared machines drift by more than what there is to see.
 */

import type { Backend } from "../../../src/backend/backend.ts";
import type { Variant } from "../../../src/kernels/variants.ts";
import { type Effort, measure } from "../measure.ts";
import type { Build, CeilingRow, Unit } from "../result.ts";
import { ceiling_copy_f32, ceiling_madd_f32, ceiling_tile_f32, modules } from "./ceiling.generated.ts";
import { BenchmarkScratch } from "./scratch.ts";

/** A loop, and the work of one run: FLOP or bytes. */
export interface CeilingLoop {
  run(): void;
  readonly work: number;
}

export type Ceiling = Readonly<Record<Unit, CeilingLoop>>;

/** About half a millisecond of simd on one core. */
const steps = 20_000;
/** What workers take to start, on a loaded machine. */
const startMilliseconds = 200;
/** As many as the largest activations of the networks: 64 images of 28×28×32. */
const copied = 64 * 28 * 28 * 32;

/** The module of the loops, which takes the place of the library's kernels in a backend. */
export function ceilingKernels(variant: Variant): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(modules[variant]), (character) => character.charCodeAt(0));
}

/** Finds the ceiling of a machine. @param backend over `ceilingKernels` */
export async function findCeiling(
  backend: Backend,
  { variant, threads }: Build,
  effort: Effort,
): Promise<{ ceiling: Ceiling; row: CeilingRow }> {
  const scratch = new BenchmarkScratch(backend); // never given back: the loops run as long as the machine is there
  const lanes = variant === "scalar" ? 1 : 4;
  const { kernels } = backend;
  const chainsOf = { out: scratch.bytes(192 * threads), copies: threads, steps };
  const tileOf = {
    out: scratch.bytes(128 * threads),
    operands: operands(backend, scratch),
    copies: threads,
    steps,
  };
  const share = Math.floor(copied / threads);
  const copyOf = { out: scratch.bytes(4 * copied), x: scratch.floats(copied), n: share, copies: threads };
  const chains: CeilingLoop = {
    run: () => kernels.run(ceiling_madd_f32, chainsOf),
    work: threads * steps * 20 * lanes,
  };
  const tile: CeilingLoop = {
    run: () => kernels.run(ceiling_tile_f32, tileOf),
    work: threads * steps * 32 * lanes,
  };
  const copy: CeilingLoop = { run: () => kernels.run(ceiling_copy_f32, copyOf), work: 8 * share * threads };
  const loops = [chains, tile, copy];
  if (threads > 1) {
    chains.run(); // the first job starts the workers
    await new Promise((done) => setTimeout(done, startMilliseconds));
  }
  const times = await measure(loops, effort);
  const [ofChains, ofTile, ofCopy] = times.map(({ median }, i) => loops[i]!.work / median / 1e6) as [
    number,
    number,
    number,
  ];
  return {
    ceiling: { "GFLOP/s": ofChains > ofTile ? chains : tile, "GB/s": copy },
    row: { variant, threads, chains: ofChains, tile: ofTile, copy: ofCopy },
  };
}

/** [2, 12]: two vectors and four factors, twice; the second factors undo the first, so that sums stay small. */
function operands(backend: Backend, scratch: BenchmarkScratch): number {
  const offset = scratch.bytes(96);
  const values = Array.from({ length: 12 }, (_, i) => 0.5 + i / 16);
  backend.heap.f32.set([...values, ...values.map((value, i) => (i < 8 ? value : -value))], offset / 4);
  return offset;
}
