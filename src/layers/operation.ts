/**
 * An op as a layer: what graphs of other libraries do between their layers, such as a product with a constant or a slice. It is described by
 * names and numbers alone, so that files hold it.
 */
import { filled } from "../autograd/constant.ts";
import { AnygradError, quote } from "../errors.ts";
import { getInitializer } from "../initializers/index.ts";
import { unknownName } from "../math/options.ts";
import type { Operand } from "../ops/arithmetic.ts";
import * as ops from "../ops/index.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions, WeightSpec } from "./layer.ts";
import { traced } from "./traced.ts";

/** A size: a number, or that of an axis of what the layer is applied to, counted with the batch's, and as many more. */
export type OperationSize = number | readonly [input: number, axis: number, more: number];

/** What an op is given besides its tensors; each reads its own. Axes are counted with the batch axis, which is 0. */
interface Attributes {
  readonly axis?: number | readonly number[];
  readonly axes?: readonly number[];
  readonly begin?: readonly (OperationSize | null)[];
  readonly end?: readonly (OperationSize | null)[];
  readonly strides?: readonly (number | null)[];
  readonly padding?: readonly (readonly [number, number])[];
  readonly mode?: "constant" | "reflect" | "symmetric" | "edge";
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
  readonly shape?: readonly OperationSize[];
  readonly size?: readonly [OperationSize, OperationSize];
  readonly interpolation?: "nearest" | "bilinear";
  readonly repeats?: readonly number[];
  readonly exclusive?: boolean;
  readonly reverse?: boolean;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  readonly equation?: string;
  readonly blockSize?: number;
  readonly k?: number;
  readonly largest?: boolean;
}

type Run = (inputs: readonly Operand[], attributes: Attributes) => Tensor;

/** An op of tensors alone. */
const unary =
  (op: (x: Tensor) => Tensor): Run =>
  ([x]) =>
    op(x as Tensor);
/** An op of two tensors or numbers. */
const binary =
  (op: (a: Operand, b: Operand) => Tensor): Run =>
  ([a, b]) =>
    op(a!, b!);
const reduction =
  (op: (x: Tensor, options: { axis?: number | readonly number[] }) => Tensor): Run =>
  ([x], { axis }) =>
    op(x as Tensor, axis === undefined ? {} : { axis });

const sizeFrom = (size: OperationSize, inputs: readonly Operand[]): number =>
  typeof size === "number" ? size : (inputs[size[0]] as Tensor).shape[size[1]]! + size[2];

/** The shape of a batch whose examples have this one. */
const batchOf = (inputs: readonly Operand[], { shape }: Attributes): number[] => [
  (inputs[0] as Tensor).shape[0]!,
  ...shape!.map((size) => sizeFrom(size, inputs)),
];

const largestOf = (
  x: Operand | undefined,
  { axis, k, largest = true }: Attributes,
): ReturnType<typeof ops.topK> => ops.topK(x as Tensor, k!, { axis: axis as number, largest });

/** The ops by their names in `ops`, made when a layer is one of them. */
let made: Readonly<Record<string, Run>> | undefined;

