/**
 * Models of any shape without loops: layers are applied to symbolic tensors, and the model is what lies between two of
 * them. For residual nets and the like; a plain chain is shorter by `sequential`, and trains to the same bits.
 */
import { AnygradError } from "../errors.ts";
import { type Layer, SymbolicTensor } from "../layers/layer.ts";
import { checkSymbolic } from "../layers/symbolic.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import { Model } from "./model.ts";
import { checkExampleShape, connect } from "./network/connect.ts";
import type { Place } from "./network/graph.ts";

/**
 * Where a network begins.
 * @param options.shape of an example, without the batch axis
 * @param options.name for the summary; default "input_layer"
 * @throws AnygradError INVALID_ARGUMENT
 * @example
 * ```js
 * import { input, layers } from "anygrad";
 *
 * const x = input({ shape: [28, 28, 1] });
 * console.log(layers.flatten().apply(x).shape); // [784]
 * ```
 */
export function input(options: { shape: Shape; name?: string }): SymbolicTensor {
  const { shape, name = "input_layer" } = strictOptions("input", options, "shape name:string");
  return new SymbolicTensor(checkExampleShape("input: shape", shape), [], name);
}

/** Options of {@link model}. */
export interface ModelOptions {
  /** What `input` gave. */
  inputs: SymbolicTensor | readonly SymbolicTensor[];
  /** What the last layer gave. */
  outputs: SymbolicTensor | readonly SymbolicTensor[];
  /** Default "functional". */
  name?: string;
  /** Seed of the first weights. Default 0. */
  seed?: number;
}

/**
 * The layers between an input and an output, in the order in which the output needs them. A layer that was applied twice
 * has one set of weights; two models of the same layers have weights of their own.
 *
 * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH; UNSUPPORTED for several inputs or outputs
 * @example
 * ```js
 * import { input, layers, model } from "anygrad";
 *
 * const x = input({ shape: [28, 28, 1] });
 * const y = layers.conv2d({ filters: 1, kernelSize: 3, padding: "same" }).apply(x);
 * const net = model({ inputs: x, outputs: layers.add([x, y]) });
 * console.log(net.outputShape, net.parameters.total); // [28, 28, 1] 10
 * ```
 */
export function model(options: ModelOptions): Model {
  const {
    inputs,
    outputs,
    name = "functional",
    seed = 0,
  } = strictOptions("model", options, "inputs outputs name:string seed");
  const from = single("inputs", inputs);
  const to = single("outputs", outputs);
  if (typeof from.source !== "string")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `model: inputs is what a ${from.source.type} layer gives; pass what input({ shape }) gave${typeof to.source === "string" ? " (inputs and outputs are exchanged)" : ""}`,
    );
  if (to === from)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "model: outputs is the input itself; apply at least one layer to it",
    );
  return new Model(connect(placesBetween(from, to), from.shape, from.source), { name, seed });
}

/** A data set has one x and one y. @throws AnygradError INVALID_ARGUMENT, UNSUPPORTED */
function single(
  side: "inputs" | "outputs",
  given: SymbolicTensor | readonly SymbolicTensor[],
): SymbolicTensor {
  const list = given instanceof SymbolicTensor || !Array.isArray(given) ? [given] : given;
  for (const tensor of list) checkSymbolic(`model: ${side}`, tensor);
  if (list.length !== 1)
    throw new AnygradError(
      "UNSUPPORTED",
      `model: ${side} is a list of ${list.length}, but a data set has one x and one y; ${side === "inputs" ? "begin with one input that holds all numbers of an example" : "join them by layers.concatenate, or make a model for each"}`,
    );
  return list[0] as SymbolicTensor;
}

/** All that the output needs, each behind its inputs. */
export function placesBetween(from: SymbolicTensor, to: SymbolicTensor): Place[] {
  const places: Place[] = [];
  const firsts = new Map<Layer, number>();
  const positions = new Map([[from, -1]]);
  const open = [to]; // no recursion: a net may be deeper than the stack
  for (let tensor = open.at(-1); tensor; tensor = open.at(-1)) {
    const { source: layer, shape, madeOf } = tensor;
    const next = madeOf.find((each) => !positions.has(each));
    if (next) {
      open.push(next);
      continue;
    }
    open.pop();
    if (positions.has(tensor)) continue;
    if (typeof layer === "string")
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `model: outputs needs an input of ${formatShape(shape)} that is not the one in inputs, of ${formatShape(from.shape)}; build both from one input`,
      );
    const inputs = madeOf.map((each) => positions.get(each)!);
    const position = places.length;
    const first = firsts.get(layer) ?? position;
    firsts.set(layer, first);
    places.push({ layer, inputs, first });
    positions.set(tensor, position);
  }
  return places;
}
