/**
 * Kernels that note their time: how much of a step is spent in wasm, and in which kernels. The rest of the step is
 * TypeScript. Taken around the calls of genuine steps, with the caches as training leaves them; kernels that are
 * replayed by themselves find them warm. Reading the clock costs 0.1 µs a kernel, which counts as TypeScript: its share
 * is an upper bound.
 */
import type { Backend } from "../../../src/backend/backend.ts";
import { kernelNames, kernels } from "../../../src/kernels/abi.generated.ts";
import type { KernelFunctions } from "../../../src/kernels/code.ts";
import { type KernelSignature, signatureOf } from "../../../src/kernels/kernel.ts";
import { flopOf, type SizedArguments } from "../kernels/flop.ts";

/** What the calls of one kernel took. */
export interface KernelTime {
  readonly name: string;
  calls: number;
  milliseconds: number;
  /** Nominal FLOP of matrix products and convolutions; else 0. */
  flop: number;
}

export interface Clock {
  readonly exports: KernelFunctions;
  /** The kernels called since the last time. */
  take(): KernelTime[];
}

export function clockOf(exports: KernelFunctions, heap: Backend["heap"]): Clock {
  const times: KernelTime[] = [];
  const clocked = [...exports];
  for (const [i, constant] of kernels.entries()) {
    const signature = signatureOf(constant);
    const name = kernelNames[i]!;
    const kernel = exports[signature.place]!;
    const time: KernelTime = { name, calls: 0, milliseconds: 0, flop: 0 };
    const flop = flopOf(name);
    times.push(time);
    clocked[signature.place] = (...values) => {
      const began = performance.now();
      const result = kernel(...values);
      time.milliseconds += performance.now() - began;
      time.calls++;
      if (flop) time.flop += flop(named(signature, values, heap.i32));
      return result;
    };
  }
  return {
    exports: clocked,
    take() {
      const taken = times.filter(({ calls }) => calls > 0).map((time) => ({ ...time }));
      for (const time of times) Object.assign(time, { calls: 0, milliseconds: 0, flop: 0 });
      return taken;
    },
  };
}

/** The arguments of a call by name, records read from memory. */
function named(
  { names, fields }: KernelSignature,
  values: readonly number[],
  i32: Int32Array,
): SizedArguments {
  return Object.fromEntries(
    names.map((name, place) => {
      const value = values[place]!;
      if (name !== "geometry") return [name, value];
      return [name, Object.fromEntries(fields.map((field, i) => [field, i32[value / 4 + i]!]))];
    }),
  );
}
