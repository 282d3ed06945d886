/** Where a training step spends its time, on one thread: products and convolutions, other kernels, TypeScript. */
import { Backend } from "../../../src/backend/backend.ts";
import { median } from "../../../src/math/statistics.ts";
import type { Task } from "../measure.ts";
import type { Build, Profile } from "../result.ts";
import { type Clock, clockOf, type KernelTime } from "./clock.ts";

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

/** @param backend on one thread */
export function profiled({ exports, heap, variant, precision, families }: Backend): Profiled {
  const clock: Clock = clockOf(exports, heap);
  const steps: { milliseconds: number; kernels: readonly KernelTime[] }[] = [];
  return {
    backend: new Backend({ exports: clock.exports, heap, variant, precision, families }),
    task: (step) => ({
      async: true,
      async run() {
        const began = performance.now();
        await step();
        steps.push({ milliseconds: performance.now() - began, kernels: clock.take() });
      },
    }),
    async flopOf(work) {
      clock.take();
      await work();
      return sum(clock.take().map(({ flop }) => flop));
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

function isProduct({ flop }: KernelTime): boolean {
  return flop > 0;
}

function timeOf(kernels: readonly KernelTime[]): number {
  return sum(kernels.map(({ milliseconds }) => milliseconds));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
