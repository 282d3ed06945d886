/**
 * The ops that a network runs for a batch, as a list. It runs several times, with batches of two and of three examples of other numbers and,
 * where the model takes any length, of other lengths: a size that differs depends on them, and a number that differs without an op that
 * made it is refused. So every layer that computes by ops can be exported, users' own among them, and none is described a second time.
 */
import type { Engine } from "../../../autograd/engine.ts";
import { AnygradError, quote } from "../../../errors.ts";
import type { Layer } from "../../../layers/index.ts";
import type { Model, Predictions } from "../../../model/index.ts";
import { sizeOf, stridesOf } from "../../../tensor/shape.ts";
import type { Recorder, Tensor } from "../../../tensor/tensor.ts";
import { batches, type PlannedRun, planned } from "./runs.ts";
import { OpenSize, type Size } from "./sizes.ts";

/** A tensor on the way through a network. */
export interface TracedTensor {
  /** Sizes of the axes. */
  readonly shape: readonly Size[];
  /** Its element type in the trace. */
  readonly dtype: string;
  /** The numbers of what does not depend on the input, each axis of open size as one: along that they repeat. */
  readonly data?: Numbers;
  /** The numbers of what depends on sizes alone: a single one that is another in each run, or 0, 1, 2 … as many as a size says. */
  readonly ofSizes?: OpenSize | "count";
  /** The name of the weight that it is. */
  readonly weight?: string;
}

/** An op that ran. */
export interface TracedOp {
  readonly name: string;
  readonly inputs: readonly (TracedTensor | undefined)[];
  readonly output: TracedTensor;
  /** Its other arguments; `Size` in place of numbers. */
  readonly attributes: unknown;
  /** The layer that ran it, and its name. */
  readonly layer: Layer;
  readonly layerName: string;
}

/** What a network does to a batch. */
export interface Trace {
  /** The sizes that the file names: of the batch and of lengths. */
  readonly names: ReadonlyMap<OpenSize, string>;
  readonly inputs: readonly { readonly name: string; readonly tensor: TracedTensor }[];
  readonly outputs: readonly { readonly name: string; readonly tensor: TracedTensor }[];
  readonly ops: readonly TracedOp[];
}

/** What is asked of a model. */
export type Traced = Pick<Model<Predictions>, "name" | "engine" | "graph" | "getWeights">;
type Graph = Traced["graph"];
type Numbers = ArrayLike<number> & Iterable<number>;

/** An op of a run. */
interface Ran {
  readonly name: string;
  readonly inputs: readonly (Tensor | undefined)[];
  readonly output: Tensor;
  readonly attributes: unknown;
  readonly at: number;
}

/** What a run did. */
interface Run {
  readonly ops: Ran[];
  readonly outputs: Tensor[];
  readonly given: readonly Tensor[];
  readonly weights: ReadonlyMap<Tensor, string>;
}

/**
 * @throws AnygradError UNSUPPORTED for a layer that computes something by other means than ops, and for one that mixes the examples
 *   of a batch
 */
export function trace(net: Traced): Trace {
  const weights = new Map(net.getWeights().map(({ name, shape, data }) => [name, { shape, data }]));
  const { engine, graph } = net;
  const { runs, names, sizes } = planned(graph);
  return engine.step(() => {
    const ran = runs.map((each) => run(engine, each, weights));
    return { names, ...merged(graph, ran as [Run, ...Run[]], [...names.keys()], sizes) };
  });
}

function run(
  engine: Engine,
  { graph: { nodes, inputs }, examples: n }: PlannedRun,
  saved: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>,
): Run {
  const { allocator } = engine;
  const ops: Ran[] = [];
  const outputs: Tensor[] = [];
  const weights = new Map<Tensor, string>();
  const owned: Record<string, Tensor>[] = [];
  const given = inputs.map(({ shape: example }) => {
    const shape = [n, ...example];
    const values = Float32Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 37 + n * 11) % 64) / 64);
    return engine.tensor(values, shape);
  });
  let at = 0;
  const recorder: Recorder = {
    tracks: () => true,
    holds: () => false,
    record: ({ name, inputs, output, attributes }) => ops.push({ name, inputs, output, attributes, at }),
  };
  for (const [i, { layer, name, first, weights: specs, inputs: from }] of nodes.entries()) {
    const taken = from.map((place) => (place < 0 ? given[-1 - place]! : outputs[place]!));
    owned[i] =
      owned[first] ??
      Object.fromEntries(
        specs.map((spec) => {
          const { data, shape } = saved.get(`${name}/${spec.name}`)!;
          const weight = engine.tensor(data, shape);
          weights.set(weight, `${name}/${spec.name}`);
          return [spec.name, weight];
        }),
      );
    at = i;
    const own = owned[i]!;
    outputs.push(
      noting(allocator, recorder, () =>
        layer.call(taken as [Tensor, ...Tensor[]], {
          weights: own,
          training: false,
          draw: { seed: 0, stream: 0, step: 0 },
          logits: false,
          activation: "linear",
          place: { nodes, outputs, given, i },
        }),
      ),
    );
  }
  return { ops, outputs, given, weights };
}

