/** Where a training step spends its time, on one thread: products and convolutions, other kernels, TypeScript. */
import type { Backend } from "../../../src/backend/backend.ts";
import { median } from "../../../src/math/statistics.ts";
import type { Task } from "../measure.ts";
import { ClockedBackend, KernelClock, type TimedCall } from "../profile/clock.ts";
import type { Build, Profile } from "../result.ts";

export interface Profiled {
  /** For the network: its kernels are clocked. */
  readonly backend: Backend;
  /** A task that does `step` and keeps the times of its kernels. */
  task(step: () => Promise<unknown>): Task;
  /** @param samples the steps that count, the last ones @param ceiling GFLOP/s */
  profile(network: string, build: Build, samples: number, ceiling: number): Profile;
  /** Nominal FLOP of `work`. */
  flopOf(work: () => Promise<unknown>): Promise<number>;
}

/** What the calls of one kernel took. */
interface KernelTime {
  readonly name: string;
  calls: number;
  milliseconds: number;
  /** Nominal FLOP of matrix products and convolutions; else 0. */
  flop: number;
}

/** @param backend on one thread */
export function profiled(backend: Backend): Profiled {
  const { heap } = backend;
  const clock = new KernelClock();
  const steps: { milliseconds: number; kernels: readonly KernelTime[] }[] = [];
  return {
    backend: new ClockedBackend(backend, clock),
    task: (step) => ({
      async: true,
      async run() {
        const began = performance.now();
        await step();
        steps.push({ milliseconds: performance.now() - began, kernels: byKernel(clock.take()) });
      },
    }),
    async flopOf(work) {
      clock.take();
      await work();
      return sum(clock.take().map(({ call }) => call.flop));
    },
    profile(network, build, samples, ceiling) {
      const counted = steps.slice(-samples);
      const last = counted.at(-1)!;
      const flop = sum(last.kernels.map((kernel) => kernel.flop));
      const milliseconds = median(counted.map((step) => timeOf(step.kernels.filter(isProduct))));
      const inKernels = median(counted.map((step) => timeOf(step.kernels) / step.milliseconds));
      const inProducts = median(
        counted.map((step) => timeOf(step.kernels.filter(isProduct)) / step.milliseconds),
      );
      const rate = flop / milliseconds / 1e6;
      return {
        network,
        variant: build.variant,
        step: median(counted.map((step) => step.milliseconds)),
        memoryBytes: heap.memoryBytes,
        products: { flop, milliseconds, rate, ceiling, ofCeiling: rate / ceiling },
        shares: {
          products: inProducts,
          otherKernels: inKernels - inProducts,
          typescript: 1 - inKernels,
        },
        kernels: last.kernels
          .map(({ name, calls }) => ({
            name,
            calls,
            milliseconds: median(
              counted.map((step) => timeOf(step.kernels.filter((kernel) => kernel.name === name))),
            ),
          }))
          .sort((a, b) => b.milliseconds - a.milliseconds),
      };
    },
  };
}

function byKernel(calls: readonly TimedCall[]): KernelTime[] {
  const times = new Map<string, KernelTime>();
  for (const { call, milliseconds } of calls) {
    const time = times.get(call.name) ?? { name: call.name, calls: 0, milliseconds: 0, flop: 0 };
    time.calls++;
    time.milliseconds += milliseconds;
    time.flop += call.flop;
    times.set(call.name, time);
  }
  return [...times.values()];
}

function isProduct({ flop }: KernelTime): boolean {
  return flop > 0;
}

function timeOf(kernels: readonly KernelTime[]): number {
  return sum(kernels.map(({ milliseconds }) => milliseconds));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
