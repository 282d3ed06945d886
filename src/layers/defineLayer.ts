/** Layers of users' own: a name, options, weights, and what they do to tensors. */
import type { TensorData } from "../autograd/engine.ts";
import type { ConstraintLike } from "../constraints/index.ts";
import {
  type ConfigOf,
  type DefinitionOf,
  define,
  type NoTable,
  type OptionTable,
  type Own,
  type OwnDefinition,
  strictDefinition,
} from "../definitions/definition.ts";
import { layerNames } from "../definitions/names.ts";
import { AnygradError, quote, reasonOf } from "../errors.ts";
import { getInitializer, type InitializerLike } from "../initializers/index.ts";
import { strictOptions, unknownName } from "../math/options.ts";
import type { StepDraw } from "../ops/random.ts";
import { getRegularizer, type RegularizerLike } from "../regularizers/index.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor, Variable } from "../tensor/tensor.ts";
import { createLayer, type OwnLayer } from "./createLayer.ts";
import type { Call, Layer, LayerDefinition, LayerOptions, WeightSpec } from "./layer.ts";
import { maskOf } from "./masks.ts";
import { checkOutput, traced } from "./traced.ts";

/** A weight as a definition asks for it: its shape, or what is said of it besides. */
export type OwnWeight =
  | Shape
  | {
      /** Its shape; [] for one number. */
      readonly shape: Shape;
      /** What gives its first values. Default "glorotUniform". */
      readonly initializer?: InitializerLike;
      /** A penalty on it. Default: none. */
      readonly regularizer?: RegularizerLike | undefined;
      /** What holds it within bounds after each step. Default: nothing. */
      readonly constraint?: ConstraintLike | undefined;
      /** Whether it is learned. Default true. */
      readonly trainable?: boolean;
    };

/** Weights by their names. */
export type OwnWeights = Readonly<Record<string, OwnWeight>>;

/** What `call` of a definition gets besides the inputs. */
export interface OwnCall<Config> {
  /** The options, with their defaults. */
  readonly options: Config;
  /** The weights by name; those with `trainable: false` may be assigned to, before an op has read them. */
  readonly weights: Readonly<Record<string, Variable>>;
  /** Whether this is a step of training. */
  readonly training: boolean;
  /** Random numbers of this layer in this step, for `ops.dropout(x, { rate: 0.5, ...draw })`. */
  readonly draw: StepDraw;
  /** The mask [n, steps] of the input, 0 where a step is to be passed over; undefined where there is none. */
  readonly mask: Tensor | undefined;
  /** Adds a scalar to the loss; it does nothing where no loss is computed. */
  readonly penalize: (penalty: Tensor) => void;
  /** A constant tensor of these numbers, as `engine.tensor` makes it. */
  readonly tensor: (data: TensorData, shape?: Shape, dtype?: DType) => Tensor;
}

/** The inputs of a layer: one, or a list where the definition says how many. */
type Inputs<Count, T> = Count extends number | "any" ? readonly T[] : T;

/** What {@link defineLayer} takes. */
export interface OwnLayerDefinition<Table extends OptionTable, Count extends number | "any" | undefined>
  extends OwnDefinition<Table, (x: Inputs<Count, Tensor>, call: OwnCall<ConfigOf<Table>>) => Tensor> {
  /** How many tensors it takes, as a list: a number, or "any". Default: one, and no list. */
  readonly inputs?: Count;
  /** The weights by name, for inputs of these shapes, those of an example. Default: none. */
  readonly weights?: OwnWeights | ((shape: Inputs<Count, Shape>, options: ConfigOf<Table>) => OwnWeights);
  /** The shape of an example's output. Default: found by running `call` without numbers. */
  readonly outputShape?: (shape: Inputs<Count, Shape>, options: ConfigOf<Table>) => Shape;
}

