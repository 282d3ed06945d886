/**
 * The weights of a model as an ArrayRecord, in the names and the order of what the server sends: its first weights may be those of
 * Keras, of PyTorch or of anygrad.
 */
import { AnygradError, quote } from "../errors.ts";
import type { ForeignArray } from "../io/elements.ts";
import type { Model, NamedWeight } from "../model/index.ts";
import { weightsOf } from "../model/network/graph.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import type { ArrayRecord } from "./wire/records.ts";

/**
 * Whose order of axes the arrays have. "keras", which is anygrad's: dense kernels [in, out], those of convolutions [height, width, in,
 * out]. "pytorch": [out, in] and [out, in, height, width].
 */
export type WeightLayout = "keras" | "pytorch";

/** Which array of a record each weight is; the others, such as PyTorch's counters of batches, go back as they came. */
interface Places {
  readonly names: readonly string[];
  readonly others: ReadonlyMap<string, ForeignArray>;
}

/** Layers whose weights only the order of axes tells apart from PyTorch's. */
const turnable = ["dense", "conv2d", "batchNormalization"];

/**
 * Writes the arrays of a record into a model: by their names where these are those of its weights, else in their order.
 * @throws AnygradError SHAPE_MISMATCH for other numbers or shapes of arrays, UNSUPPORTED for layers whose weights PyTorch has otherwise;
 *   no weight has changed then
 */
export function writeWeights(net: Model, record: ArrayRecord, layout: WeightLayout): void {
  const weights = net.getWeights();
  const { names } = placesOf(net, weights, record, layout);
  net.setWeights(
    weights.map(({ name, shape }, i) => {
      const array = record.get(names[i]!)!;
      const wanted = layout === "pytorch" ? pytorchShape(shape) : shape;
      if (!sameShape(array.shape, wanted))
        throw new AnygradError(
          "SHAPE_MISMATCH",
          `federated: the array ${quote(names[i]!)} is ${formatShape(array.shape)}, but the weight ${quote(name)} takes ${formatShape(wanted)}; ${layout === "keras" ? "train the server's network, and say layout pytorch where its weights are PyTorch's" : "train the server's network"}`,
        );
      const data = Float32Array.from(array.data as ArrayLike<number | bigint>, Number);
      return { name, shape, data: layout === "pytorch" ? fromPytorch(data, shape) : data };
    }),
  );
}

/** The weights of a model as the server has them: under the names of the record that it sent, as float32. */
export function readWeights(net: Model, like: ArrayRecord, layout: WeightLayout): ArrayRecord {
  const weights = net.getWeights();
  const { names, others } = placesOf(net, weights, like, layout);
  const arrays = new Map(
    weights.map(({ shape, data }, i) => {
      const turned = layout === "pytorch";
      const array: ForeignArray = {
        dtype: "float32",
        shape: turned ? pytorchShape(shape) : shape,
        data: turned ? toPytorch(data, shape) : data,
      };
      return [names[i]!, array] as const;
    }),
  );
  return new Map(Array.from(like.keys(), (name) => [name, arrays.get(name) ?? others.get(name)!]));
}

function placesOf(
  net: Model,
  weights: readonly NamedWeight[],
  record: ArrayRecord,
  layout: WeightLayout,
): Places {
  const strange = layout === "pytorch" ? strangeLayer(net) : undefined;
  if (strange !== undefined)
    throw new AnygradError(
      "UNSUPPORTED",
      `federated: the layer ${quote(strange)} has its weights in another form in PyTorch; share networks of ${turnable.join(", ")} without flatten behind a convolution, or let Keras's layout rule`,
    );
  if (weights.every(({ name }) => record.has(name)) && record.size === weights.length)
    return { names: weights.map(({ name }) => name), others: new Map() };
  const counters = [...record].filter(
    ([, { shape, data }]) => shape.length === 0 && data instanceof BigInt64Array,
  );
  const others = new Map(counters);
  const names = [...record.keys()].filter((name) => !others.has(name));
  if (names.length !== weights.length)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `federated: the server sends ${names.length} arrays (${names.slice(0, 4).join(", ").slice(0, 80)} …), but the model has ${weights.length} weights (${weights
        .slice(0, 4)
        .map(({ name }) => name)
        .join(", ")
        .slice(0, 80)} …); train the same network on both sides`,
    );
  return { names, others };
}

/** A layer whose weights are not PyTorch's with other axes: flatten takes rows first where PyTorch takes channels first. */
function strangeLayer({ graph }: Model): string | undefined {
  const weights = weightsOf(graph);
  const isImages = weights.some(({ shape }) => shape.length === 4);
  const flatten = graph.nodes.find(({ layer }) => isImages && layer.type === "flatten");
  return weights.find(({ type }) => !turnable.includes(type))?.fullName ?? flatten?.name;
}

/** [in, out] → [out, in]; [h, w, in, out] → [out, in, h, w]. */
function pytorchShape(shape: readonly number[]): readonly number[] {
  if (shape.length === 2) return [shape[1]!, shape[0]!];
  return shape.length === 4 ? [shape[3]!, shape[2]!, shape[0]!, shape[1]!] : shape;
}

const fromPytorch = (data: Float32Array, shape: readonly number[]): Float32Array =>
  shape.length === 2 || shape.length === 4 ? moved(data, shape, (to, from) => [to, from]) : data;

const toPytorch = (data: Float32Array, shape: readonly number[]): Float32Array =>
  shape.length === 2 || shape.length === 4 ? moved(data, shape, (to, from) => [from, to]) : data;

/** @param shape anygrad's @param way from the places [anygrad's, PyTorch's] to [written, read] */
function moved(
  data: Float32Array,
  shape: readonly number[],
  way: (ours: number, theirs: number) => readonly [to: number, from: number],
): Float32Array {
  const [h, w, inputs, outputs] = shape.length === 2 ? [1, 1, ...shape] : shape;
  const result = new Float32Array(data.length);
  let ours = 0;
  for (let y = 0; y < h!; y++)
    for (let x = 0; x < w!; x++)
      for (let i = 0; i < inputs!; i++)
        for (let o = 0; o < outputs!; o++, ours++) {
          const [to, from] = way(ours, ((o * inputs! + i) * h! + y) * w! + x);
          result[to] = data[from]!;
        }
  return result;
}
