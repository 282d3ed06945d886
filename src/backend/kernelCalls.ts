/**
 * Calls kernels by the names of their parameters, `kernels.relu_f32({ y, x, n, alpha })`, where the module itself takes
 * numbers by position. Records are written to wasm memory; the work is split into one range per thread where the kernel says
 * that this is worth it; each range gets a workspace of its own. Nothing here depends on the name of a kernel: its signature
 * says what it takes.
 */
import type { KernelExports, Kernels } from "../kernels/abi.generated.ts";
import { fieldsOf, type KernelName, type KernelSignature, kernelSignatures } from "../kernels/signatures.ts";
import type { Arena } from "../memory/arena.ts";
import { alignment, type Heap } from "../memory/heap.ts";
import { RecordStore, type RecordValues } from "../memory/records.ts";
import { partition } from "../threads/partition.ts";
import type { Pool } from "../threads/pool.ts";
import type { KernelTrace } from "./kernelTrace.ts";

/** The arguments of a kernel by the names of its parameters: numbers, addresses and records. */
type Arguments = Readonly<Record<string, number | RecordValues | undefined>>;
/** Some of the arguments of a kernel, by the names of its parameters. */
type Some<Name extends KernelName> = Partial<Parameters<Kernels[Name]>[0]>;
/** A kernel as the module exports it. */
type Kernel = (...values: readonly number[]) => void;
/** What the module exports beside a kernel: `NAME_units` or `NAME_workspace_bytes`. */
type Question = (...values: readonly number[]) => number;

/** What `KernelCalls` works with. */
export interface CallParts {
  /** The exports of the module. */
  readonly exports: KernelExports;
  /** Where records are written. */
  readonly heap: Heap;
  /** Where workspaces are taken from. */
  readonly arena: Arena;
  /** The worker threads; undefined where there is one thread. */
  readonly pool?: Pool | undefined;
}

/** The kernels of one module, callable by the names of their parameters. */
export class KernelCalls {
  /** One function per kernel, which takes its arguments as an object. */
  readonly kernels: Kernels;
  readonly #exports: Readonly<Record<string, unknown>>;
  readonly #arena: Arena;
  readonly #records: RecordStore;
  readonly #pool: Pool | undefined;
  readonly #signatures: ReadonlyMap<string, KernelSignature>;
  #trace: KernelTrace | undefined;

  constructor({ exports, heap, arena, pool }: CallParts) {
    this.#exports = { ...exports };
    this.#arena = arena;
    this.#records = new RecordStore(heap);
    this.#pool = pool;
    this.#signatures = new Map(kernelSignatures().map((signature) => [signature.name, signature]));
    const named = kernelSignatures().map((signature): [KernelName, (given: Arguments) => void] => [
      signature.name,
      (given) => this.#call(signature, given),
    ]);
    this.kernels = Object.fromEntries(named) as Record<KernelName, (given: Arguments) => void>;
  }

  /** Runs `work` and adds the kernel calls that it makes to the trace. */
  record<T>(trace: KernelTrace, work: () => T): T {
    const outer = this.#trace;
    this.#trace = trace;
    try {
      return work();
    } finally {
      this.#trace = outer;
    }
  }

  /**
   * How many units of work a kernel has; 1 where it is too little to share.
   * @param given the arguments that NAME_units takes
   */
  units<Name extends KernelName>(name: Name, given: Some<Name> & Arguments): number {
    const signature = this.#signatures.get(name)!;
    return this.#ask(signature, "units", this.#values(signature, given));
  }

  /** Runs a kernel: on this thread, or one range per thread. */
  #call(signature: KernelSignature, given: Arguments): void {
    const { name, units, workspace } = signature;
    const values = this.#values(signature, given);
    const ranges = units ? partition(this.#ask(signature, "units", values), this.#pool?.threads ?? 1) : [[]];
    const calls = ranges.map((range) => [...values, ...range]);
    if (workspace < 0) {
      this.#run(name, calls);
      return;
    }
    const most = Math.max(
      ...ranges.map(([from = 0, to = 1]) => this.#ask(signature, "workspace_bytes", values, to - from)),
    );
    const each = Math.ceil(most / alignment) * alignment;
    this.#arena.scratch(each * calls.length, (offset) => {
      calls.forEach((call, i) => {
        call[workspace] = offset + i * each;
      });
      this.#run(name, calls);
    });
  }

  /** The arguments in the order of the parameters, without the range. The workspace is 0: `#call` sets it. */
  #values({ parameters }: KernelSignature, given: Arguments): number[] {
    return parameters.map(({ name, record }) => {
      const value = given[name] ?? 0;
      return typeof value === "number" ? value : this.#records.pointer(fieldsOf(record!), value);
    });
  }

  /** Calls `NAME_units` or `NAME_workspace_bytes` for these arguments. */
  #ask(
    { name, units = [] }: KernelSignature,
    question: "units" | "workspace_bytes",
    values: readonly number[],
    ...more: number[]
  ): number {
    const answer = this.#exports[`${name}_${question}`] as Question;
    return answer(...units.map((place) => values[place]!), ...more);
  }

  /** Calls the kernel once for each of the argument lists, and adds that to the trace, if there is one. */
  #run(name: KernelName, calls: readonly (readonly number[])[]): void {
    const [only] = calls as [readonly number[]];
    const run =
      calls.length === 1
        ? (this.#exports[name] as Kernel).bind(undefined, ...only) // see Pool.job
        : this.#pool!.job(name, calls);
    run();
    this.#trace?.add(run);
  }
}
