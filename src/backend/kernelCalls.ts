/**
 * Calls kernels by the names of their parameters, `kernels.run(relu_f32, { y, x, n, alpha })`, where the module itself takes
 * numbers by position. Records are written to wasm memory; the work is split into one range per thread where the kernel says
 * that this is worth it; each range gets a workspace of its own. Nothing here depends on the name of a kernel: its signature
 * says what it takes.
 */
import type { KernelFunctions } from "../kernels/code.ts";
import type { FamilyHost } from "../kernels/families/family.ts";
import {
  type Kernel,
  type KernelSignature,
  type Kernels,
  type KernelValues,
  signatureOf,
} from "../kernels/kernel.ts";
import type { Arena } from "../memory/arena.ts";
import { align } from "../memory/freeBlocks.ts";
import type { Heap } from "../memory/heap.ts";
import { RecordStore } from "../memory/records.ts";
import { partition } from "../threads/partition.ts";
import type { Pool } from "../threads/pool.ts";
import type { KernelTrace } from "./kernelTrace.ts";

/** A kernel as the module exports it, or `NAME_units` or `NAME_workspace_bytes` behind it. */
type KernelFunction = KernelFunctions[number];

/** What `KernelCalls` works with. */
export interface CallParts extends FamilyHost {
  /** Where records are written. */
  readonly heap: Heap;
  /** Where workspaces are taken from. */
  readonly arena: Arena;
  /** The worker threads; undefined where there is one thread. */
  readonly pool?: Pool | undefined;
}

/** The kernels of one engine, callable by the names of their parameters. */
export class KernelCalls implements Kernels {
  readonly #parts: CallParts;
  readonly #arena: Arena;
  readonly #records: RecordStore;
  readonly #pool: Pool | undefined;
  readonly #known = new Map<Kernel<unknown>, KnownKernel>();
  #trace: KernelTrace | undefined;

  constructor(parts: CallParts) {
    const { heap, arena, pool } = parts;
    this.#parts = parts;
    this.#arena = arena;
    this.#records = new RecordStore(heap);
    this.#pool = pool;
  }

  /** Runs `work` and adds its kernel calls to the trace. */
  record<T>(trace: KernelTrace, work: () => T): T {
    const outer = this.#trace;
    this.#trace = trace;
    try {
      return work();
    } finally {
      this.#trace = outer;
    }
  }

  repeat(work: () => void): void {
    work();
    this.#trace?.add(work);
  }

  interrupt(): void {
    if (this.#trace) this.#trace.whole = false;
  }

  units<Values extends KernelValues>(kernel: Kernel<Values>, sizes: Partial<Values>): number {
    const known = this.#lookUp(kernel);
    return known.unitsOf!(...sizesOf(known, this.#values(known, sizes)));
  }

  workspaceBytes<Values extends KernelValues>(kernel: Kernel<Values>, given: Values): number {
    const known = this.#lookUp(kernel);
    // which writes the records of all calls that are asked about: those of a step come to lie before its memory, not behind
    const sizes = sizesOf(known, this.#values(known, given));
    if (!known.bytesOf) return 0;
    const units = known.unitsOf ? known.unitsOf(...sizes) : 1;
    const threads = units > 1 ? (this.#pool?.threads ?? 1) : 1;
    const calls = threads > 1 ? partition(units, threads).length : 1;
    return calls * align(known.bytesOf(...sizes, Math.ceil(units / calls)));
  }

  run<Values extends KernelValues>(kernel: Kernel<Values>, given: Values): void {
    const known = this.#lookUp(kernel);
    const { unitsOf, bytesOf, workspace } = known;
    const values = this.#values(known, given);
    const sizes = sizesOf(known, values);
    const units = unitsOf ? unitsOf(...sizes) : 1;
    const threads = units > 1 ? (this.#pool?.threads ?? 1) : 1;
    let calls = [values];
    if (threads > 1) calls = partition(units, threads).map((range) => values.concat(range));
    else if (unitsOf) values.push(0, units);
    if (!bytesOf) {
      this.#run(known, calls);
      return;
    }
    const bytes = bytesOf(...sizes, Math.ceil(units / calls.length));
    const each = align(bytes);
    this.#arena.scratch(each * calls.length, (offset) => {
      for (let i = 0; i < calls.length; i++) calls[i]![workspace] = offset + i * each;
      this.#run(known, calls);
    });
  }

  /** The arguments in their order, without a range; the workspace, and what is not given, is 0. */
  #values({ names, fields }: KnownKernel, given: Readonly<Record<string, unknown>>): number[] {
    const values: number[] = [];
    for (let i = 0; i < names.length; i++) {
      const value = (given as Partial<KernelValues>)[names[i]!] ?? 0;
      values.push(typeof value === "number" ? value : this.#records.pointer(fields, value));
    }
    return values;
  }

  #run({ kernel }: KnownKernel, calls: readonly number[][]): void {
    const [only] = calls as [number[]];
    if (!this.#trace) {
      if (calls.length === 1) kernel(...only);
      else this.#pool!.job(kernel, calls)();
      return;
    }
    // bound, not spread, for the garbage: see Pool.job
    const run = calls.length === 1 ? kernel.bind(undefined, ...only) : this.#pool!.job(kernel, calls);
    run();
    this.#trace.add(run);
  }

  /** Looks up what the calls of a kernel need, once. */
  #lookUp(kernel: Kernel<unknown>): KnownKernel {
    let known = this.#known.get(kernel);
    if (!known) {
      const signature = signatureOf(kernel);
      const { place, units, workspace } = signature;
      const exports = typeof kernel === "string" ? this.#parts.exports : kernel.family.exportsIn(this.#parts);
      const questions = units.length > 0 ? 1 : 0;
      known = {
        ...signature,
        kernel: exports[place]!,
        unitsOf: questions ? exports[place + 1] : undefined,
        bytesOf: workspace < 0 ? undefined : exports[place + questions + 1],
      };
      this.#known.set(kernel, known);
    }
    return known;
  }
}

/** A kernel with all that its calls need. */
interface KnownKernel extends KernelSignature {
  /** Its function. */
  readonly kernel: KernelFunction;
  /** NAME_units; undefined for a kernel without a range. */
  readonly unitsOf: KernelFunction | undefined;
  /** NAME_workspace_bytes; undefined for a kernel without a workspace. */
  readonly bytesOf: KernelFunction | undefined;
}

/** What the questions about a call's work take of its arguments. */
function sizesOf({ units }: KnownKernel, values: readonly number[]): number[] {
  const found: number[] = [];
  for (const place of units) found.push(values[place]!);
  return found;
}
