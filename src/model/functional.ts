/**
 * Models of any shape without loops: layers are applied to symbolic tensors, and the model is what lies between some of
 * them. For residual nets, several inputs and outputs and the like; a plain chain is shorter by `sequential`, and trains to the
 * same bits.
 */
import { AnygradError, quote } from "../errors.ts";
import { SymbolicTensor } from "../layers/layer.ts";
import { checkSymbolic } from "../layers/symbolic.ts";
import { strictOptions } from "../math/options.ts";
import type { ExampleShape } from "../tensor/shape.ts";
import { Model } from "./model.ts";
import { connect, distinct, lengthsToTry } from "./network/connect.ts";
import type { Form } from "./network/graph.ts";
import { placesBetween } from "./network/places.ts";
import type { Prediction } from "./predictions/predict.ts";

/**
 * Where a network begins.
 * @param options.shape of an example, without the batch axis; null where its length is open: `[null, 8]` takes sequences of any length
 * @param options.name for the summary, and for data that are given by the names of inputs; default "input_layer"
 * @throws AnygradError INVALID_ARGUMENT
 * @example
 * ```js
 * import { input, layers } from "anygrad";
 *
 * const x = input({ shape: [28, 28, 1] });
 * console.log(layers.flatten().apply(x).shape); // [784]
 * const steps = input({ shape: [null, 8] });
 * console.log(layers.lstm({ units: 4, returnSequences: true }).apply(steps).shape); // [null, 4]
 * ```
 */
export function input(options: { shape: ExampleShape; name?: string }): SymbolicTensor {
  const { shape, name = "input_layer" } = strictOptions("input", options, "shape name:string");
  const { sizes, others } = lengthsToTry("input: shape", shape);
  return new SymbolicTensor(sizes, [], name, undefined, others);
}

/** One tensor, a list of them, or a record by names. */
export type Tensors = SymbolicTensor | readonly SymbolicTensor[] | Readonly<Record<string, SymbolicTensor>>;

/** What `predict` gives for these outputs: one prediction, a list, or a record by their names. */
export type PredictionOf<Outputs extends Tensors> = Outputs extends SymbolicTensor
  ? Prediction
  : Outputs extends readonly [SymbolicTensor]
    ? Prediction
    : Outputs extends readonly SymbolicTensor[]
      ? Prediction[]
      : { [name in keyof Outputs]: Prediction };

/** Options of {@link model}. */
export interface ModelOptions<Outputs extends Tensors = Tensors> {
  /** What `input` gave: one, a list, or a record of them, whose names are those by which data are given. */
  inputs: Tensors;
  /**
   * What layers gave: one, a list, whose names are those of the layers, or a record by names of your own. Losses, metrics and
   * targets are given by these names, and `predict` gives what has the same form.
   */
  outputs: Outputs;
  /** Default "functional". */
  name?: string;
  /** Seed of the first weights. Default 0. */
  seed?: number;
}

/**
 * The layers between inputs and outputs, in the order in which the outputs need them. A layer that was applied twice
 * has one set of weights; so has one that stands in two models of one engine, as in Keras: an encoder that is part of an
 * autoencoder is trained with it.
 *
 * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH
 * @example
 * ```js
 * import { input, layers, model } from "anygrad";
 *
 * const x = input({ shape: [28, 28, 1] });
 * const y = layers.conv2d({ filters: 1, kernelSize: 3, padding: "same" }).apply(x);
 * const net = model({ inputs: x, outputs: layers.add([x, y]) });
 * console.log(net.outputShape, net.parameters.total); // [28, 28, 1] 10
 *
 * const text = input({ shape: [20], name: "text" });
 * const price = input({ shape: [1], name: "price" });
 * const both = layers.dense({ units: 8, activation: "relu" }).apply(layers.concatenate([text, price]));
 * const outputs = { sold: layers.dense({ units: 1 }).apply(both), kind: layers.dense({ units: 3 }).apply(both) };
 * console.log(model({ inputs: [text, price], outputs }).outputNames); // ['sold', 'kind']
 * ```
 */
export function model<const Outputs extends Tensors>(
  options: ModelOptions<Outputs>,
): Model<PredictionOf<Outputs>> {
  const {
    inputs,
    outputs,
    name = "functional",
    seed = 0,
  } = strictOptions<ModelOptions, "inputs outputs name:string seed">(
    "model",
    options,
    "inputs outputs name:string seed",
  );
  const from = listed("inputs", inputs);
  const to = listed("outputs", outputs);
  checkEnds(from.tensors, to.tensors);
  const found = placesBetween(from.tensors, to.tensors);
  const nodes = found.map(({ tensor }) => tensor);
  const used = new Set<string>();
  const ends = {
    inputs: from.tensors.map((tensor, i) => ({
      name: distinct(from.names?.[i] ?? (tensor.source as string), used),
      shape: tensor.sizes,
      others: tensor.others,
    })),
    outputs: to.tensors.map((tensor, i) => ({
      name: to.names?.[i],
      node: nodes.indexOf(tensor),
    })),
    forms: { inputs: from.form, outputs: to.form },
  };
  const places = found.map(({ tensor: _, ...place }) => place);
  const symbols = { inputs: from.tensors, nodes };
  return new Model<PredictionOf<Outputs>>(connect(places, ends), { name, seed, symbols });
}

/** The tensors of one side, their names where they were given by name, and in which form. */
interface Side {
  readonly tensors: readonly SymbolicTensor[];
  readonly names: readonly string[] | undefined;
  readonly form: Form;
}

/** @throws AnygradError INVALID_ARGUMENT */
function listed(side: "inputs" | "outputs", given: Tensors): Side {
  const isRecord = Object.prototype.toString.call(given) === "[object Object]" && !("type" in given);
  const record =
    isRecord && !(given instanceof SymbolicTensor) ? (given as Record<string, SymbolicTensor>) : undefined;
  const tensors = record
    ? Object.values(record)
    : Array.isArray(given)
      ? (given as SymbolicTensor[])
      : [given as SymbolicTensor];
  for (const tensor of tensors) checkSymbolic(`model: ${side}`, tensor);
  if (tensors.length === 0)
    throw new AnygradError("UNSUPPORTED", `model: ${side} is a list of 0; pass at least one tensor`);
  const names = record && Object.keys(record);
  const odd = names?.find((name) => name === "" || name.includes("/"));
  if (odd !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `model: ${side} has the name ${quote(odd)}; pass a text without "/"`,
    );
  return { tensors, names, form: record ? "record" : tensors.length > 1 ? "list" : "one" };
}

/** @throws AnygradError INVALID_ARGUMENT for what is no beginning, or no end, of a network */
function checkEnds(from: readonly SymbolicTensor[], to: readonly SymbolicTensor[]): void {
  from.forEach((tensor, i) => {
    if (typeof tensor.source !== "string")
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `model: inputs is what a ${tensor.source.type} layer gives; pass what input({ shape }) gave${to.every(({ source }) => typeof source === "string") ? " (inputs and outputs are exchanged)" : ""}`,
      );
    if (from.indexOf(tensor) !== i)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `model: inputs has "${tensor.source}" twice; pass each input once`,
      );
  });
  if (to.some((tensor) => from.includes(tensor)))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "model: outputs is the input itself; apply at least one layer to it",
    );
}
