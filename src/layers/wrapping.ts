/** Layers around layers: both ways through a sequence, and the same layer for each step. */
import { AnygradError, quote } from "../errors.ts";
import { checkCount } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { isBuiltIn } from "../registry.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Call, Layer, LayerDefinition, LayerOptions, SymbolicTensor, WeightSpec } from "./layer.ts";
import { add, average, concatenate, multiply } from "./merging.ts";
import type { StateLayer } from "./recurrent.ts";
import { furtherStream } from "./recurrentDropout.ts";
import { sequenceRows } from "./sequenceRows.ts";

/** @throws AnygradError INVALID_ARGUMENT for what is no layer */
function checkLayer(subject: string, layer: Layer): Layer {
  if (typeof layer?.outputShape === "function") return layer;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject} is ${quote(layer)}; pass a layer, such as layers.lstm({ units: 16 })`,
  );
}

/** What a layer wants; of one that is frozen nothing is learned, also within a wrapper that is not. */
function weightsOf(layer: Layer, specs: readonly WeightSpec[]): readonly WeightSpec[] {
  return layer.trainable ? specs : specs.map((spec) => ({ ...spec, trainable: false }));
}

function prefixed(prefix: string, specs: readonly WeightSpec[]): WeightSpec[] {
  return specs.map((spec) => ({ ...spec, name: prefix + spec.name }));
}

/** The weights whose names have the prefix, without it. */
function under(prefix: string, weights: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(weights).flatMap(([name, weight]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), weight]] : [],
    ),
  );
}

/**
 * How the outputs of both ways are put together. "rows", which files have: the rows of one way behind those of the other, of which
 * lists are cut.
 */
export type MergeMode = "concat" | "sum" | "mul" | "ave" | "rows";

const merge: Readonly<Record<MergeMode, (a: Tensor, b: Tensor) => Tensor>> = {
  concat: (a, b) => ops.concatenate([a, b]),
  sum: ops.add,
  mul: ops.multiply,
  ave: (a, b) => ops.multiply(ops.add(a, b), 0.5),
  rows: (a, b) => ops.concatenate([rowsOf(a), rowsOf(b)], { axis: 1 }),
};

/** Layers that do the same to what has been cut of rows. */
const mergers = { concat: concatenate, sum: add, mul: multiply, ave: average } as const;

/** An output [n, units] as one row. */
function rowsOf(x: Tensor): Tensor {
  return x.shape.length === 2 ? ops.reshape(x, [x.shape[0]!, 1, x.shape[1]!]) : x;
}

interface BidirectionalConfig {
  layer: Layer;
  backwardLayer?: Layer;
  mergeMode: MergeMode | null;
}

/** Options of {@link bidirectional}. */
export interface BidirectionalOptions extends LayerOptions {
  /** simpleRNN, lstm or gru. */
  layer: Layer | StateLayer;
  /** The layer that goes the other way, with `goBackwards: true`. Default: as `layer`, with weights of its own. */
  backwardLayer?: Layer | StateLayer;
  /** "concat" (default), "sum", "mul", "ave", or null for both outputs in a list. */
  mergeMode?: MergeMode | null;
}

/** Makes layers that give one output, or, with `mergeMode: null` or a layer that returns its states, a list. */
interface BidirectionalMaker {
  (options: BidirectionalOptions & ({ mergeMode: null } | { layer: StateLayer })): StateLayer;
  (options: BidirectionalOptions): Layer;
}

/**
 * A recurrent layer that goes through a sequence both ways (Schuster and Paliwal, 1997). The outputs of all steps are both in
 * the order of the inputs. Its weights are those of the layer, named `forward_…` and `backward_…`. Where the layer has
 * `returnState: true`, `apply` gives the output, the states of the way forward and those of the other.
 * @throws AnygradError INVALID_ARGUMENT for another layer
 */
export const bidirectional = ((options) => {
  const { mergeMode: asked, ...rest } = options ?? {};
  const given = layerOptions<BidirectionalOptions, string>(
    "bidirectional",
    asked === null ? rest : options,
    "layer backwardLayer mergeMode",
  );
  const mergeMode = asked === null ? null : (given.mergeMode ?? "concat");
  const layer = recurrent("bidirectional: layer", given.layer as Layer);
  const other =
    given.backwardLayer && recurrent("bidirectional: backwardLayer", given.backwardLayer as Layer);
  if (mergeMode !== null && !Object.hasOwn(merge, mergeMode))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `bidirectional: mergeMode is ${quote(mergeMode)}; use one of ${Object.keys(mergers).join(", ")}, or null`,
    );
  const config: BidirectionalConfig = { layer, ...(other && { backwardLayer: other }), mergeMode };
  const { returnState } = layer.config as { returnState?: boolean | "rows" };
  if (mergeMode === null || (returnState === true && mergeMode !== "rows")) return severalOf(config, given);
  return bothWays(config, given);
}) as BidirectionalMaker;

/** The two ways, of which one has the prefix `forward_`. */
function bothWays(config: BidirectionalConfig, given: LayerOptions): Layer {
  const { layer, backwardLayer: other, mergeMode } = config;
  const rows = mergeMode === "rows";
  const forward = layer.traits!.half!({ rows });
  const backward = (other ?? layer).traits!.half!({
    ...(!other && { goBackwards: true }),
    flipped: true,
    rows,
  });
  checkPair(forward, backward);
  const pair = [
    ["forward_", forward, layer],
    ["backward_", backward, other ?? layer],
  ] as const;
  const states = pair.flatMap(([prefix, { traits }]) => (traits?.states ?? []).map((name) => prefix + name));
  const definition: LayerDefinition<BidirectionalConfig> = {
    type: "bidirectional",
    keras: "Bidirectional",
    traits: {
      merges: true,
      takesStates: true,
      ...(states.length > 0 && { states }),
    },
    outputShape(inputs) {
      if (mergeMode === null)
        throw new AnygradError(
          "INVALID_ARGUMENT",
          "bidirectional: it gives several tensors, which a list of layers has no place for; use model() and apply",
        );
      const [a, b] = pair.map(([, way], which) => way.outputShape(ofWay(inputs, which))) as [Shape, Shape];
      if (mergeMode === "concat") return [...a.slice(0, -1), a.at(-1)! + b.at(-1)!];
      if (a.at(-1) !== b.at(-1))
        throw new AnygradError(
          "SHAPE_MISMATCH",
          `bidirectional: the ways give ${formatShape(a)} and ${formatShape(b)}; give both layers the same units`,
        );
      const count = ([first, ...inner]: Shape): number => (inner.length === 0 ? 1 : first!);
      return rows ? [count(a) + count(b), a.at(-1)!] : a;
    },
    weights: (inputs) =>
      pair.flatMap(([prefix, way, whole]) => prefixed(prefix, weightsOf(whole, way.weights(inputs)))),
    call(inputs, call) {
      const [a, b] = pair.map(([prefix, way], which) =>
        way.call(ofWay(inputs, which) as [Tensor], {
          ...inner(call, 2 * which),
          weights: under(prefix, call.weights),
        }),
      ) as [Tensor, Tensor];
      return merge[mergeMode!](a, b);
    },
  };
  return createLayer(definition, config, given);
}

/** The layer with an `apply` that gives a list, whose parts are cut of the rows of one layer. */
function severalOf(config: BidirectionalConfig, given: LayerOptions): StateLayer {
  const { mergeMode } = config;
  const { returnSequences, returnState } = config.layer.config as {
    returnSequences: boolean;
    returnState: boolean | "rows";
  };
  const whole = bothWays({ ...config, mergeMode: "rows" }, given);
  return {
    ...bothWays({ ...config, mergeMode: null }, given),
    apply(...inputs) {
      const [steps = 1] = (inputs.flat()[0] as SymbolicTensor | undefined)?.sizes ?? [];
      const both = whole.apply(...inputs);
      const each = both.sizes[0]! / 2;
      const outputs = returnSequences ? steps : 1;
      const isOpen = both.shape[0] === null;
      const row = (half: number, at: number, end?: number): SymbolicTensor => {
        const from = isOpen ? 0 : half * each;
        const last = end !== undefined && { end: isOpen ? end - each : from + end };
        const begin = isOpen && at > 0 ? at - each : from + at; // from the end, where the length is open
        return sequenceRows({ begin, ...last, ...(isOpen && { half }) }).apply(both);
      };
      const way = (half: number): SymbolicTensor => row(half, 0, returnSequences ? outputs : undefined);
      const states = (half: number): SymbolicTensor[] =>
        Array.from({ length: each - outputs }, (_, s) => row(half, outputs + s));
      const pair = [way(0), way(1)];
      const merged = mergeMode === null ? pair : [mergers[mergeMode as keyof typeof mergers]().apply(pair)];
      return returnState ? [...merged, ...states(0), ...states(1)] : merged;
    },
  };
}

/** The input, and of the initial states the first half for the way forward, the second for the other. */
function ofWay<T>([x, ...states]: readonly T[], way: number): T[] {
  const half = states.length / 2;
  return [x!, ...states.slice(way * half, (way + 1) * half)];
}

/** What a wrapped layer is called with; its random numbers are of other streams than those of the one beside it. */
function inner<Config>(
  { config: _, draw, ...call }: Call<Config>,
  further: number,
): Omit<Call<unknown>, "config"> {
  return { ...call, draw: { ...draw, stream: (draw.stream ?? 0) + further * furtherStream } };
}

/** @throws AnygradError INVALID_ARGUMENT for another kind of layer, UNSUPPORTED for a changed copy */
function recurrent(subject: string, layer: Layer): Layer {
  checkLayer(subject, layer);
  if (!layer.traits?.half)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject} is ${layer.type}; pass one that can go both ways: simpleRNN, lstm or gru`,
    );
  layer.toJSON(); // a changed copy would be taken for what it is a copy of
  return layer;
}

