/**
 * Kernels that note their time: how much of a step is spent in wasm, and in which kernels. The rest of the step is
 * TypeScript. Taken around the calls of genuine steps, with the caches as training leaves them; kernels that are
 * replayed by themselves find them warm. Reading the clock costs 0.1 µs a kernel, which counts as TypeScript: its share
 * is an upper bound.
 */
import type { Kernels } from "../../../src/kernels/abi.generated.ts";
import { flopRule } from "../kernels/flop.ts";

/** What the calls of one kernel took. */
export interface KernelTime {
  readonly name: string;
  calls: number;
  milliseconds: number;
  /** Nominal FLOP of matrix products and convolutions; else 0. */
  flop: number;
}

export interface Clock {
  readonly kernels: Kernels;
  /** The kernels called since the last time. */
  take(): KernelTime[];
}

/** Kernels that answer sizes and compute nothing. */
const questions = /_bytes$|^heap_base$|^build_variant$/;

export function clockOf(kernels: Kernels): Clock {
  const times: KernelTime[] = [];
  const clocked: Kernels = { ...kernels };
  for (const [name, kernel] of Object.entries(kernels) as [string, unknown][])
    if (typeof kernel === "function" && !questions.test(name)) {
      const time: KernelTime = { name, calls: 0, milliseconds: 0, flop: 0 };
      const rule = flopRule(name);
      times.push(time);
      Object.assign(clocked, {
        [name]: (...values: number[]): void => {
          const began = performance.now();
          kernel(...values);
          time.milliseconds += performance.now() - began;
          time.calls++;
          if (rule) time.flop += rule(values);
        },
      });
    }
  return {
    kernels: clocked,
    take() {
      const taken = times.filter(({ calls }) => calls > 0).map((time) => ({ ...time }));
      for (const time of times) Object.assign(time, { calls: 0, milliseconds: 0, flop: 0 });
      return taken;
    },
  };
}
