/** Kernels that pass every call on to others: what comes in between extends this and overrides what it changes. */
import type { Kernel, Kernels, KernelValues } from "../kernels/kernel.ts";

export class PassedKernels implements Kernels {
  readonly #kernels: Kernels;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  run<Values extends KernelValues>(kernel: Kernel<Values>, values: Values): void {
    this.#kernels.run(kernel, values);
  }

  units<Values extends KernelValues>(kernel: Kernel<Values>, sizes: Partial<Values>): number {
    return this.#kernels.units(kernel, sizes);
  }

  workspaceBytes<Values extends KernelValues>(kernel: Kernel<Values>, values: Values): number {
    return this.#kernels.workspaceBytes(kernel, values);
  }

  repeat(work: () => void): void {
    this.#kernels.repeat(work);
  }

  interrupt(): void {
    this.#kernels.interrupt();
  }
}