/**
 * A layer of your own, `call` by ops with the batch axis in front: what is given back makes it with options, as `layers.dense` makes a dense one. It is trained, counted,
 * saved and resumed as any other; `load` is given the definition, since a file holds no functions. Its code runs in every step.
 * @throws AnygradError INVALID_ARGUMENT for a name that anygrad's own layers have, and for what is no definition
 * @example
 * ```js
 * import { createEngine, defineLayer, layers, load, ops, sequential } from "anygrad";
 *
 * const scale = defineLayer({
 *   name: "scale",
 *   options: { first: 1 },
 *   weights: ([features], { first }) => ({
 *     factor: { shape: [features], initializer: { type: "constant", config: { value: first } } },
 *   }),
 *   call: (x, { weights }) => ops.multiply(x, weights.factor),
 * });
 * const net = sequential([scale({ first: 2 }), layers.dense({ units: 1 })], { inputShape: [3], seed: 1 });
 * await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine: await createEngine() });
 * const again = await load(await net.save(), { custom: [scale] });
 * console.log(again.layers[0].type, again.parameters.total); // scale 7
 * ```
 */
export function defineLayer<
  Table extends OptionTable = NoTable,
  Count extends number | "any" | undefined = undefined,
>(given: OwnLayerDefinition<Table, Count>): DefinitionOf<Table, LayerOptions, Layer> {
  const { name, options, inputs, weights, outputShape, call } = strictDefinition(
    "layer",
    given,
    "(x, { weights, options }) => tensor",
    "inputs weights:function|object outputShape:function",
  );
  if (inputs !== undefined && inputs !== "any" && !(Number.isInteger(inputs) && (inputs as number) > 0))
    throw wrong("defineLayer", `inputs is ${quote(inputs)}; pass how many tensors it takes, or "any"`);
  const make = (own: Own, shared: object): Layer => {
    const config = own.config as ConfigOf<Table>;
    return ownLayer(
      {
        name,
        several: inputs !== undefined,
        count: (inputs ?? 1) as number | "any",
        weights: (shapes) =>
          typeof weights === "function" ? weights(shapes as Inputs<Count, Shape>, config) : (weights ?? {}),
        outputShape: outputShape && ((shapes) => outputShape(shapes as Inputs<Count, Shape>, config)),
        call: (tensors, whole) => call(tensors as Inputs<Count, Tensor>, whole as OwnCall<ConfigOf<Table>>),
      },
      own.config,
      shared,
      { custom: "layer", definition: own.definition },
    );
  };
  return define(
    { kind: "layer", taken: layerNames, shared: "name trainable:boolean" },
    { name, options },
    make,
  ) as DefinitionOf<Table, LayerOptions, Layer>;
}

/** A layer of the user's own with its options. */
export interface OwnParts {
  readonly name: string;
  /** The class in summaries. Default: the name, with a capital. */
  readonly keras?: string;
  /** Whether functions get lists, also of one. */
  readonly several: boolean;
  readonly count: number | "any";
  weights(shapes: Shape | readonly Shape[]): OwnWeights;
  readonly outputShape?: ((shapes: Shape | readonly Shape[]) => Shape) | undefined;
  call(x: Tensor | readonly Tensor[], call: OwnCall<unknown>): Tensor;
}

