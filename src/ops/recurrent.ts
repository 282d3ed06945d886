/**
 * Recurrent layers over whole sequences, forward and backward. The products of the inputs of all steps are one product, and so
 * are the gradients of the weights; the kernels of the family go through the steps.
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
import {
  gru_backward_f32,
  gru_f32,
  lstm_backward_f32,
  lstm_f32,
  type RecurrentShape,
  simple_rnn_backward_f32,
  simple_rnn_f32,
} from "../kernels/families/recurrent.generated.ts";
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

type Attributes = Required<Omit<RecurrentAttributes, "initialState" | "mask" | "recurrentDropout">>;

/** The inputs in their order, and what they are called. */
type Inputs = [
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
interface Saved {
  readonly gates: Tensor;
  readonly previous: Tensor;
  readonly own: Tensor | undefined;
}

interface Cell {
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

const pointerOf = (tensor: Tensor | undefined): number => tensor?.pointer ?? 0;

/**
 * Writes c[:, from … from + columns − 1] = a[rows, m]ᵀ b[rows, …], of which the columns from `bFrom` on are taken.
 * @param part which of the arrays of b's rows that `a` holds
 */
function columnsOfProduct(
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
function gradientOfGates(
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
function sumRows({ kernels }: Pass, out: number, x: Tensor): void {
  const inner = x.shape.at(-1)!;
  kernels.run(sum_f32, { out, x: x.pointer, outer: 1, reduce: x.size / inner, inner });
}

function recurrentOp(cell: Cell): Op<Inputs, Attributes, Saved> {
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

const simpleRnnOp = recurrentOp({
  name: "simpleRNN",
  gates: 1,
  states: 1,
  bias: (units) => [units],
  keepsOwn: false,
  forward({ kernels, y }, [, , recurrentKernel, , h0, , drop, mask], { gates, previous }, shape) {
    kernels.run(simple_rnn_f32, {
      y: y.pointer,
      gates: gates.pointer,
      previous: previous.pointer,
      kernel: recurrentKernel.pointer,
      h0: pointerOf(h0),
      drop: pointerOf(drop),
      mask: pointerOf(mask),
      shape,
    });
  },
  backward({ kernels }, sink, [, , recurrentKernel, , h0, , drop, mask], { gates, previous }, shape) {
    kernels.run(simple_rnn_backward_f32, {
      gates: gates.pointer,
      previous: previous.pointer,
      dh0: pointerOf(h0 && sink.gradient(4)),
      dy: sink.dy.pointer,
      kernel: recurrentKernel.pointer,
      drop: pointerOf(drop),
      mask: pointerOf(mask),
      shape,
    });
  },
});

const lstmOp = recurrentOp({
  name: "lstm",
  gates: 4,
  states: 2,
  bias: (units) => [4 * units],
  keepsOwn: true,
  forward({ kernels, y }, [, , recurrentKernel, , h0, c0, drop, mask], { gates, previous, own }, shape) {
    kernels.run(lstm_f32, {
      y: y.pointer,
      gates: gates.pointer,
      cells: own!.pointer,
      previous: previous.pointer,
      kernel: recurrentKernel.pointer,
      h0: pointerOf(h0),
      c0: pointerOf(c0),
      drop: pointerOf(drop),
      mask: pointerOf(mask),
      shape,
    });
  },
  backward({ kernels }, sink, [, , recurrentKernel, , h0, c0, drop, mask], { gates, previous, own }, shape) {
    kernels.run(lstm_backward_f32, {
      gates: gates.pointer,
      previous: previous.pointer,
      dh0: pointerOf(h0 && sink.gradient(4)),
      dc0: pointerOf(c0 && sink.gradient(5)),
      dy: sink.dy.pointer,
      cells: own!.pointer,
      kernel: recurrentKernel.pointer,
      c0: pointerOf(c0),
      drop: pointerOf(drop),
      mask: pointerOf(mask),
      shape,
    });
  },
});

function gruOp(resetAfter: boolean): Op<Inputs, Attributes, Saved> {
  return recurrentOp({
    name: "gru",
    gates: 3,
    states: 1,
    bias: (units) => (resetAfter ? [2, 3 * units] : [3 * units]),
    keepsOwn: true,
    forward({ kernels, y }, [, , recurrentKernel, bias, h0, , drop, mask], { gates, previous, own }, shape) {
      kernels.run(gru_f32, {
        y: y.pointer,
        gates: gates.pointer,
        inner: own!.pointer,
        previous: previous.pointer,
        kernel: recurrentKernel.pointer,
        bias: bias && resetAfter ? bias.pointer + 12 * shape.units : 0,
        h0: pointerOf(h0),
        drop: pointerOf(drop),
        mask: pointerOf(mask),
        shape,
        resetAfter: Number(resetAfter),
      });
    },
    backward({ kernels }, sink, [, , recurrentKernel, , h0, , drop, mask], { gates, previous, own }, shape) {
      kernels.run(gru_backward_f32, {
        gates: gates.pointer,
        inner: own!.pointer,
        previous: previous.pointer,
        dh0: pointerOf(h0 && sink.gradient(4)),
        dy: sink.dy.pointer,
        kernel: recurrentKernel.pointer,
        drop: pointerOf(drop),
        mask: pointerOf(mask),
        shape,
        resetAfter: Number(resetAfter),
      });
    },
    weights(pass, sink, [, , , bias], saved) {
      const { gates, own } = saved;
      const units = own!.shape[2]!;
      const drecurrent = sink.gradient(2);
      if (drecurrent) {
        gradientOfGates(pass, drecurrent, saved, gates, [0, 0, 2]);
        if (resetAfter) gradientOfGates(pass, drecurrent, saved, own!, [2, 0, 1]);
        else columnsOfProduct(pass, drecurrent, own!, gates, [2 * units, 2 * units, units]);
      }
      const dbias = bias && sink.gradient(3);
      if (!dbias) return;
      sumRows(pass, dbias.pointer, gates);
      if (!resetAfter) return;
      const row = stridedShape([1, 1, 1, 2 * units], [0, 0, 0, 1]);
      const second = dbias.pointer + 12 * units;
      pass.kernels.run(copy_strided_f32, { out: second, x: dbias.pointer, ...row });
      sumRows(pass, second + 8 * units, own!);
    },
  });
}
const gruBefore = gruOp(false);
const gruAfter = gruOp(true);

const activationNames = "linear|relu|sigmoid|tanh";
const names = `activation:${activationNames} recurrentActivation:${activationNames} goBackwards:boolean flipped:boolean zeroOutputForMask:boolean returnSequences:boolean returnState:boolean initialState:object mask:object recurrentDropout:object`;

function run(
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
  } = strictOptions<object, string>(op.name, options, names) as RecurrentAttributes;
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

/**
 * The simple recurrent layer: h = activation(x · kernel + h · recurrentKernel + bias), step by step.
 * @param x [n, steps, features]
 * @param kernel [features, units]
 * @param recurrentKernel [units, units]
 * @param bias [units], or null (default) for none
 * @returns [n, rows, units]: the output of the last step, or those of all steps; then the state where it is asked for
 * @throws AnygradError SHAPE_MISMATCH for what does not fit the input and the units
 */
export function simpleRNN(
  x: Tensor,
  kernel: Tensor,
  recurrentKernel: Tensor,
  bias: Tensor | null = null,
  options?: Omit<RecurrentAttributes, "recurrentActivation">,
): Tensor {
  return run(simpleRnnOp, [x, kernel, recurrentKernel], bias, options);
}

/**
 * Long short-term memory (Hochreiter and Schmidhuber, "Long short-term memory", Neural Computation 9, 1997), with the gates in
 * Keras's order: input, forget, candidate, output.
 * @param x [n, steps, features]
 * @param kernel [features, 4 · units]
 * @param recurrentKernel [units, 4 · units]
 * @param bias [4 · units], or null (default) for none
 * @returns [n, rows, units]: the output of the last step, or those of all steps; then the states h and c where they are asked for
 * @throws AnygradError SHAPE_MISMATCH for what does not fit the input and the units
 */
export function lstm(
  x: Tensor,
  kernel: Tensor,
  recurrentKernel: Tensor,
  bias: Tensor | null = null,
  options?: RecurrentAttributes,
): Tensor {
  return run(lstmOp, [x, kernel, recurrentKernel], bias, options);
}

/**
 * The gated recurrent unit (Cho et al., arXiv:1406.1078), with the gates in Keras's order: update, reset, candidate.
 * @param x [n, steps, features]
 * @param kernel [features, 3 · units]
 * @param recurrentKernel [units, 3 · units]
 * @param bias [3 · units], with `resetAfter` [2, 3 · units], the second for the products of the states; or null (default) for none
 * @param options.resetAfter apply the reset gate behind the product with the recurrent kernel, as cuDNN does. Default true
 * @returns [n, rows, units]: the output of the last step, or those of all steps; then the state where it is asked for
 * @throws AnygradError SHAPE_MISMATCH for what does not fit the input and the units
 */
export function gru(
  x: Tensor,
  kernel: Tensor,
  recurrentKernel: Tensor,
  bias: Tensor | null = null,
  options?: RecurrentAttributes & { resetAfter?: boolean },
): Tensor {
  const { resetAfter = true, ...others } = strictOptions<object, string>(
    "gru",
    options,
    `${names} resetAfter:boolean`,
  ) as RecurrentAttributes & { resetAfter?: boolean };
  return run(resetAfter ? gruAfter : gruBefore, [x, kernel, recurrentKernel], bias, others);
}