/**
 * Runs `work` with every op told to the recorder: also those that take it away for their time, because what they give is a constant
 * for gradients, as comparisons do.
 */
function noting<T>(allocator: { recorder: Recorder | undefined }, recorder: Recorder, work: () => T): T {
  const before = allocator.recorder;
  Object.defineProperty(allocator, "recorder", { configurable: true, get: () => recorder, set: () => {} });
  try {
    return work();
  } finally {
    const value = before;
    Object.defineProperty(allocator, "recorder", {
      configurable: true,
      enumerable: true,
      writable: true,
      value,
    });
  }
}

/** @param sizes those of the inputs */
function merged(
  { nodes, inputs, outputs }: Graph,
  runs: readonly [Run, ...Run[]],
  named: readonly OpenSize[],
  sizes: readonly (readonly Size[])[],
): Omit<Trace, "names"> {
  const [first, ...others] = runs;
  const nameAt = (at: number): string => nodes[at]!.name;
  const known = new Map<Tensor, TracedTensor>();
  const byAddress = new Map<number, Tensor>();
  const weights = new Map([...first.weights].map(([{ pointer }, name]) => [pointer, name]));
  const ops: TracedOp[] = [];
  const open = new OpenSizes(named);
  const shapeOf = (at: number, tensors: readonly Tensor[]): Size[] =>
    tensors[0]!.shape.map((_, axis) => open.of(nameAt(at), tensors.map(({ shape }) => shape[axis]!))); // biome-ignore format: one call
  first.given.forEach((input, i) => {
    known.set(input, { shape: sizes[i]!, dtype: "float32" });
    byAddress.set(input.pointer, input);
  });

  /** A tensor that ops have read: one that is known, the same memory under another name, or a constant. @param tensors those of the runs */
  function read(at: number, tensors: readonly Tensor[]): TracedTensor {
    const [a] = tensors as [Tensor];
    let found = known.get(a);
    if (found) return found;
    const shape = shapeOf(at, tensors);
    const same = byAddress.get(a.pointer);
    const { dtype } = a;
    if (same?.size === a.size) {
      found = { shape, dtype };
      ops.push(op(at, "reshape", [known.get(same)!], found, undefined));
    } else {
      const weight = weights.get(a.pointer); // also in another shape
      if (weight === undefined) found = { shape, dtype, ...constantOf(at, tensors, shape) };
      else found = { shape, dtype, data: a.data.slice(), weight };
    }
    known.set(a, found);
    return found;
  }

  /** What follows from sizes or is always the same. @throws AnygradError UNSUPPORTED for other numbers */
  function constantOf(
    at: number,
    tensors: readonly Tensor[],
    shape: readonly Size[],
  ): Pick<TracedTensor, "data" | "ofSizes"> {
    const data = repeated(tensors, shape);
    if (data) return { data };
    const [a, b] = tensors as [Tensor, Tensor];
    // of two runs that differ in their examples alone
    const isOfLengths = a.size === b.size && isSame(a.data, b.data);
    if (isOfLengths && tensors.every((tensor) => tensor.size === 1))
      return { ofSizes: new OpenSize(tensors.map((tensor) => tensor.data[0]!)) };
    if (isOfLengths && tensors.every(isCount)) return { ofSizes: "count" };
    throw refused(nameAt(at));
  }

  function op(
    at: number,
    name: string,
    taken: TracedOp["inputs"],
    output: TracedTensor,
    attributes: unknown,
  ): TracedOp {
    return { name, inputs: taken, output, attributes, layer: nodes[at]!.layer, layerName: nameAt(at) };
  }

  for (const other of others) if (first.ops.length !== other.ops.length) throw refused(nameAt(0));
  for (const [i, ran] of first.ops.entries()) {
    const all = runs.map(({ ops: own }) => own[i]!);
    const { at, name } = ran;
    if (all.some((other) => name !== other.name || at !== other.at)) throw refused(nameAt(at));
    const given = ran.inputs.map((input, k) => input && read(at, all.map(({ inputs: own }) => own[k]!))); // biome-ignore format: one call
    const made = all.map(({ output }) => output);
    const shape = shapeOf(at, made);
    // what is made of constants alone is one, read where it is used, unless it grows with a length
    const grows = shape.some((size) => typeof size !== "number" && !size.hasBatch);
    if (!grows && given.every((input) => input === undefined || input.data)) continue;
    const output = { shape, dtype: ran.output.dtype };
    known.set(ran.output, output);
    byAddress.set(ran.output.pointer, ran.output);
    const attributes = open.within(
      nameAt(at),
      all.map((each) => each.attributes),
    );
    ops.push(op(at, name, given, output, attributes));
  }
  return {
    inputs: inputs.map(({ name = "input" }, i) => ({ name, tensor: known.get(first.given[i]!)! })),
    outputs: outputs.map(({ name, node }) => ({
      name,
      tensor: read(node, runs.map((each) => each.outputs[node]!)), // biome-ignore format: one call
    })),
    ops,
  };
}