function table(): Readonly<Record<string, Run>> {
  made ??= {
    abs: unary(ops.abs),
    negative: unary(ops.negative),
    exp: unary(ops.exp),
    log: unary(ops.log),
    sqrt: unary(ops.sqrt),
    square: unary(ops.square),
    sin: unary(ops.sin),
    cos: unary(ops.cos),
    tan: unary(ops.tan),
    erf: unary(ops.erf),
    sign: unary(ops.sign),
    floor: unary(ops.floor),
    round: unary(ops.round),
    arcsin: unary(ops.arcsin),
    arccos: unary(ops.arccos),
    arctan: unary(ops.arctan),
    sinh: unary(ops.sinh),
    cosh: unary(ops.cosh),
    arcsinh: unary(ops.arcsinh),
    arccosh: unary(ops.arccosh),
    arctanh: unary(ops.arctanh),
    sigmoid: unary(ops.sigmoid),
    tanh: unary(ops.tanh),
    softmax: unary(ops.softmax),
    logSoftmax: unary(ops.logSoftmax),
    trunc: unary((x) => ops.cast(ops.cast(x, "int32"), "float32")),
    add: binary(ops.add),
    subtract: binary(ops.subtract),
    multiply: binary(ops.multiply),
    divide: binary(ops.divide),
    maximum: binary(ops.maximum),
    minimum: binary(ops.minimum),
    pow: binary(ops.pow),
    mod: binary(ops.mod),
    equal: binary(ops.equal),
    notEqual: binary(ops.notEqual),
    greater: binary(ops.greater),
    greaterEqual: binary(ops.greaterEqual),
    less: binary(ops.less),
    lessEqual: binary(ops.lessEqual),
    where: ([condition, a, b]) => ops.where(condition as Tensor, a!, b!),
    sum: reduction(ops.sum),
    mean: reduction(ops.mean),
    max: reduction(ops.max),
    min: reduction(ops.min),
    prod: reduction(ops.prod),
    logSumExp: reduction(ops.logSumExp),
    argmax: unary((x) => ops.cast(ops.argmax(x), "float32")),
    topK: ([x], given) => largestOf(x, given).values,
    topKIndices: ([x], given) => ops.cast(largestOf(x, given).indices, "float32"),
    clip: ([x], { low, high }) => ops.clip(x as Tensor, low!, high!),
    slice(inputs, { begin, end, strides }) {
      const placed = (places: readonly (OperationSize | null)[]): (number | null)[] =>
        places.map((place) => (place === null ? null : sizeFrom(place, inputs)));
      return ops.slice(inputs[0] as Tensor, {
        ...(begin && { begin: placed(begin) }),
        ...(end && { end: placed(end) }),
        ...(strides && { strides }),
      });
    },
    reshape: (inputs, given) => ops.reshape(inputs[0] as Tensor, batchOf(inputs, given)),
    transpose: ([x], { axes }) => ops.transpose(x as Tensor, axes),
    concatenate: (inputs, { axis }) => ops.concatenate(inputs as Tensor[], { axis: axis as number }),
    pad: ([x], { padding, mode, value }) =>
      ops.pad(x as Tensor, padding!, { ...(mode && { mode }), ...(value !== undefined && { value }) }),
    gather: ([x, indices], { axis }) =>
      ops.gather(x as Tensor, ops.cast(indices as Tensor, "int32"), { axis: axis as number }),
    takeAlongAxis: ([x, indices], { axis }) =>
      ops.takeAlongAxis(x as Tensor, ops.cast(indices as Tensor, "int32"), { axis: axis as number }),
    matmul: ([a, b], { transposeA = false, transposeB = false }) =>
      ops.matmul(a as Tensor, b as Tensor, { transposeA, transposeB }),
    broadcastTo: (inputs, given) => ops.broadcastTo(inputs[0] as Tensor, batchOf(inputs, given)),
    constant([x, constant]) {
      const { allocator, shape } = x as Tensor;
      return ops.add(filled(allocator, [shape[0]!, ...(constant as Tensor).shape], 0), constant as Tensor);
    },
    tile: ([x], { repeats }) => ops.tile(x as Tensor, [1, ...repeats!]),
    cumsum: ([x], { axis, exclusive = false, reverse = false }) =>
      ops.cumsum(x as Tensor, { axis: axis as number, exclusive, reverse }),
    resize(inputs, { size, interpolation = "bilinear" }) {
      const [height, width] = size!.map((each) => sizeFrom(each, inputs)) as [number, number];
      return ops.resize(inputs[0] as Tensor, [height, width], { interpolation });
    },
    einsum: (inputs, { equation }) => ops.einsum(equation!, ...(inputs as Tensor[])),
    depthToSpace: ([x], { blockSize }) => ops.depthToSpace(x as Tensor, blockSize!),
    spaceToDepth: ([x], { blockSize }) => ops.spaceToDepth(x as Tensor, blockSize!),
  };
  return made;
}

/** What an op takes at a place: a tensor that the layer is applied to, a number, or a weight. */
export type OperationArgument =
  | "input"
  | number
  | {
      /** Shape of the weight. */
      readonly shape: Shape;
      /** Whether it is learned. Default false. */
      readonly trainable?: boolean;
      /**
       * Rows and columns of the matrix that the op takes in place of a weight of three numbers: the first stands below the diagonal, the second
       * on it, the third above it, as in masks of attention. Default: it takes the weight.
       */
      readonly triangle?: readonly [rows: OperationSize, columns: OperationSize];
    };

/** Options of {@link operation}. */
export interface OperationOptions extends LayerOptions {
  /** The name of the op, such as "slice". */
  op: string;
  /** What it takes, in turn: "input" for each tensor that the layer is applied to, numbers, and weights. Default: inputs alone. */
  arguments?: readonly OperationArgument[];
  /** Its options, as in `ops`; axes are counted with the batch axis, which is 0, and shapes are those of an example. */
  attributes?: Readonly<Record<string, unknown>>;
}

