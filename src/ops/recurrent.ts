/**
 * What the recurrent ops have in common: layers over whole sequences, forward and backward. The products of the inputs of all steps
 * are one product, and so are the gradients of the weights; the kernels of the family go through the steps. An op is a cell, which
 * calls its kernels, in a file of its own.
 */

import { apply, type Op, type Pass } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import {
  copy_strided_f32,
  gemm_nn_f32,
  gemm_nt_f32,
  gemm_tn_f32,
  sum_f32,
} from "../kernels/abi.generated.ts";
import type { RecurrentShape } from "../kernels/families/recurrent.generated.ts";
import { strictOptions } from "../math/options.ts";
import { stridedShape } from "../tensor/broadcast.ts";
import { formatShape, type Shape, sameShape } from "../tensor/shape.ts";
import type { GradientSink, Tensor } from "../tensor/tensor.ts";
import { activationCode, type FusedActivation } from "./fusedActivation.ts";

/** The activations that the recurrent ops have. */
export type RecurrentActivation = Exclude<FusedActivation, "relu6">;

/** Options of the recurrent ops. */
export interface RecurrentAttributes {
  /** Default "tanh". */
  activation?: RecurrentActivation;
  /** That of the gates. Default "sigmoid". */
  recurrentActivation?: RecurrentActivation;
  /** Begin with the last step. Default false. */
  goBackwards?: boolean;
  /** Give the outputs of all steps from the last to the first. Default false. */
  flipped?: boolean;
  /** Make the outputs of steps that are passed over 0, and not what the state is. Default false. */
  zeroOutputForMask?: boolean;
  /** Give the outputs of all steps, [n, steps, units], and not that of the last, [n, 1, units]. Default false. */
  returnSequences?: boolean;
  /** Append the states behind the last step as rows: h, and of `lstm` c. Default false. */
  returnState?: boolean;
  /** The state before the first step, [n, units], and of `lstm` that of the cells. Default: zeros. */
  initialState?: readonly Tensor[] | undefined;
  /** [n, steps]: 0 where a step is passed over, so that the state stays as it is. Default: none is. */
  mask?: Tensor | undefined;
  /** [gates, n, units]: factors on the states in the product of each gate with the recurrent kernel. Default: none. */
  recurrentDropout?: Tensor | undefined;
}

/** The options with their defaults. */
export type Attributes = Required<Omit<RecurrentAttributes, "initialState" | "mask" | "recurrentDropout">>;

/** The inputs in their order, and what they are called. */
export type Inputs = [
  x: Tensor,
  kernel: Tensor,
  recurrentKernel: Tensor,
  bias?: Tensor,
  h0?: Tensor,
  c0?: Tensor,
  drop?: Tensor,
  mask?: Tensor,
];

/** What the forward pass keeps: the arrays that the kernels have filled. */
export interface Saved {
  readonly gates: Tensor;
  readonly previous: Tensor;
  readonly own: Tensor | undefined;
}

/** What a recurrent op is: its gates, its states, and what its kernels do. */
export interface Cell {
  readonly name: string;
  readonly gates: number;
  readonly states: number;
  /** Shape of the bias. */
  bias(units: number): Shape;
  /** Whether it keeps an array [n, steps, units] of its own. */
  readonly keepsOwn: boolean;
  forward(pass: Pass, inputs: Inputs, saved: Saved, shape: RecurrentShape): void;
  /** The kernel's backward pass: `saved.gates` become gradients. */
  backward(pass: Pass, sink: GradientSink, inputs: Inputs, saved: Saved, shape: RecurrentShape): void;
  /** The gradients of the recurrent kernel and of the bias, from the gates' gradients. */
  weights?(pass: Pass, sink: GradientSink, inputs: Inputs, saved: Saved): void;
}

function mismatch(name: string, what: string, got: Shape, wanted: string): AnygradError {
  return new AnygradError("SHAPE_MISMATCH", `${name}: ${what} is ${formatShape(got)}; wanted ${wanted}`);
}