/** The open sizes of a trace, each once. */
class OpenSizes {
  readonly #known: Map<string, OpenSize>;

  constructor(named: readonly OpenSize[]) {
    this.#known = new Map(named.map((size) => [String(size.values), size]));
  }

  /** A number by those of all runs. @throws AnygradError UNSUPPORTED for one that depends on the batch and is no multiple of it */
  of(layer: string, values: readonly number[]): Size {
    if (values.every((n) => Object.is(n, values[0]))) return values[0]!;
    const key = String(values);
    const size = this.#known.get(key) ?? new OpenSize(values);
    const times = values[0]! / batches[0];
    if (size.hasBatch && !(Number.isInteger(times) && times * batches[1] === values[1])) throw refused(layer);
    this.#known.set(key, size);
    return size;
  }

  /** Arguments by those of all runs, however deep. @throws AnygradError UNSUPPORTED as `of` does */
  within(layer: string, all: readonly unknown[]): unknown {
    const [first] = all;
    if (typeof first === "number") return this.of(layer, all as number[]);
    const each = (key: string | number): unknown =>
      this.within(layer, all.map((one) => (one as Record<string | number, unknown>)[key])); // biome-ignore format: one call
    if (Array.isArray(first)) return first.map((_, i) => each(i));
    if (typeof first === "object" && first !== null)
      return Object.fromEntries(Object.keys(first).map((key) => [key, each(key)]));
    return first;
  }
}

/** The numbers of what is the same for any input, each axis of open size as one, along which they repeat; undefined for others. */
function repeated(tensors: readonly Tensor[], shape: readonly Size[]): Numbers | undefined {
  const single = shape.map((n) => (typeof n === "number" ? n : 1));
  const [first] = tensors as [Tensor];
  if (single.every((n, axis) => n === shape[axis])) {
    const data = first.data.slice();
    return tensors.every((tensor) => isSame(data, tensor.data)) ? data : undefined;
  }
  const strides = stridesOf(single).map((stride, axis) => (typeof shape[axis] === "number" ? stride : 0));
  const data = new Float32Array(sizeOf(single)).fill(Number.NaN);
  const isSeen = new Uint8Array(data.length);
  for (const tensor of tensors) {
    const own = stridesOf(tensor.shape);
    const values = tensor.data; // a view that is made anew each time it is asked for
    for (let i = 0; i < values.length; i++) {
      let at = 0;
      for (const [axis, n] of tensor.shape.entries()) at += (Math.floor(i / own[axis]!) % n) * strides[axis]!;
      if (!isSeen[at]) data[at] = values[i]!;
      isSeen[at] = 1;
      if (!Object.is(data[at], values[i])) return undefined;
    }
  }
  return data;
}

const isSame = (a: Numbers, b: Numbers): boolean =>
  Array.prototype.every.call(a, (n, i) => Object.is(n, b[i]));

/** Whether its numbers are 0, 1, 2 … along one axis. */
function isCount({ data, shape }: Tensor): boolean {
  if (shape.filter((n) => n !== 1).length !== 1) return false;
  for (let i = 0; i < data.length; i++) if (data[i] !== i) return false;
  return true;
}

function refused(layer: string): AnygradError {
  return new AnygradError(
    "UNSUPPORTED",
    `saveOnnx: layer ${quote(layer)} computes by other means than ops, or mixes the examples of a batch, which no ONNX graph can follow; replace it`,
  );
}
