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
  readonly #arena: Arena;
  readonly #records: RecordStore;
  readonly #pool: Pool | undefined;
  readonly #bound: ReadonlyMap<string, BoundKernel>;
  #trace: KernelTrace | undefined;

  constructor({ exports, heap, arena, pool }: CallParts) {
    this.#arena = arena;
    this.#records = new RecordStore(heap);
    this.#pool = pool;
    const bound = kernelSignatures().map((signature) => bind(signature, { ...exports }));
    this.#bound = new Map(bound.map((kernel) => [kernel.name, kernel]));
    const named = bound.map((kernel): [KernelName, (given: Arguments) => void] => [
      kernel.name,
      (given) => this.#call(kernel, given),
    ]);
    this.kernels = Object.fromEntries(named) as Record<KernelName, (given: Arguments) => void>;
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

  /** How many units of work a kernel has; 1 where it is too little to share. @param given what NAME_units takes */
  units<Name extends KernelName>(name: Name, given: Some<Name> & Arguments): number {
    const kernel = this.#bound.get(name)!;
    return kernel.unitsOf!(...sizesOf(kernel, this.#values(kernel, given)));
  }

  #call(kernel: BoundKernel, given: Arguments): void {
    const { unitsOf, bytesOf, workspace } = kernel;
    const values = this.#values(kernel, given);
    const sizes = sizesOf(kernel, values);
    const units = unitsOf ? unitsOf(...sizes) : 1;
    const threads = units > 1 ? (this.#pool?.threads ?? 1) : 1;
    let calls = [values];
    if (threads > 1) calls = partition(units, threads).map((range) => [...values, ...range]);
    else if (unitsOf) values.push(0, units);
    if (!bytesOf) {
      this.#run(kernel, calls);
      return;
    }
    const bytes = bytesOf(...sizes, Math.ceil(units / calls.length));
    const each = Math.ceil(bytes / alignment) * alignment;
    this.#arena.scratch(each * calls.length, (offset) => {
      for (let i = 0; i < calls.length; i++) calls[i]![workspace] = offset + i * each;
      this.#run(kernel, calls);
    });
  }

  /** The arguments in their order, without a range; the workspace is 0 as yet. */
  #values({ names, records }: BoundKernel, given: Arguments): number[] {
    const values: number[] = [];
    for (let i = 0; i < names.length; i++) {
      const value = given[names[i]!] ?? 0;
      values.push(typeof value === "number" ? value : this.#records.pointer(records[i]!, value));
    }
    return values;
  }

  #run({ name, kernel }: BoundKernel, calls: readonly number[][]): void {
    const [only] = calls as [number[]];
    if (!this.#trace) {
      if (calls.length === 1) kernel(...only);
      else this.#pool!.job(name, calls)();
      return;
    }
    // bound once: see Pool.job
    const run = calls.length === 1 ? kernel.bind(undefined, ...only) : this.#pool!.job(name, calls);
    run();
    this.#trace.add(run);
  }
}

/** A kernel with all that its calls need, looked up once. */
interface BoundKernel {
  readonly name: KernelName;
  readonly kernel: Kernel;
  /** Its parameters in their order, without the range. */
  readonly names: readonly string[];
  /** The fields of the record that a parameter points to; undefined for numbers and addresses. */
  readonly records: readonly (readonly string[] | undefined)[];
  /** NAME_units; undefined for a kernel without a range. */
  readonly unitsOf: Question | undefined;
  /** NAME_workspace_bytes; undefined for a kernel without a workspace. */
  readonly bytesOf: Question | undefined;
  /** Places of the parameters that both take. */
  readonly sizes: readonly number[];
  /** Place of the workspace, -1 where there is none. */
  readonly workspace: number;
}

function bind(
  { name, parameters, units = [], workspace }: KernelSignature,
  exports: Readonly<Record<string, unknown>>,
): BoundKernel {
  return {
    name,
    kernel: exports[name] as Kernel,
    names: parameters.map((parameter) => parameter.name),
    records: parameters.map(({ record }) => record && fieldsOf(record)),
    unitsOf: exports[`${name}_units`] as Question | undefined,
    bytesOf: exports[`${name}_workspace_bytes`] as Question | undefined,
    sizes: units,
    workspace,
  };
}

/** What the questions about a call's work take of its arguments. */
function sizesOf({ sizes }: BoundKernel, values: readonly number[]): number[] {
  const found: number[] = [];
  for (const place of sizes) found.push(values[place]!);
  return found;
}
