/**
 * A sum over the examples of a batch whose rows come a few at a time, with the bits of the kernel that gets them all. Kernels sum rows by
 * blocks, each from zero, and add the blocks in their order: rows wait here until they fill a block.
 */
import { add_scaled_f32, copy_strided_f32, sum_f32 } from "../../kernels/abi.generated.ts";
import { stridedShape } from "../../tensor/broadcast.ts";
import type { Tensor, TensorAllocator } from "../../tensor/tensor.ts";

/** How a kernel sums rows. */
export interface SumRule {
  /** Rows of the whole batch. */
  readonly total: number;
  /** Rows of a block, of which the last may have fewer. */
  readonly block: number;
  /** Floats of a row, for each operand. */
  readonly widths: readonly number[];
  /** The sums of the blocks are kept and added by one kernel at the end, as convolutions do. Default: each is added to those before. */
  readonly apart?: boolean;
  /**
   * Writes the sum of a block.
   * @param out its address
   * @param at addresses of the operands' rows
   * @param index which block it is
   */
  sum(out: number, at: readonly number[], rows: number, index: number): void;
}

/** Memory that lasts to the end of the step, whatever tapes free before. */
export function lasting(allocator: TensorAllocator, shape: readonly number[]): Tensor {
  const tensor = allocator.allocate(shape);
  allocator.made.pop();
  return tensor;
}

/** Copies so many floats from one address to another. */
export function copyFloats({ kernels }: TensorAllocator, out: number, x: number, n: number): void {
  kernels.run(copy_strided_f32, { out, x, ...stridedShape([1, 1, 1, n], [0, 0, 0, 1]) });
}

/** One sum. */
export class RowSum {
  readonly #rule: SumRule;
  readonly #into: Tensor;
  readonly #blocks: number;
  #waiting: readonly Tensor[] | undefined;
  #apart: Tensor | undefined;
  #filled = 0;
  #done = 0;

  /** @param into where the sum is, once all rows have come */
  constructor(rule: SumRule, into: Tensor) {
    this.#rule = rule;
    this.#into = into;
    this.#blocks = Math.ceil(rule.total / rule.block);
  }

  /** Takes the next rows. @param at their addresses, one for each operand */
  add(at: readonly number[], rows: number): void {
    const { total, block, widths } = this.#rule;
    for (let from = 0; from < rows; ) {
      const size = Math.min(block, total - this.#done);
      const count = Math.min(rows - from, size - this.#filled);
      const here = at.map((address, i) => address + 4 * from * widths[i]!);
      from += count;
      if (count === size) this.#block(here, size);
      else {
        this.#wait(here, count);
        if (this.#filled === size) {
          this.#block(
            this.#waiting!.map(({ pointer }) => pointer),
            size,
          );
          this.#filled = 0;
        }
      }
    }
    if (this.#done === total) this.#end();
  }

  #wait(at: readonly number[], rows: number): void {
    const { allocator } = this.#into;
    const { total, block, widths } = this.#rule;
    this.#waiting ??= widths.map((width) => lasting(allocator, [Math.min(block, total) * width]));
    this.#waiting.forEach(({ pointer }, i) => {
      const width = widths[i]!;
      copyFloats(allocator, pointer + 4 * this.#filled * width, at[i]!, rows * width);
    });
    this.#filled += rows;
  }

  #block(at: readonly number[], rows: number): void {
    const { allocator, pointer, size: n } = this.#into;
    const { block, apart } = this.#rule;
    const index = this.#done / block;
    this.#done += rows;
    if (apart && this.#blocks > 1) {
      this.#apart ??= lasting(allocator, [this.#blocks, n]);
      this.#rule.sum(this.#apart.pointer + 4 * index * n, at, rows, index);
    } else if (index === 0) this.#rule.sum(pointer, at, rows, index);
    else
      allocator.scratch(4 * n, (x) => {
        this.#rule.sum(x, at, rows, index);
        allocator.kernels.run(add_scaled_f32, { sum: pointer, x, n, scale: 1 });
      });
  }

  #end(): void {
    const { allocator, pointer: out, size: inner } = this.#into;
    const apart = this.#apart;
    if (apart)
      allocator.kernels.run(sum_f32, { out, x: apart.pointer, outer: 1, reduce: this.#blocks, inner });
    for (const { storage } of [...(this.#waiting ?? []), ...(apart ? [apart] : [])]) allocator.drop(storage);
  }
}