interface Config {
  op: string;
  arguments?: readonly OperationArgument[];
  attributes: Readonly<Record<string, unknown>>;
}

/** The weights among the arguments: "constant", then "constant_1". */
function weightsOf({ arguments: given }: Config): WeightSpec[] {
  return (given ?? [])
    .filter((each) => typeof each === "object")
    .map(({ shape, trainable = false }, i) => ({
      name: i === 0 ? "constant" : `constant_${i}`,
      shape,
      initializer: getInitializer("zeros"),
      trainable,
    }));
}

/** What the op takes, in its order. */
function taken(
  { arguments: given }: Config,
  inputs: readonly Tensor[],
  weights: Readonly<Record<string, Tensor>>,
): readonly Operand[] {
  if (!given) return inputs;
  const rest = [...inputs];
  const own = Object.values(weights);
  return given.map((each) => {
    if (typeof each === "number") return each;
    if (each === "input") return rest.shift()!;
    const weight = own.shift()!;
    return each.triangle ? triangle(weight, each.triangle.map((size) => sizeFrom(size, inputs))) : weight; // biome-ignore format: one choice
  });
}

/** A matrix of three numbers: below, on and above the diagonal. */
function triangle(values: Tensor, shape: Shape): Tensor {
  const ones = filled(values.allocator, shape, 1);
  const above = ops.sign(ops.subtract(ops.cumsum(ones, { axis: 1 }), ops.cumsum(ones, { axis: 0 })));
  return ops.gather(values, ops.cast(ops.add(above, 1), "int32"), { axis: 0 });
}

function shapeOf(config: Config, inputs: readonly Shape[]): Shape {
  const wanted = config.arguments?.filter((each) => each === "input").length ?? inputs.length;
  if (wanted !== inputs.length)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `operation: ${config.op} takes ${wanted} tensors but got ${inputs.length}; pass as many as arguments has "input"`,
    );
  const run = table()[config.op]!;
  return traced(`operation ${config.op}`, inputs, weightsOf(config), (tensors, { weights }) =>
    run(taken(config, tensors, weights), config.attributes),
  );
}

const definition: LayerDefinition<Config> = {
  type: "operation",
  keras: "Operation",
  traits: { merges: true },
  outputShape: (inputs, config) => shapeOf(config, inputs),
  weights: (_, config) => weightsOf(config),
  call: (inputs, { config, weights }) =>
    table()[config.op]!(taken(config, inputs, weights), config.attributes),
};

/**
 * An op of `ops` as a layer, by its name. For models that come from other libraries' graphs; in networks of one's own `lambda`
 * and `defineLayer` are shorter.
 * @throws AnygradError INVALID_ARGUMENT for an op that cannot be a layer and for arguments that are none
 * @example
 * ```js
 * import { layers, sequential } from "anygrad";
 *
 * const half = layers.operation({ op: "multiply", arguments: ["input", 0.5] });
 * const firstRow = layers.operation({ op: "slice", attributes: { begin: [null, 0], end: [null, 1] } });
 * console.log(sequential([half, firstRow], { inputShape: [4, 3] }).outputShape); // [1, 3]
 * ```
 */
export function operation(options: OperationOptions): Layer {
  const {
    op,
    arguments: given,
    attributes = {},
    ...shared
  } = layerOptions("operation", options, "op:string arguments:object attributes:object");
  const names = Object.keys(table());
  if (!names.includes(op)) throw unknownName("operation: op", op, names);
  const isArgument = (each: unknown): boolean =>
    each === "input" ||
    Number.isFinite(each) ||
    (Array.isArray((each as { shape?: unknown } | null)?.shape) &&
      (each as { shape: unknown[] }).shape.every((n) => Number.isInteger(n) && (n as number) > 0));
  const wrong = given && (!Array.isArray(given) || !given.every(isArgument));
  if (wrong)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `operation: arguments is ${quote(given)}; pass a list of "input", numbers and weights as { shape: ${formatShape([3])} }`,
    );
  const config: Config = {
    op,
    ...(given && { arguments: given.map(copied) }),
    attributes: { ...attributes },
  };
  return createLayer(definition, config, shared);
}

const copied = (each: OperationArgument): OperationArgument =>
  typeof each === "object"
    ? {
        shape: [...each.shape],
        trainable: each.trainable ?? false,
        ...(each.triangle && { triangle: each.triangle }),
      }
    : each;
