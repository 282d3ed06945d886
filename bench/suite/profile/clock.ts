/**
 * A backend that notes when its kernels run, how long, and on which threads. In genuine steps, with the caches as training leaves
 * them: kernels that are replayed by themselves find them warm. What reads the clock, 0.1 µs a call, counts as TypeScript.
 */
import { Backend, type BackendParts } from "../../../src/backend/backend.ts";
import { KernelTrace } from "../../../src/backend/kernelTrace.ts";
import { PassedKernels } from "../../../src/backend/passedKernels.ts";
import type { Kernel, Kernels, KernelValues } from "../../../src/kernels/kernel.ts";
import { type KernelWork, workOf } from "../kernels/work.ts";

/** What a call is for. */
export type Phase = "forward" | "backward" | "update";

/** A kernel call, as it was decided on. */
export interface Call extends KernelWork {
  phase: Phase;
  /** The op that made it, with the shape of its output. */
  op: string;
}

/** A call that has run. */
export interface TimedCall {
  readonly call: Call;
  /** Milliseconds, by `performance.now`. */
  readonly began: number;
  readonly milliseconds: number;
  /** Milliseconds that each thread was at it, the caller first. */
  readonly busy: readonly number[];
}

/** Times of kernels. */
export class KernelClock {
  /** Milliseconds that each thread has spent in kernels, written by the threads; of one thread there is none. */
  readonly busy: Float64Array;
  phase: Phase = "update";
  op = "";
  #calls: TimedCall[] = [];
  /** Calls of an op that is not done, so that nobody knows yet which it is. */
  #unnamed: Call[] = [];

  constructor(busy: Float64Array = new Float64Array(0)) {
    this.busy = busy;
  }

  /** The calls since the last time. */
  take(): TimedCall[] {
    this.#unnamed = [];
    return this.#calls.splice(0);
  }

  call(work: KernelWork): Call {
    const call = { ...work, phase: this.phase, op: this.op };
    if (call.op === "") this.#unnamed.push(call);
    return call;
  }

  /** An op is done: the calls since the one before it were its. */
  name(op: string): void {
    for (const call of this.#unnamed.splice(0)) call.op = op;
  }

  time(call: Call, run: () => void): void {
    const before = this.busy.slice();
    const began = performance.now();
    run();
    const milliseconds = performance.now() - began;
    const busy = before.length > 0 ? Array.from(before, (time, i) => this.busy[i]! - time) : [milliseconds];
    this.#calls.push({ call, began, milliseconds, busy });
  }
}

/** A backend whose kernel calls are timed. */
export class ClockedBackend extends Backend {
  readonly #clock: KernelClock;
  readonly #kernels: ClockedKernels;

  constructor(parts: BackendParts, clock: KernelClock) {
    super(parts);
    this.#clock = clock;
    this.#kernels = new ClockedKernels(super.kernels, clock);
  }

  override get kernels(): Kernels {
    return this.#kernels;
  }

  override record<T>(trace: KernelTrace, work: () => T): T {
    const clocked = new ClockedTrace(trace, this.#kernels, this.#clock);
    this.#clock.phase = "forward";
    try {
      return super.record(clocked, work);
    } finally {
      trace.whole = clocked.whole;
      this.#clock.phase = "update";
    }
  }
}

class ClockedKernels extends PassedKernels {
  /** The call that is being made. */
  current: Call | undefined;
  readonly #clock: KernelClock;

  constructor(kernels: Kernels, clock: KernelClock) {
    super(kernels);
    this.#clock = clock;
  }

  override run<Values extends KernelValues>(kernel: Kernel<Values>, values: Values): void {
    this.current = this.#clock.call(workOf(kernel, values, () => this.units(kernel, values)));
    this.#clock.time(this.current, () => super.run(kernel, values));
    this.current = undefined;
  }
}

/** Passes the calls of a step on to the trace that replays them, with a clock around each. */
class ClockedTrace extends KernelTrace {
  readonly #trace: KernelTrace;
  readonly #kernels: ClockedKernels;
  readonly #clock: KernelClock;

  constructor(trace: KernelTrace, kernels: ClockedKernels, clock: KernelClock) {
    super();
    this.#trace = trace;
    this.#kernels = kernels;
    this.#clock = clock;
  }

  override add(run: () => void): void {
    const call = this.#kernels.current;
    const clock = this.#clock;
    this.#trace.add(call ? () => clock.time(call, run) : run);
  }
}
