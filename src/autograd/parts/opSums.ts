/**
 * What an op sums over its examples, gradients of weights mostly, of a batch that comes in parts. The op's own backward pass runs for each
 * part; the kernel calls that would write such a sum are taken from it here, and their rows wait until a kernel can sum them as in the
 * whole batch. A kernel that is not known here is refused: no sum has other bits.
 */
import { AnygradError } from "../../errors.ts";
import {
  type Conv2dGeometry,
  copy_strided_f32,
  fill_f32,
  gemm_tn_f32,
  sum_f32,
} from "../../kernels/abi.generated.ts";
import type { Kernel, Kernels } from "../../kernels/kernel.ts";
import { type GradientSink, type RecordedOp, Tensor, type TensorAllocator } from "../../tensor/tensor.ts";
import type { Part } from "./part.ts";
import { rangeOf } from "./range.ts";
import { copyFloats, lasting, RowSum, type SumRule } from "./rowSum.ts";

/** Rows and numbers of the blocks in which products and sums go: assembly/gemm/blocking.ts, assembly/reduction/sums.ts. */
const blockOfRows = 256;
const blockOfNumbers = 4096;

/** Addresses from here on stand for sums: no memory is as large. */
const firstMark = 2 ** 40;

/** Where an op writes a sum, as it thinks: no address of memory, so that no kernel writes there unseen. */
class Mark extends Tensor {
  readonly mark: number;

  constructor(sum: Tensor, i: number) {
    super(sum.allocator, sum.storage, 0, sum.shape, sum.dtype);
    this.mark = firstMark * (i + 1);
  }

  override get pointer(): number {
    return this.mark;
  }
}

type Values = Readonly<Record<string, unknown>>;
type Call = Readonly<Record<string, number>>;
type ConvolutionKernel = Kernel<{ partials: number; x: number; dy: number; geometry: Conv2dGeometry }>;

/** Images of a group of a convolution's kernel gradient: assembly/conv/units.ts, whose kernels are not at hand where one runs as a product. */
function groupImages(n: number, kernelSize: number): number {
  return Math.ceil(n / Math.max(1, Math.min(8, Math.floor(n / 16), Math.floor(2 ** 21 / kernelSize))));
}

/** The sums of one op. */
export class OpSums {
  readonly #name: string;
  readonly #allocator: TensorAllocator;
  readonly #kernels: Kernels;
  /** The shape of a convolution in this part. */
  readonly #geometry: Conv2dGeometry | undefined;
  readonly #sums = new Map<number, RowSum>();
  readonly #results = new Map<number, Tensor>();
  /** The last sum over one axis of all that came before it, which a copy may make a result. */
  #reduced: Call | undefined;
  /** Kernel gradients of groups of images wait to be added up. */
  #isGrouped = false;
  /** How many examples kernels sum in a block: parts of whole blocks need not wait for others. */
  readonly blocks: Set<number> = new Set<number>();

  /** @param kernels that compute */
  constructor({ name, output, saved }: RecordedOp, kernels: Kernels) {
    this.#name = name;
    this.#allocator = output.allocator;
    this.#kernels = kernels;
    const { kh, n } = Object(saved) as Partial<Conv2dGeometry>;
    this.#geometry = kh !== undefined && n !== undefined ? (saved as Conv2dGeometry) : undefined;
  }

  /**
   * The sink of the op's backward pass: it writes the gradients of these inputs where their rows are taken from it.
   * @param reduced which inputs @param into where the gradient of an input will be. Default: new memory @param isLast hands the sums on
   */
  sink(
    sink: GradientSink,
    { inputs }: RecordedOp,
    reduced: ReadonlySet<number>,
    into: (input: Tensor) => Tensor | undefined,
    { rows, all }: Part,
    isLast: boolean,
  ): GradientSink {
    const gradient = (i: number): Tensor | undefined => {
      const input = inputs[i]!;
      const result = this.#results.get(i) ?? into(input) ?? lasting(this.#allocator, input.shape);
      this.#results.set(i, result);
      if (isLast) sink.pass(i, result);
      return new Mark(result, i);
    };
    return {
      dy: sink.dy,
      owned: sink.owned,
      gradient: (i) => (reduced.has(i) ? gradient(i) : sink.gradient(i)),
      overwrite: (i) => (reduced.has(i) ? gradient(i) : sink.overwrite(i)),
      pass: (i, given) => {
        if (!reduced.has(i)) sink.pass(i, given);
        else this.#addRows((gradient(i) as Mark).mark, given.pointer, { rows, all, first: 0 }, rows);
      },
    };
  }

