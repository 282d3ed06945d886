/**
 * The ops that a network runs for a batch, as a list. It runs twice, with batches of two and of three examples of other numbers: a size
 * that differs is that of the batch, or a multiple of it, and a number that differs without an op that made it is refused. So
 * every layer that computes by ops can be exported, users' own among them, and none is described a second time.
 */
import type { Engine } from "../../../autograd/engine.ts";
import { AnygradError, quote } from "../../../errors.ts";
import type { Layer } from "../../../layers/index.ts";
import type { Model, Predictions } from "../../../model/index.ts";
import { type Shape, sizeOf } from "../../../tensor/shape.ts";
import type { Recorder, Tensor } from "../../../tensor/tensor.ts";

/** The sizes of the two batches. */
const batches = [2, 3] as const;

/** A tensor on the way through a network. */
export interface TracedTensor {
  /** Sizes of the axes; −k is k times the batch. */
  readonly shape: Shape;
  /** Its element type in the trace. */
  readonly dtype: string;
  /** The numbers of what does not depend on the input; in a batch of two where the shape has the batch in it. */
  readonly data?: ArrayLike<number> & Iterable<number>;
  /** The name of the weight that it is. */
  readonly weight?: string;
}

/** An op that ran. */
export interface TracedOp {
  readonly name: string;
  readonly inputs: readonly (TracedTensor | undefined)[];
  readonly output: TracedTensor;
  /** Its other arguments; a size that depends on the batch is −k for k times the batch. */
  readonly attributes: unknown;
  /** The layer that ran it, and its name. */
  readonly layer: Layer;
  readonly layerName: string;
}

/** What a network does to a batch. */
export interface Trace {
  readonly inputs: readonly { readonly name: string; readonly tensor: TracedTensor }[];
  readonly outputs: readonly { readonly name: string; readonly tensor: TracedTensor }[];
  readonly ops: readonly TracedOp[];
}

/** What is asked of a model. */
export type Traced = Pick<Model<Predictions>, "name" | "engine" | "graph" | "getWeights">;
type Graph = Traced["graph"];

/** An op of one of the two runs. */
interface Ran {
  readonly name: string;
  readonly inputs: readonly (Tensor | undefined)[];
  readonly output: Tensor;
  readonly attributes: unknown;
  readonly at: number;
}

/** One of the two runs. */
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
  return engine.step(() => {
    const [first, second] = batches.map((n) => run(engine, graph, weights, n)) as [Run, Run];
    return merged(graph, first, second);
  });
}

function run(
  engine: Engine,
  { nodes, inputs }: Graph,
  saved: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>,
  n: number,
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

function merged({ nodes, inputs, outputs }: Graph, first: Run, second: Run): Trace {
  const nameAt = (at: number): string => nodes[at]!.name;
  const known = new Map<Tensor, TracedTensor>();
  const byAddress = new Map<number, Tensor>();
  const weights = new Map([...first.weights].map(([{ pointer }, name]) => [pointer, name]));
  const ops: TracedOp[] = [];
  const shapeOf = (at: number, a: Tensor, b: Tensor): Shape =>
    a.shape.map((size, axis) => sizeWithBatch(nameAt(at), size, b.shape[axis]!));
  for (const input of first.given) {
    known.set(input, { shape: [-1, ...input.shape.slice(1)], dtype: "float32" });
    byAddress.set(input.pointer, input);
  }

  /** A tensor that ops have read: one that is known, the same memory under another name, or a constant. */
  function read(at: number, a: Tensor, b: Tensor): TracedTensor {
    let found = known.get(a);
    if (found) return found;
    const shape = shapeOf(at, a, b);
    const same = byAddress.get(a.pointer);
    if (same?.size === a.size) {
      found = { shape, dtype: a.dtype };
      ops.push(op(at, "reshape", [known.get(same)!], found, undefined));
    } else {
      const weight = weights.get(a.pointer); // also in another shape
      const data = a.data.slice();
      if (weight === undefined && !isConstant(data, b.data, shape)) throw refused(nameAt(at));
      found = { shape, dtype: a.dtype, data, ...(weight !== undefined && { weight }) };
    }
    known.set(a, found);
    return found;
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

  if (first.ops.length !== second.ops.length) throw refused(nameAt(0));
  for (const [i, ran] of first.ops.entries()) {
    const other = second.ops[i]!;
    const { at, name } = ran;
    if (name !== other.name || at !== other.at) throw refused(nameAt(at));
    const taken = ran.inputs.map((input, k) => input && read(at, input, other.inputs[k]!));
    // what is made of constants alone is one, read where it is used
    if (taken.every((input) => input === undefined || input.data)) continue;
    const output = { shape: shapeOf(at, ran.output, other.output), dtype: ran.output.dtype };
    known.set(ran.output, output);
    byAddress.set(ran.output.pointer, ran.output);
    ops.push(op(at, name, taken, output, withBatch(nameAt(at), ran.attributes, other.attributes)));
  }
  return {
    inputs: inputs.map(({ name = "input" }, i) => ({ name, tensor: known.get(first.given[i]!)! })),
    outputs: outputs.map(({ name, node }) => ({
      name,
      tensor: read(node, first.outputs[node]!, second.outputs[node]!),
    })),
    ops,
  };
}

/** Whether numbers are the same for any input; those of a larger batch more of the same. */
function isConstant(a: ArrayLike<number>, b: ArrayLike<number>, shape: Shape): boolean {
  if (shape.slice(1).some((size) => size < 0)) return false;
  const row = shape[0]! < 0 ? a.length / batches[0] : a.length;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i]) || !Object.is(a[i], a[i % row])) return false;
  return true;
}

/** A size by those of both runs. @throws AnygradError UNSUPPORTED where it does not grow with the batch */
function sizeWithBatch(layer: string, a: number, b: number): number {
  if (a === b) return a;
  const times = a / batches[0];
  if (Number.isInteger(times) && times * batches[1] === b) return -times;
  throw refused(layer);
}

/** Arguments by those of both runs, however deep. */
function withBatch(layer: string, a: unknown, b: unknown): unknown {
  if (typeof a === "number" && typeof b === "number") return Object.is(a, b) ? a : sizeWithBatch(layer, a, b);
  if (Array.isArray(a)) return a.map((each, i) => withBatch(layer, each, (b as unknown[])[i]));
  if (typeof a === "object" && a !== null)
    return Object.fromEntries(
      Object.entries(a).map(([name, each]) => [name, withBatch(layer, each, (b as typeof a)[name as never])]),
    );
  return a;
}

function refused(layer: string): AnygradError {
  return new AnygradError(
    "UNSUPPORTED",
    `saveOnnx: layer ${quote(layer)} computes by other means than ops, or mixes the examples of a batch, which no ONNX graph can follow; replace it`,
  );
}
