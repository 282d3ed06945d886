/** Keras's operations that are no layer here but an op: they become `layers.operation`. Axes are Keras's, with the batch's in front. */
import { type ExampleShape, sizeOf } from "../../../math/shape.ts";
import { isObject } from "../../json.ts";
import { type Argument, isNumber, isTensor, type Made, type Operation, operands } from "./arguments.ts";

/** Each operation by its name in Keras, in small letters and without strokes, and what the op is called here. */
const unary = {
  absolute: "abs",
  abs: "abs",
  arccos: "arccos",
  arccosh: "arccosh",
  arcsin: "arcsin",
  arcsinh: "arcsinh",
  arctan: "arctan",
  arctanh: "arctanh",
  cos: "cos",
  cosh: "cosh",
  erf: "erf",
  exp: "exp",
  floor: "floor",
  log: "log",
  negative: "negative",
  round: "round",
  sign: "sign",
  sin: "sin",
  sinh: "sinh",
  sqrt: "sqrt",
  square: "square",
  tan: "tan",
  trunc: "trunc",
} as const;
const binary = {
  divide: "divide",
  equal: "equal",
  greater: "greater",
  greaterequal: "greaterEqual",
  less: "less",
  lessequal: "lessEqual",
  maximum: "maximum",
  minimum: "minimum",
  mod: "mod",
  notequal: "notEqual",
  power: "pow",
  pow: "pow",
} as const;
const reductions = {
  amax: "max",
  amin: "min",
  logsumexp: "logSumExp",
  max: "max",
  mean: "mean",
  min: "min",
  prod: "prod",
  sum: "sum",
} as const;

/** An op of these arguments, of which the tensors are inputs of its layer; undefined where one is neither tensor nor number. */
function ofArguments(
  op: string,
  given: readonly (Argument | undefined)[],
  attributes: object = {},
): Made | undefined {
  if (!given.every((each) => isTensor(each) || isNumber(each)) || !given.some(isTensor)) return undefined;
  const list = given.map((each) => (isNumber(each) ? each : "input"));
  const own = list.every((each) => each === "input") ? {} : { arguments: list };
  return { type: "operation", config: { op, ...own, attributes }, inputs: given.filter(isTensor) };
}

const each = <T extends Readonly<Record<string, string>>>(
  names: T,
  of: (op: string) => Operation,
): Record<string, Operation> => Object.fromEntries(Object.entries(names).map(([name, op]) => [name, of(op)]));

/** Whole axes behind the batch's, counted from the front; undefined for others. */
function axesOf(axis: Argument | undefined, rank: number): number[] | undefined {
  const axes = [axis ?? null].flat().map((one) => (isNumber(one) && one < 0 ? one + rank : one));
  return axes.every((one): one is number => isNumber(one) && one > 0 && one < rank) ? axes : undefined;
}

/** A reduction over axes of an example; those that are kept come back by a new shape. */
const reduction =
  (op: string): Operation =>
  (call) => {
    const [x, axis] = operands(call, "axis");
    const keep = call.named.keepdims ?? call.named.keep_dims ?? false;
    const axes = isTensor(x) ? axesOf(axis, x.shape.length + 1) : undefined;
    if (!isTensor(x) || !axes) return undefined;
    const made = ofArguments(op, [x], { axis: axes });
    if (keep !== true) return made;
    const targetShape = targetOf(x.shape.map((size, i) => (axes.includes(i + 1) ? 1 : size)));
    return made && targetShape && { ...made, behind: { type: "reshape", config: { targetShape } } };
  };

/** What a reshape is told: the one size that is open is what is left. Undefined where there are several. */
const targetOf = (shape: ExampleShape): number[] | undefined =>
  shape.filter((n) => n === null).length > 1 ? undefined : shape.map((n) => n ?? -1);

/** x in another shape, that of an example. */
function reshaped(x: Argument | undefined, shape: ExampleShape | undefined): Made | undefined {
  const targetShape = shape && targetOf(shape);
  if (!isTensor(x) || !targetShape) return undefined;
  const known = (sizes: ExampleShape): string => `${sizeOf(sizes.map((n) => n ?? 1))}, ${sizes.includes(null)}`; // biome-ignore format: one text
  if (known(shape) !== known(x.shape)) return undefined;
  return { type: "reshape", config: { targetShape }, inputs: [x] };
}

/** The axes of an example in this order, the batch's in front. */
const permuted = (x: Argument | undefined, order: readonly number[]): Made | undefined =>
  isTensor(x) && order[0] === 0
    ? { type: "permute", config: { dims: order.slice(1) }, inputs: [x] }
    : undefined;

/** One of the parts that `x[…]` takes of an axis: what Keras writes for `1:4`. */
function partOf(given: Argument): { start: number | null; stop: number | null; step: number } | undefined {
  if (!isObject(given as never)) return undefined;
  const { class_name: name, config } = given as Readonly<Record<string, Argument>>;
  if (name !== "__slice__") return undefined;
  const { start = null, stop = null, step } = config as Readonly<Record<string, number | null>>;
  return { start, stop, step: step ?? 1 };
}