/** A layer of the user's own. @throws AnygradError INVALID_ARGUMENT */
export function ownLayer(
  parts: OwnParts,
  config: Readonly<Record<string, unknown>>,
  shared: LayerOptions,
  own: OwnLayer,
): Layer {
  const { name, several, count } = parts;
  const one = <T>(list: readonly T[]): T | readonly T[] => (several ? list : list[0]!);
  const specs = (shapes: readonly Shape[]): WeightSpec[] =>
    Object.entries(checkWeights(name, parts.weights(one(shapes)))).map(([weight, asked]) =>
      specOf(`${name}: weight ${quote(weight)}`, weight, asked),
    );
  const run = (tensors: readonly Tensor[], call: Call<unknown>): Tensor => {
    const { training, draw, penalize = () => {}, place } = call;
    const tensor: OwnCall<unknown>["tensor"] = (...data) => tensors[0]!.allocator.engine!.tensor(...data);
    const shared = { options: config, training, draw, penalize, tensor };
    return withWeights(name, call.weights, (weights) =>
      parts.call(one(tensors), {
        ...shared,
        weights,
        get mask() {
          return maskOf(place);
        },
      }),
    );
  };
  const found = new Map<string, ReturnType<typeof traced>>();
  const trace = (shapes: readonly Shape[]): ReturnType<typeof traced> => {
    const key = JSON.stringify(shapes);
    let known = found.get(key);
    known ??= traced(name, shapes, specs(shapes), run);
    found.set(key, known);
    return known;
  };
  const shapeOf = (shapes: readonly Shape[]): Shape => {
    if (count !== "any" && shapes.length !== count)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${name}: it got ${shapes.length} tensor${shapes.length === 1 ? "" : "s"} but takes ${count}; pass ${count === 1 ? "one" : "a list of them to apply"}`,
      );
    return parts.outputShape
      ? checkShape(`${name}: outputShape`, parts.outputShape(one(shapes)))
      : trace(shapes);
  };
  const definition: LayerDefinition<object> = {
    type: name,
    keras: parts.keras ?? `${name[0]!.toUpperCase()}${name.slice(1)}`,
    traits: several ? { merges: true } : {},
    outputShape: shapeOf,
    weights: specs,
    call(tensors, call) {
      tensors[0].allocator.kernels.interrupt(); // what it does may depend on what no capture shows
      const shapes = tensors.map(({ shape }) => shape.slice(1));
      return checkOutput(name, run(tensors, call), tensors[0].shape[0]!, shapeOf(shapes));
    },
  };
  return createLayer(definition, config, shared, own);
}

/** @throws AnygradError SHAPE_MISMATCH for what is not the shape of an example */
function checkShape(subject: string, shape: Shape): Shape {
  if (Array.isArray(shape) && shape.every((n) => Number.isInteger(n) && n > 0)) return [...shape];
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `${subject} gave ${quote(shape)}; give the shape of an example's output, without the batch axis, such as [28, 28, 1]`,
  );
}

/** @throws AnygradError INVALID_ARGUMENT for what are no weights by name */
function checkWeights(name: string, weights: OwnWeights): OwnWeights {
  const names = Object.prototype.toString.call(weights) === "[object Object]" ? Object.keys(weights) : [""];
  if (!names.some((each) => each === "" || each.includes("/"))) return weights;
  throw wrong(
    name,
    `weights gave ${quote(weights)}; give them by their names, without "/", as { kernel: { shape: [3, 4] } }`,
  );
}

/** @throws AnygradError INVALID_ARGUMENT */
function specOf(subject: string, name: string, asked: OwnWeight): WeightSpec {
  const {
    shape,
    initializer = "glorotUniform",
    regularizer,
    constraint,
    trainable = true,
  } = strictOptions<Exclude<OwnWeight, Shape>, string>(
    subject,
    Array.isArray(asked) ? { shape: asked as Shape } : (asked as Exclude<OwnWeight, Shape>),
    "shape initializer regularizer constraint:string|object|function trainable:boolean",
  );
  if (!Array.isArray(shape) || !shape.every((n) => Number.isInteger(n) && n > 0))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: shape is ${quote(shape)}; give a list of sizes, such as [3, 4], or [] for one number`,
    );
  return {
    name,
    shape: [...(shape as Shape)],
    initializer: getInitializer(initializer, `${subject}: initializer`),
    regularizer: regularizer && getRegularizer(regularizer, `${subject}: regularizer`),
    constraint,
    trainable,
  };
}

/** What `compute` gives of the weights; where it fails for want of one that is not there, the error says so. */
function withWeights(
  layer: string,
  weights: Readonly<Record<string, Tensor>>,
  compute: (weights: Readonly<Record<string, Variable>>) => Tensor,
): Tensor {
  let missing: string | undefined;
  const noted = new Proxy(weights, {
    get(target, name) {
      if (typeof name === "string" && !Object.hasOwn(target, name)) missing = name;
      return Reflect.get(target, name) as Tensor;
    },
  });
  try {
    return compute(noted as Readonly<Record<string, Variable>>);
  } catch (error) {
    if (missing === undefined || !/undefined/.test(reasonOf(error))) throw error;
    const { message } = unknownName(`${layer}: weight`, missing, Object.keys(weights));
    throw new AnygradError("INVALID_ARGUMENT", message, { cause: error });
  }
}

const wrong = (subject: string, fault: string): AnygradError =>
  new AnygradError("INVALID_ARGUMENT", `${subject}: ${fault}`);