/** @throws AnygradError INVALID_ARGUMENT */
function checkPair(forward: Layer, backward: Layer): void {
  const names = ["goBackwards", "returnSequences", "returnState"] as const;
  const [a, b] = [forward.config, backward.config] as Record<(typeof names)[number], unknown>[];
  for (const name of names) {
    const same = a![name] === b![name];
    if (same === (name === "goBackwards"))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `bidirectional: both layers must ${name === "goBackwards" ? "differ in goBackwards" : `have the same ${name}`}; change it in backwardLayer`,
      );
  }
}

/**
 * The same layer, with the same weights, for each step of a sequence: [n, steps, …] gives [n, steps, …].
 * @throws AnygradError INVALID_ARGUMENT for what is no layer
 */
export function timeDistributed(options: LayerOptions & { layer: Layer }): Layer {
  const given = layerOptions("timeDistributed", options, "layer");
  const layer = checkLayer("timeDistributed: layer", given.layer);
  const shapeOfStep = (input: Shape | undefined): Shape => {
    if (input && input.length > 1) return input.slice(1);
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `timeDistributed: the input of an example is ${formatShape(input ?? [])}; wanted [steps, …]`,
    );
  };
  const { differsInTraining } = layer.traits ?? {};
  const definition: LayerDefinition<{ layer: Layer }> = {
    type: "timeDistributed",
    keras: "TimeDistributed",
    traits: {
      ...(differsInTraining && { differsInTraining }),
    },
    outputShape: ([input]) => [input![0]!, ...layer.outputShape([shapeOfStep(input)])],
    weights: ([input]) => weightsOf(layer, layer.weights([shapeOfStep(input)])),
    call([x], call) {
      const [n = 0, each = 0, ...step] = x.shape;
      if (!isBuiltIn(layer.call)) x.allocator.kernels.interrupt(); // code of users runs in every step
      const y = layer.call([ops.reshape(x, [n * each, ...step])], {
        ...inner(call, 0),
        place: { nodes: [], outputs: [], given: [x], i: 0 }, // no mask: each step is an example
      });
      return ops.reshape(y, [n, each, ...y.shape.slice(1)]);
    },
  };
  return createLayer(definition, { layer }, given);
}

const repeatDefinition: LayerDefinition<{ n: number }> = {
  type: "repeatVector",
  keras: "RepeatVector",
  outputShape([input], { n }) {
    if (input?.length === 1) return [n, input[0]!];
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `repeatVector: the input of an example is ${formatShape(input ?? [])}; wanted [features]`,
    );
  },
  call([x], { config: { n } }) {
    const [rows = 0, features = 0] = x.shape;
    return ops.concatenate(
      Array.from({ length: n }, () => ops.reshape(x, [rows, 1, features])),
      { axis: 1 },
    );
  },
};

/** The same numbers for each of n steps: [rows, features] gives [rows, n, features]. */
export function repeatVector(options: LayerOptions & { n: number }): Layer {
  const { n, ...shared } = layerOptions("repeatVector", options, "n");
  return createLayer(repeatDefinition, { n: checkCount("repeatVector: n", n) }, shared);
}
