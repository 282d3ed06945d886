/**
 * Kernel calls in their order, to be made again without the TypeScript that decided on them: the same kernels with the
 * same addresses and sizes, cut as they were. What JavaScript itself read or wrote between them is not in it.
 */
export class KernelTrace {
  readonly #calls: (() => void)[] = [];

  add(call: () => void): void {
    this.#calls.push(call);
  }

  replay(): void {
    for (const call of this.#calls) call();
  }
}
