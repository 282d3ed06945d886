/** Runs a row of the case table on an engine: the op's value, and the gradients of Σ op(x) · dy for a constant dy. */
import type { Engine } from "../../src/autograd/engine.ts";
import * as ops from "../../src/ops/index.ts";
import { type Tensor, Variable } from "../../src/tensor/tensor.ts";
import { type Argument, type Case, drawInputs, drawUpstream, hasGradient, isInput } from "../cases/case.ts";
import type { Array64 } from "../reference/array64.ts";

export interface Outcome {
  readonly shape: readonly number[];
  readonly value: ArrayLike<number>;
  /** One for each input that has a gradient, in order. */
  readonly gradients: readonly ArrayLike<number>[];
}

type Op = (...args: readonly unknown[]) => Tensor;
/** What an op gives that has several outputs. */
type Outputs = Readonly<Record<number | string, Tensor>>;

/** What src/ops exports by this name. */
export function opNamed(op: string): Op {
  const found = (ops as Readonly<Record<string, unknown>>)[op];
  if (typeof found !== "function") throw new Error(`src/ops exports no ${op}`);
  return found as Op;
}

/** The op a row names, as something that takes the row's inputs and attributes. */
function opOf(
  engine: Engine,
  { op, leading = [], arguments: others = [], attributes, listed, onEngine, output }: Case,
): (args: readonly unknown[]) => Tensor {
  const found = opNamed(op);
  return (args) => {
    const y = found(
      ...(onEngine ? [engine] : []),
      ...leading,
      ...(listed ? [args] : args),
      ...others,
      ...(attributes === undefined ? [] : [attributes]),
    );
    return output === undefined ? y : (y as unknown as Outputs)[output]!;
  };
}

/** The op of a row, and its arguments on an engine: variables where they have gradients. */
export function callOf(engine: Engine, each: Case) {
  const drawn = drawInputs(each);
  return {
    call: opOf(engine, each),
    args: each.inputs.map((argument, i) => place(engine, argument, drawn[i]!)),
  };
}

export function evaluate(engine: Engine, each: Case): Outcome {
  const { call: op, args } = callOf(engine, each);
  const y = op(args);
  const outcome = { shape: [...y.shape], value: y.data };
  const variables = args.filter((arg) => arg instanceof Variable);
  if (!each.referenceBackward || variables.length === 0) return { ...outcome, gradients: [] };
  const upstream = drawUpstream(each, y.shape);
  const dy = engine.tensor(new Float32Array(upstream.data), upstream.shape);
  const { gradients } = engine.valueAndGrad(() => ops.sum(ops.multiply(op(args), dy)), variables);
  return { ...outcome, gradients: gradients.map((gradient) => gradient.data) };
}

function place(engine: Engine, argument: Argument, drawn: Array64): Tensor | number | null {
  if (!isInput(argument)) return argument;
  if (argument.dtype === "int32") return engine.tensor(new Int32Array(drawn.data), drawn.shape, "int32");
  if (argument.dtype === "uint8") return engine.tensor(new Uint8Array(drawn.data), drawn.shape, "uint8");
  const values = new Float32Array(drawn.data);
  return hasGradient(argument) ? engine.variable(values, drawn.shape) : engine.tensor(values, drawn.shape);
}
