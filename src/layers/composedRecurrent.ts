/**
 * Recurrent layers out of operations, a step after the other: for activations that the kernels of whole sequences do not have.
 * It gives what they give, an order of magnitude slower.
 */
import { filled } from "../autograd/constant.ts";
import * as ops from "../ops/index.ts";
import type { RecurrentAttributes } from "../ops/recurrent.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type ActivationName, applyActivation } from "./activation.ts";

/** The options of the ops with activations of any kind. */
export interface ComposedAttributes extends Omit<RecurrentAttributes, "activation" | "recurrentActivation"> {
  activation: ActivationName;
  recurrentActivation: ActivationName;
  /** Whether gru applies its reset gate behind the product with the recurrent kernel. */
  resetAfter: boolean;
}

/** The states behind a step: h, and of lstm c. */
type States = readonly [h: Tensor, c?: Tensor];

/** Columns `from` to before `to` of a matrix, counted in units. */
function columns(x: Tensor, units: number, from: number, to = from + 1): Tensor {
  return ops.slice(x, { begin: [0, from * units], end: [null, to * units] });
}

interface Step {
  /** The products of the inputs, with the bias, [n, gates · units]. */
  readonly z: Tensor;
  /** The states before. */
  readonly states: States;
  /** The recurrent kernel. */
  readonly kernel: Tensor;
  /** Factors on h in the product of each gate, [gates, n, units]. */
  readonly drop: Tensor | undefined;
  /** What is added to those products; of gru with `resetAfter`. */
  readonly bias: Tensor | null;
}

/** h as the product of a gate takes it. */
function stateOf({ states: [h], drop }: Step, gate: number): Tensor {
  const own = drop && ops.slice(drop, { begin: [gate], end: [gate + 1] });
  return own ? ops.multiply(h, ops.reshape(own, h.shape)) : h;
}

/** The products of the first gates with the recurrent kernel. */
function products(step: Step, gates: number): Tensor {
  const { states, kernel, bias, drop } = step;
  const units = states[0].shape[1]!;
  if (!drop) return ops.dense(states[0], columns(kernel, units, 0, gates), bias);
  const each = Array.from({ length: gates }, (_, gate) =>
    ops.matmul(stateOf(step, gate), columns(kernel, units, gate)),
  );
  const all = gates > 1 ? ops.concatenate(each, { axis: 1 }) : each[0]!;
  return bias ? ops.add(all, bias) : all;
}

function simple(step: Step, { activation }: ComposedAttributes): States {
  return [applyActivation(ops.add(step.z, products(step, 1)), activation)];
}

function lstm(step: Step, attributes: ComposedAttributes): States {
  const [h, c] = step.states;
  const units = h.shape[1]!;
  const gates = ops.add(step.z, products(step, 4));
  const gate = (at: number): Tensor =>
    applyActivation(columns(gates, units, at), attributes.recurrentActivation);
  const candidate = applyActivation(columns(gates, units, 2), attributes.activation);
  const next = ops.add(ops.multiply(gate(1), c!), ops.multiply(gate(0), candidate));
  return [ops.multiply(gate(3), applyActivation(next, attributes.activation)), next];
}

function gru(step: Step, attributes: ComposedAttributes): States {
  const { activation, recurrentActivation, resetAfter } = attributes;
  const {
    z,
    states: [before],
    kernel,
  } = step;
  const units = before.shape[1]!;
  const product = products(step, resetAfter ? 3 : 2);
  const gate = (at: number): Tensor =>
    applyActivation(ops.add(columns(z, units, at), columns(product, units, at)), recurrentActivation);
  const [update, reset] = [gate(0), gate(1)];
  const inner = resetAfter
    ? ops.multiply(reset, columns(product, units, 2))
    : ops.matmul(ops.multiply(reset, stateOf(step, 2)), columns(kernel, units, 2));
  const candidate = applyActivation(ops.add(columns(z, units, 2), inner), activation);
  return [ops.add(ops.multiply(update, before), ops.multiply(ops.subtract(1, update), candidate))];
}

const cells = { simpleRNN: simple, lstm, gru } as const;

/** As the op of the kind: [n, rows, units]. */
export function composedRecurrent(
  kind: "simpleRNN" | "lstm" | "gru",
  x: Tensor,
  weights: Readonly<Record<string, Tensor>>,
  attributes: ComposedAttributes,
): Tensor {
  const { goBackwards, flipped, zeroOutputForMask, returnSequences, returnState, mask } = attributes;
  const { kernel, recurrent_kernel: recurrentKernel, bias } = weights as Record<string, Tensor>;
  const [n, steps, features] = x.shape as [number, number, number];
  const [units, width] = recurrentKernel!.shape as [number, number];
  const after = bias?.shape.length === 2;
  const half = (row: number): Tensor =>
    ops.reshape(ops.slice(bias!, { begin: [row], end: [row + 1] }), [width]);
  const inputs = ops.dense(
    ops.reshape(x, [n * steps, features]),
    kernel!,
    bias ? (after ? half(0) : bias) : null,
  );
  const products = ops.reshape(inputs, [n, steps, width]);
  const zeros = filled(x.allocator, [n, units], 0);
  let states: States = (attributes.initialState as States | undefined) ?? [zeros, zeros];
  const outputs: Tensor[] = [];
  for (let step = 0; step < steps; step++) {
    const t = goBackwards ? steps - 1 - step : step;
    const z = ops.reshape(ops.slice(products, { begin: [0, t], end: [null, t + 1] }), [n, width]);
    const before = states;
    const next = cells[kind](
      {
        z,
        states,
        kernel: recurrentKernel!,
        drop: attributes.recurrentDropout,
        bias: after ? half(1) : null,
      },
      attributes,
    );
    const counts = mask && ops.slice(mask, { begin: [0, t], end: [null, t + 1] });
    states = counts
      ? (next.map((state, s) => ops.where(counts, state!, before[s]!)) as unknown as States)
      : next;
    const output = counts && zeroOutputForMask ? ops.multiply(states[0], counts) : states[0];
    outputs.push(ops.reshape(output, [n, 1, units]));
  }
  if (flipped) outputs.reverse();
  const rows = returnSequences ? outputs : outputs.slice(flipped ? 0 : -1, flipped ? 1 : undefined);
  if (returnState) rows.push(...states.map((state) => ops.reshape(state!, [n, 1, units])));
  return rows.length > 1 ? ops.concatenate(rows, { axis: 1 }) : rows[0]!;
}