/** The sizes of a recurrent op. @throws AnygradError SHAPE_MISMATCH where they do not fit each other */
function sizesOf({ name, gates, bias: biasOf }: Cell, inputs: Inputs) {
  const [x, kernel, recurrentKernel, bias, h0, c0, drop, mask] = inputs;
  const [n = 0, steps = 0, features = 0] = x.shape;
  if (x.shape.length !== 3) throw mismatch(name, "the input", x.shape, "[n, steps, features]");
  const units = recurrentKernel.shape[0] ?? 0;
  const check = (what: string, tensor: Tensor | undefined, wanted: Shape): void => {
    if (tensor && !sameShape(tensor.shape, wanted))
      throw mismatch(name, what, tensor.shape, `${formatShape(wanted)}, as input and units are`);
  };
  check("the recurrent kernel", recurrentKernel, [units, gates * units]);
  check("the kernel", kernel, [features, gates * units]);
  check("the bias", bias, biasOf(units));
  check("the initial state", h0, [n, units]);
  check("the initial state of the cells", c0, [n, units]);
  check("the recurrent dropout", drop, [gates, n, units]);
  check("the mask", mask, [n, steps]);
  return { n, steps, features, units };
}

function recurrentShape(cell: Cell, inputs: Inputs, attributes: Attributes): RecurrentShape {
  const { n, steps, units } = sizesOf(cell, inputs);
  const {
    goBackwards,
    flipped,
    zeroOutputForMask,
    returnSequences,
    returnState,
    activation,
    recurrentActivation,
  } = attributes;
  return {
    n,
    steps,
    units,
    backwards: Number(goBackwards),
    flipped: Number(flipped),
    zeroMasked: Number(zeroOutputForMask),
    sequences: Number(returnSequences),
    states: Number(returnState),
    activation: activationCode[activation],
    recurrentActivation: activationCode[recurrentActivation],
  };
}

/** Copies a row of each sequence of y[n, rows, units] to state[n, units]. Not differentiated. */
export function copyRow(state: Tensor, y: Tensor, row: number): void {
  const [n = 0, rows = 0, units = 0] = y.shape;
  const shape = stridedShape([1, 1, n, units], [0, 0, rows * units, 1]);
  const x = y.pointer + 4 * row * units;
  y.allocator.kernels.run(copy_strided_f32, { out: state.pointer, x, ...shape });
}

/** Address of an array, 0 for none. */
export const pointerOf = (tensor: Tensor | undefined): number => tensor?.pointer ?? 0;

/**
 * Writes c[:, from … from + columns − 1] = a[rows, m]ᵀ b[rows, …], of which the columns from `bFrom` on are taken.
 * @param part which of the arrays of b's rows that `a` holds
 */
export function columnsOfProduct(
  { kernels }: Pass,
  c: Tensor,
  a: Tensor,
  b: Tensor,
  [from, bFrom, columns]: readonly [number, number, number],
  part = 0,
): void {
  const m = a.shape.at(-1)!;
  const [ldb, ldc] = [b.shape.at(-1)!, c.shape.at(-1)!];
  const k = b.size / ldb;
  const pointers = {
    c: c.pointer + 4 * from,
    a: a.pointer + 4 * part * k * m,
    b: b.pointer + 4 * bFrom,
    bias: 0,
  };
  kernels.run(gemm_tn_f32, { ...pointers, m, n: columns, k, lda: m, ldb, ldc, activation: 0 });
}

/** The gradient of `count` gates of the recurrent kernel from `gate` on, of dz's columns from `from` on. With dropout each has states of its own. */
export function gradientOfGates(
  pass: Pass,
  drecurrent: Tensor,
  { previous }: Saved,
  dz: Tensor,
  [gate, from, count]: readonly [number, number, number],
): void {
  const units = previous.shape.at(-1)!;
  const isDropped = previous.shape.length === 4;
  for (let g = 0; g < (isDropped ? count : 1); g++) {
    const columns: [number, number, number] = [
      (gate + g) * units,
      from + g * units,
      isDropped ? units : count * units,
    ];
    columnsOfProduct(pass, drecurrent, previous, dz, columns, isDropped ? gate + g + 1 : 0);
  }
}