/** The operations. */
export const opOperations: Readonly<Record<string, Operation>> = {
  ...each(unary, (op) => (call) => ofArguments(op, operands(call).slice(0, 1))),
  ...each(binary, (op) => (call) => ofArguments(op, operands(call, "y", "x2", "b"))),
  ...each(reductions, reduction),
  add: (call) => ofArguments("add", operands(call, "y", "x2", "b")),
  rsqrt: (call) => ofArguments("pow", [operands(call)[0], -0.5]),
  reciprocal: (call) => ofArguments("divide", [1, operands(call)[0]]),
  where({ args, named }) {
    return ofArguments("where", [args[0] ?? named.condition, args[1] ?? named.x1, args[2] ?? named.x2]);
  },
  clip({ args, named }) {
    const [x, low, high] = [args[0] ?? named.x, args[1] ?? named.x_min, args[2] ?? named.x_max];
    return isNumber(low) && isNumber(high) ? ofArguments("clip", [x], { low, high }) : undefined;
  },
  matmul: (call) => ofArguments("matmul", operands(call, "x2", "b")),
  einsum: ({ args, named }) =>
    typeof named.subscripts === "string"
      ? ofArguments("einsum", args, { equation: named.subscripts })
      : undefined,
  normalize(call) {
    const [x, axis = -1] = operands(call, "axis");
    const isPlain = (call.named.order ?? 2) === 2;
    return isPlain && isTensor(x) && isNumber(axis)
      ? { type: "unitNormalization", config: { axis }, inputs: [x] }
      : undefined;
  },
  expanddims(call) {
    const [x, axis] = operands(call, "axis");
    if (!isTensor(x) || !isNumber(axis)) return undefined;
    const at = axis < 0 ? axis + x.shape.length + 2 : axis;
    return at > 0 ? reshaped(x, [...x.shape.slice(0, at - 1), 1, ...x.shape.slice(at - 1)]) : undefined;
  },
  squeeze(call) {
    const [x, axis] = operands(call, "axis");
    const axes = isTensor(x) ? axesOf(axis, x.shape.length + 1) : undefined;
    return isTensor(x) ? reshaped(x, axes && x.shape.filter((_, i) => !axes.includes(i + 1))) : undefined;
  },
  swapaxes({ args, named }) {
    const x = args[0] ?? named.x;
    const rank = isTensor(x) ? x.shape.length + 1 : 0;
    const [a, b] = [axesOf(args[1] ?? named.axis1, rank)?.[0], axesOf(args[2] ?? named.axis2, rank)?.[0]];
    if (a === undefined || b === undefined) return undefined;
    return permuted(
      x,
      Array.from({ length: rank }, (_, i) => (i === a ? b : i === b ? a : i)),
    );
  },
  moveaxis({ args, named }) {
    const x = args[0] ?? named.x;
    const rank = isTensor(x) ? x.shape.length + 1 : 0;
    const from = axesOf(args[1] ?? named.source, rank);
    const to = axesOf(args[2] ?? named.destination, rank);
    if (from?.length !== 1 || to?.length !== 1) return undefined;
    const order = Array.from({ length: rank }, (_, i) => i).filter((i) => i !== from[0]);
    order.splice(to[0]!, 0, from[0]!);
    return permuted(x, order);
  },
  getitem({ args, named }) {
    const [x, key] = [args[0] ?? named.x, args[1] ?? named.key];
    const parts = Array.isArray(key) ? (key as readonly Argument[]).map(partOf) : undefined;
    if (!isTensor(x) || !parts?.every((part) => part !== undefined) || parts.some((part) => part!.step < 1))
      return undefined;
    const [whole, ...others] = parts;
    if (!whole || whole.start !== null || whole.stop !== null || whole.step !== 1) return undefined;
    return ofArguments("slice", [x], {
      begin: [null, ...others.map((part) => part!.start)],
      end: [null, ...others.map((part) => part!.stop)],
      strides: [null, ...others.map((part) => part!.step)],
    });
  },
  pad({ args, named }) {
    const [x, padding] = [args[0] ?? named.x, args[1] ?? named.pad_width];
    const mode = named.mode ?? "constant";
    const value = named.constant_values ?? 0;
    const list = Array.isArray(padding) ? (padding as readonly Argument[]) : [];
    const isWhole = list.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isNumber));
    if (!isWhole || String(list[0]) !== "0,0" || !isNumber(value)) return undefined;
    if (mode !== "constant" && mode !== "reflect" && mode !== "symmetric") return undefined;
    return ofArguments("pad", [x], { padding: list, mode, value });
  },
  tile(call) {
    const [x, repeats] = operands(call, "repeats");
    const list = Array.isArray(repeats) ? (repeats as readonly Argument[]) : [];
    const isRight =
      isTensor(x) && list.length === x.shape.length + 1 && list[0] === 1 && list.every(isNumber);
    return isRight ? ofArguments("tile", [x], { repeats: list.slice(1) }) : undefined;
  },
  cumsum(call) {
    const [x, axis] = operands(call, "axis");
    const axes = isTensor(x) ? axesOf(axis, x.shape.length + 1) : undefined;
    return axes?.length === 1 ? ofArguments("cumsum", [x], { axis: axes[0] }) : undefined;
  },
};
