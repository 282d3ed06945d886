/**
 * The kernels of a batch that is computed in parts: random numbers are those of the examples' places in the whole batch, and what an op
 * sums over its examples is summed over the parts.
 */
import { PassedKernels } from "../../backend/passedKernels.ts";
import { AnygradError } from "../../errors.ts";
import type { Kernel, KernelValues } from "../../kernels/kernel.ts";
import type { TensorAllocator } from "../../tensor/tensor.ts";
import type { OpSums } from "./opSums.ts";
import type { Part } from "./part.ts";
import { rangeOf } from "./range.ts";
import { copyFloats } from "./rowSum.ts";

/** The arguments of a kernel that draws numbers of a step. */
interface Drawing {
  readonly [name: string]: number;
  readonly out: number;
  readonly n: number;
}

/** Numbers of a unit of the kernels that draw: assembly/philox.ts. */
const drawn = 16;

/** Kernels for one part after the other. */
export class PartKernels extends PassedKernels {
  readonly #allocator: TensorAllocator;
  /** The part that is computed. */
  part: Part = { first: 0, rows: 1, all: 1 };
  /** The sums of the op whose backward pass runs, where it has some. */
  sums: OpSums | undefined;

  constructor(allocator: TensorAllocator) {
    super(allocator.kernels);
    this.#allocator = allocator;
  }

  override run<Values extends KernelValues>(kernel: Kernel<Values>, values: Values): void {
    if ("stream" in values) this.#draw(kernel as unknown as Kernel<Drawing>, values as unknown as Drawing);
    else if (!this.#take(kernel as Kernel<unknown>, values)) super.run(kernel, values);
  }

  /** Whether the op's sums take a call. The calls that they make themselves are their own. */
  #take(kernel: Kernel<unknown>, values: KernelValues): boolean {
    const { sums } = this;
    this.sums = undefined;
    try {
      return sums?.takes(kernel, values, this.part) ?? false;
    } finally {
      this.sums = sums;
    }
  }

  /** Draws what the examples of the part would have got in the whole batch. @throws AnygradError UNSUPPORTED */
  #draw(kernel: Kernel<Drawing>, values: Drawing): void {
    const { first, rows, all } = this.part;
    const { out, x, n } = values;
    if (rows === all) {
      super.run(kernel, values);
      return;
    }
    if (!("step" in values) || n % rows !== 0)
      throw new AnygradError(
        "UNSUPPORTED",
        "fit: microBatch: a layer draws random numbers that do not go by examples; leave microBatch out",
      );
    const begin = first * (n / rows);
    const lead = begin % drawn;
    const range = { n: begin + n, from: (begin - lead) / drawn, to: Math.ceil((begin + n) / drawn), room: 0 };
    const draw = (to: number, of: number | undefined): void =>
      super.run(rangeOf(kernel), {
        ...values,
        ...range,
        out: to - 4 * begin,
        ...(of !== undefined && { x: of - 4 * begin }),
      });
    if (lead === 0) {
      draw(out, x);
      return;
    }
    // a range begins with a whole unit, whose first numbers belong to the examples before
    this.#allocator.scratch(4 * (lead + n), (offset) => {
      const here = offset + 4 * lead;
      if (x !== undefined) copyFloats(this.#allocator, here, x, n);
      draw(here, x === undefined ? undefined : here);
      copyFloats(this.#allocator, out, here, n);
    });
  }
}