  /** Whether a call writes a sum; its rows are taken then. @throws AnygradError UNSUPPORTED for a kernel whose sums cannot be cut */
  takes(kernel: Kernel<unknown>, values: Values, part: Part): boolean {
    const call = values as Call;
    if ("partials" in values && "geometry" in values) {
      const { partials, x, dy } = call;
      this.#isGrouped = partials! < firstMark;
      this.#convolve(kernel as ConvolutionKernel, this.#isGrouped ? 2 * firstMark : partials!, x!, dy!, part);
      return true;
    }
    if (kernel === sum_f32 && call.outer === 1) {
      const { out, x, reduce, inner } = call;
      if (out! < firstMark) this.#reduced = call;
      else if (this.#isGrouped) this.#isGrouped = false;
      else if (inner !== this.#result(out!).size) this.#refuse();
      else this.#addRows(out!, x!, part, reduce!);
      return out! >= firstMark;
    }
    const mark = Object.values(values).find((value) => typeof value === "number" && value >= firstMark);
    if (mark === undefined) return false;
    if (kernel === gemm_tn_f32) this.#multiply(call, part);
    else if (kernel === copy_strided_f32) this.#copy(call, part);
    else if ("dtable" in values) this.#embed(kernel, call, part);
    else if ("dgamma" in values && "statistics" in values) this.#normalize(kernel, call, part);
    else if ("dkernel" in values && "geometry" in values) this.#convolveEach(kernel, values, part);
    else this.#refuse();
    return true;
  }

  /** What a mark stands for. */
  #result(mark: number): Tensor {
    return this.#results.get(mark / firstMark - 1)!;
  }

  #add(mark: number, at: readonly number[], rows: number, part: Part, rule: () => SumRule): void {
    const i = mark / firstMark - 1;
    let sum = this.#sums.get(i);
    if (!sum) {
      const own = rule();
      sum = new RowSum(own, this.#results.get(i)!);
      this.#sums.set(i, sum);
      this.blocks.add((own.block / rows) * part.rows);
    }
    sum.add(at, rows);
  }

  /** Adds up rows as wide as the result. */
  #addRows(mark: number, x: number, part: Part, reduce: number): void {
    const { rows, all } = part;
    this.#add(mark, [x], reduce, part, () => {
      const inner = this.#result(mark).size;
      return {
        total: (reduce / rows) * all,
        block: inner === 1 ? blockOfNumbers : blockOfRows,
        widths: [inner],
        sum: (out, [from], count) =>
          this.#kernels.run(sum_f32, { out, x: from!, outer: 1, reduce: count, inner }),
      };
    });
  }

  /** What broadcasting has repeated is summed axis by axis, examples last, and copied. One example is not summed. */
  #copy({ out, x }: Call, part: Part): void {
    const reduced = this.#reduced;
    this.#reduced = undefined;
    if (part.rows > 1 && reduced?.reduce !== part.rows) this.#refuse();
    this.#addRows(out!, part.rows > 1 ? reduced!.x! : x!, part, part.rows);
  }

  /** A product goes by blocks of rows; that of a convolution whose windows are pixels by groups of images, as other convolutions do. */
  #multiply({ c, a, b, m, n, k }: Call, part: Part): void {
    const { rows, all } = part;
    const convolves = this.#geometry !== undefined;
    this.#add(c!, [a!, b!], k!, part, () => ({
      total: (k! / rows) * all,
      block: convolves ? groupImages(all, m! * n!) * (k! / rows) : blockOfRows,
      widths: [m!, n!],
      apart: convolves,
      sum: (out, [left, right], depth) =>
        this.#kernels.run(gemm_tn_f32, {
          c: out,
          a: left!,
          b: right!,
          bias: 0,
          m: m!,
          n: n!,
          k: depth,
          lda: m!,
          ldb: n!,
          ldc: n!,
          activation: 0,
        }),
    }));
  }

  /** The gradient of a convolution's kernel goes by groups of images, as many as the kernel says of the whole batch. */
  #convolve(kernel: ConvolutionKernel, mark: number, x: number, dy: number, part: Part): void {
    const { rows, all } = part;
    this.#add(mark, [x, dy], rows, part, () => {
      const whole: Conv2dGeometry = { ...this.#geometry!, n: all };
      const { h, w, c, oh, ow, o } = whole;
      const groups = this.#kernels.units(kernel, { geometry: whole });
      const block = Math.ceil(all / groups);
      const widths = [h * w * c, oh * ow * o];
      return {
        total: all,
        block,
        widths,
        apart: true,
        sum: (partials, [images, outputs], n, index) => {
          const geometry = { ...whole, n };
          if (this.#kernels.units(kernel, { geometry }) === 1) {
            this.#kernels.run(kernel, { partials, x: images!, dy: outputs!, geometry });
            return;
          }
          // so many images alone would be several groups
          const size = this.#result(mark).size;
          const bytes = this.#kernels.workspaceBytes(kernel, {
            partials,
            x: images!,
            dy: outputs!,
            geometry: whole,
          });
          this.#allocator.scratch(bytes, (room) =>
            this.#kernels.run(rangeOf(kernel), {
              partials: partials - 4 * index * size,
              x: images! - 4 * index * block * widths[0]!,
              dy: outputs! - 4 * index * block * widths[1]!,
              geometry: whole,
              room,
              from: index,
              to: index + 1,
            }),
          );
        },
      };
    });
  }

  /** A depthwise kernel's gradient is the sum of those of the images, each from zero. */
  #convolveEach(kernel: Kernel<unknown>, values: Values, part: Part): void {
    const { rows, all } = part;
    const { dkernel, x, dy } = values as Call;
    const own = values.geometry as Conv2dGeometry;
    const { h, w, c, oh, ow, o } = own;
    this.#add(dkernel!, [x!, dy!], rows, part, () => ({
      total: all,
      block: 1,
      widths: [h * w * c, oh * ow * o],
      sum: (out, [image, output], n) =>
        this.#kernels.run(
          kernel as Kernel<never>,
          {
            dkernel: out,
            x: image!,
            dy: output!,
            geometry: { ...own, n },
          } as never,
        ),
    }));
  }

  /** Rows of a table are summed in the order of the numbers, from zero: all of them at once. */
  #embed(kernel: Kernel<unknown>, { dtable, dy, ids, count, rows, columns }: Call, part: Part): void {
    const total = (count! / part.rows) * part.all;
    this.#add(dtable!, [dy!, ids!], count!, part, () => ({
      total,
      block: total,
      widths: [columns!, 1],
      sum: (out, [gradient, numbers]) =>
        this.#kernels.run(
          kernel as Kernel<never>,
          {
            dtable: out,
            dy: gradient!,
            ids: numbers!,
            count: total,
            rows: rows!,
            columns: columns!,
          } as never,
        ),
    }));
  }

  /**
   * dgamma and dbeta are summed row by row, from zero. What the parts before have given comes as a row in front: where x is 1, the mean 0
   * and 1 / √variance 1, that row adds itself to both.
   */
  #normalize(kernel: Kernel<unknown>, call: Call, { first }: Part): void {
    const { dgamma, dbeta, dy, x, statistics, rows, columns } = call;
    const width = columns!;
    const row = 4 * width;
    const run = (values: Call): void => this.#kernels.run(kernel as Kernel<never>, values as never);
    const copied = (out: number, from: number, n: number): void => copyFloats(this.#allocator, out, from, n);
    const sums = [dgamma!, dbeta!].map((at) => (at < firstMark ? undefined : this.#result(at).pointer));
    this.#allocator.scratch(2 * row, (unused) => {
      const [gamma = unused, beta = unused + row] = first === 0 ? sums : [];
      run({ ...call, dgamma: gamma, dbeta: beta });
      if (first === 0) return;
      const count = rows! + 1;
      this.#allocator.scratch(3 * count * row + 8 * count, (room) => {
        const [all, gradients, normals, moments] = [0, 1, 2, 3].map((i) => room + i * count * row) as [
          number,
          number,
          number,
          number,
        ];
        this.#kernels.run(fill_f32, { out: normals, n: width, value: 1 });
        this.#kernels.run(fill_f32, { out: moments, n: 1, value: 0 });
        this.#kernels.run(fill_f32, { out: moments + 4, n: 1, value: 1 });
        copied(normals + row, x!, rows! * width);
        copied(gradients + row, dy!, rows! * width);
        copied(moments + 8, statistics!, rows! * 2);
        sums.forEach((sum, i) => {
          if (sum === undefined) return;
          copied(gradients, sum, width);
          const [to, other] = [sum, unused];
          run({
            ...call,
            dx: all,
            dgamma: i === 0 ? to : other,
            dbeta: i === 0 ? other : to,
            dy: gradients,
            x: normals,
            statistics: moments,
            rows: count,
          });
        });
      });
    });
  }

  #refuse(): never {
    throw new AnygradError(
      "UNSUPPORTED",
      `fit: microBatch: the gradient of a weight of ${this.#name} is not summed example by example; leave microBatch out, or freeze the layer`,
    );
  }
}
