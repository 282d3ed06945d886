/** Replays the kernel calls of a step. */

/**
 * Kernel calls in the order in which they were made. They can be replayed without the TypeScript that decided on them: with
 * the same addresses and sizes, split over threads in the same way. What JavaScript itself read or wrote in between would not
 * be made again: such a trace is not whole.
 */
export class KernelTrace {
  /** Whether the calls are all that has happened: false where JavaScript has read or written numbers in between. */
  whole = true;
  readonly #calls: (() => void)[] = [];

  /** Adds a call at the end. */
  add(call: () => void): void {
    this.#calls.push(call);
  }

  /** Makes all calls again, in their order. */
  replay(): void {
    for (const call of this.#calls) call();
  }
}
