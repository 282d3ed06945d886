/**
 * Kernel calls in their order, to be made again without the TypeScript that decided on them: the same kernels with the
 * same addresses and sizes. What JavaScript itself read or wrote between them is not in it.
 */
import type { Kernels } from "../kernels/abi.generated.ts";
import type { Sharing } from "../threads/slices.ts";

export class KernelTrace {
  readonly #calls: (() => void)[] = [];

  /** The same kernels; those that compute are remembered, those that only answer a number are not. */
  kernels(kernels: Kernels): Kernels {
    const heard = Object.entries(kernels).map(([name, kernel]) => {
      if (typeof kernel !== "function") return [name, kernel];
      const listening = (...values: number[]): unknown => {
        const answer: unknown = kernel(...values);
        if (answer === undefined) this.#calls.push(() => kernel(...values));
        return answer;
      };
      return [name, listening];
    });
    return Object.fromEntries(heard) as Kernels;
  }

  /** The same pool; its jobs are remembered as they were cut. */
  sharing(pool: Sharing): Sharing {
    return {
      threads: pool.threads,
      run: (name, slices) => {
        pool.run(name, slices);
        this.#calls.push(() => pool.run(name, slices));
      },
    };
  }

  replay(): void {
    for (const call of this.#calls) call();
  }
}