/** Writes the sums of the rows of x to the numbers from `out` on. */
export function sumRows({ kernels }: Pass, out: number, x: Tensor): void {
  const inner = x.shape.at(-1)!;
  kernels.run(sum_f32, { out, x: x.pointer, outer: 1, reduce: x.size / inner, inner });
}

/** The op of a cell. */
export function recurrentOp(cell: Cell): Op<Inputs, Attributes, Saved> {
  const { name, gates, states } = cell;
  return {
    name,
    required: 3,
    shape(inputs, { returnSequences, returnState }) {
      const { n, steps, units } = sizesOf(cell, inputs);
      return [n, (returnSequences ? steps : 1) + (returnState ? states : 0), units];
    },
    forward(pass, inputs, attributes) {
      const [x, kernel, , bias, , , drop] = inputs;
      const { n, steps, features, units } = sizesOf(cell, inputs);
      const { allocator, kernels } = pass;
      const columns = gates * units;
      const saved: Saved = {
        gates: allocator.allocate([n, steps, columns]),
        previous: allocator.allocate([...(drop ? [1 + gates] : []), n, steps, units]),
        own: cell.keepsOwn ? allocator.allocate([n, steps, units]) : undefined,
      };
      kernels.run(gemm_nn_f32, {
        c: saved.gates.pointer,
        a: x.pointer,
        b: kernel.pointer,
        bias: pointerOf(bias),
        m: n * steps,
        n: columns,
        k: features,
        lda: features,
        ldb: columns,
        ldc: columns,
        activation: 0,
      });
      cell.forward(pass, inputs, saved, recurrentShape(cell, inputs, attributes));
      return saved;
    },
    backward(pass, sink, inputs, attributes, saved) {
      const [x, kernel, , bias] = inputs;
      const shape = recurrentShape(cell, inputs, attributes);
      const { features, n, steps, units } = sizesOf(cell, inputs);
      const columns = gates * units;
      cell.backward(pass, sink, inputs, saved, shape);
      const dkernel = sink.gradient(1);
      if (dkernel) columnsOfProduct(pass, dkernel, x, saved.gates, [0, 0, columns]);
      if (cell.weights) cell.weights(pass, sink, inputs, saved);
      else {
        const drecurrent = sink.gradient(2);
        if (drecurrent) gradientOfGates(pass, drecurrent, saved, saved.gates, [0, 0, gates]);
        const dbias = bias && sink.gradient(3);
        if (dbias) sumRows(pass, dbias.pointer, saved.gates);
      }
      const dx = sink.gradient(0);
      if (dx)
        pass.kernels.run(gemm_nt_f32, {
          c: dx.pointer,
          a: saved.gates.pointer,
          b: kernel.pointer,
          bias: 0,
          m: n * steps,
          n: features,
          k: columns,
          lda: columns,
          ldb: columns,
          ldc: features,
          activation: 0,
        });
    },
  };
}

const activationNames = "linear|relu|sigmoid|tanh";
/** The options of all of them, as a line of options has them. */
export const optionNames: string = `activation:${activationNames} recurrentActivation:${activationNames} goBackwards:boolean flipped:boolean zeroOutputForMask:boolean returnSequences:boolean returnState:boolean initialState:object mask:object recurrentDropout:object`;

/** Applies the op of a cell, with the options as they were given. */
export function applyRecurrent(
  op: Op<Inputs, Attributes, Saved>,
  [x, kernel, recurrentKernel]: readonly [Tensor, Tensor, Tensor],
  bias: Tensor | null,
  options: RecurrentAttributes | undefined,
): Tensor {
  const {
    initialState,
    mask,
    recurrentDropout,
    activation = "tanh",
    recurrentActivation = "sigmoid",
    goBackwards = false,
    flipped = false,
    zeroOutputForMask = false,
    returnSequences = false,
    returnState = false,
  } = strictOptions<object, string>(op.name, options, optionNames) as RecurrentAttributes;
  const [h0, c0] = initialState ?? [];
  return apply(op, [x, kernel, recurrentKernel, bias ?? undefined, h0, c0, recurrentDropout, mask], {
    activation,
    recurrentActivation,
    goBackwards,
    flipped,
    zeroOutputForMask,
    returnSequences,
    returnState,
  });
}
