/** Products, sums, shapes and pieces of arrays, and recurrent layers, as ONNX has them. */
import { activated, type Exporter } from "./elementwise.ts";
import { type GraphWriter, numbersOf, unsupported } from "./graph.ts";
import { permuted } from "./images.ts";
import { always, inEach, OpenSize, type Size } from "./sizes.ts";
import type { TracedOp, TracedTensor } from "./trace.ts";

/** An op whose nodes take arrays with their axes as they are. */
const plainly =
  (work: (graph: GraphWriter, names: readonly string[], op: TracedOp) => string): Exporter =>
  (graph, op) => {
    const names = op.inputs.map((input) => (input ? graph.plain(input) : ""));
    graph.set(op.output, { plain: work(graph, names, op) });
  };

/** The end of a range of an axis of which everything is left. */
const everything = Number.MAX_SAFE_INTEGER;

/** What a slice takes of an axis. */
interface Range {
  readonly first: Size;
  readonly count: Size;
  readonly step: Size;
}

/** A place on an axis; counted from its end where that is the same for all lengths. */
function placeOf(size: Size, place: Size): Size {
  if (typeof place === "number") return place;
  return always([size, place], (n, at) => at - n) ?? place;
}

/** Behind the last that a slice takes. */
function endOf(size: Size, { first, count, step }: Range): Size {
  const ends = inEach([size, first, count, step], (n, from, many, by) => ({ n, last: from + many * by, by }));
  if (ends.every(({ last }) => last < 0)) return -everything;
  if (ends.every(({ n, last, by }) => by > 0 && last >= n)) return everything;
  const last = always([first, count, step], (from, many, by) => from + many * by);
  return last ?? placeOf(size, new OpenSize(ends.map((end) => end.last)));
}

const swappedLast = (rank: number): number[] => [
  ...Array.from({ length: rank - 2 }, (_, i) => i),
  rank - 1,
  rank - 2,
];

/** Reductions reduce the middle one of three axes. */
const reduction =
  (opType: string, takesAxes: (opset: number) => boolean): Exporter =>
  (graph, op) => {
    const [x] = op.inputs as [TracedTensor];
    const { outer, reduce, inner } = op.attributes as Record<string, Size>;
    if (typeof reduce !== "number" && reduce!.hasBatch)
      throw unsupported(op, "it takes numbers of all examples of a batch together");
    const spans = [outer!, reduce!, inner!];
    const isSpans = spans.length === x.shape.length && spans.every((n, i) => n === x.shape[i]);
    const plain = graph.plain(x);
    const name = isSpans ? plain : graph.reshape(plain, spans, x.shape);
    const y = takesAxes(graph.opset)
      ? graph.node(opType, [name, graph.integers([1])], { keepdims: 0 })
      : graph.node(opType, [name], { axes: [1], keepdims: 0 });
    graph.set(op.output, { plain: y });
  };

/** The op of a mean sums, and a product by 1 / n follows, which the node here does at once. */
const mean: Exporter = (graph, op) => {
  reduction("ReduceMean", fromOpset18)(graph, op);
  const { reduce } = op.attributes as { reduce: Size };
  graph.divided.set(op.output, [...(graph.divided.get(op.inputs[0]!) ?? []), reduce]);
};

const fromOpset18 = (opset: number): boolean => opset >= 18;

/** Indices as ONNX takes them. */
const indices = (graph: GraphWriter, name: string): string => graph.node("Cast", [name], { to: 7 });

/** What is added to the scores [queries, keys] of keys behind a query, so that it does not see them. */
function hiddenBehind(graph: GraphWriter, op: TracedOp): string {
  const [queries, keys] = op.inputs.map((input) => input!.shape[1]!) as [Size, Size];
  if (typeof queries !== "number" || typeof keys !== "number") {
    const isBehind = graph.node("Greater", [graph.count([1, keys]), graph.count([queries, 1])]);
    return graph.node("Mul", [graph.node("Cast", [isBehind], { to: 1 }), graph.floats([-1e9])]);
  }
  const hidden = Array.from({ length: queries * keys }, (_, i) =>
    i % keys > Math.floor(i / keys) ? -1e9 : 0,
  );
  return graph.floats(hidden, [queries, keys]);
}

/** The exporters of everything else. */
export function arrays(): Readonly<Record<string, Exporter>> {
  return {
    dense: plainly((graph, [x, kernel, bias], { attributes }) => {
      const product = graph.node("MatMul", [x!, kernel!]);
      const sum = bias === undefined ? product : graph.node("Add", [product, bias]);
      return activated(graph, attributes as string, sum);
    }),
    matmul: plainly((graph, names, { inputs, attributes }) => {
      const flags = attributes as { transposeA: boolean; transposeB: boolean };
      const [a, b] = [flags.transposeA, flags.transposeB].map((isTurned, i) =>
        isTurned
          ? graph.node("Transpose", [names[i]!], { perm: swappedLast(inputs[i]!.shape.length) })
          : names[i]!,
      );
      return graph.node("MatMul", [a!, b!]);
    }),
    dotProductAttention: plainly((graph, names, op) => {
      const { scale, useCausalMask } = op.attributes as { scale: number; useCausalMask: boolean };
      const [q, k, v] = names.map((name, i) =>
        graph.node("Transpose", [name], { perm: i === 1 ? [0, 2, 3, 1] : [0, 2, 1, 3] }),
      );
      const scores = graph.node("MatMul", [graph.node("Mul", [q!, graph.floats([scale])]), k!]);
      const seen = useCausalMask ? graph.node("Add", [scores, hiddenBehind(graph, op)]) : scores;
      const heads = graph.node("MatMul", [graph.node("Softmax", [seen], { axis: -1 }), v!]);
      return graph.node("Transpose", [heads], { perm: [0, 2, 1, 3] });
    }),
    layerNormalization: plainly((graph, [x, gamma, beta], { attributes }) =>
      graph.node("LayerNormalization", [x!, gamma!, beta!], {
        axis: -1,
        epsilon: { float: attributes as number },
      }),
    ),
    softmax: plainly((graph, [x]) => graph.node("Softmax", [x!], { axis: -1 })),
    logSoftmax: plainly((graph, [x]) => graph.node("LogSoftmax", [x!], { axis: -1 })),
    sum: reduction("ReduceSum", () => true),
    mean,
    max: reduction("ReduceMax", fromOpset18),
    min: reduction("ReduceMin", fromOpset18),
    prod: reduction("ReduceProd", fromOpset18),
    reshape(graph, { inputs, output }) {
      const [x] = inputs as [TracedTensor];
      graph.set(output, { plain: graph.reshape(graph.plain(x), output.shape, x.shape) });
      const by = graph.divided.get(x);
      if (by) graph.divided.set(output, by);
    },
    transpose: plainly((graph, [x], { attributes }) =>
      graph.node("Transpose", [x!], { perm: attributes as number[] }),
    ),
    concatenate(graph, { inputs, output, attributes }) {
      const axis = attributes as number;
      const all = inputs as TracedTensor[];
      if (all.every((each) => each.shape.length === 4) && all.some((each) => graph.isChannelsFirst(each))) {
        const names = all.map((each) => graph.channelsFirst(each));
        graph.set(output, { channelsFirst: graph.node("Concat", names, { axis: [0, 2, 3, 1][axis]! }) });
      } else {
        const names = all.map((each) => graph.plain(each));
        graph.set(output, { plain: graph.node("Concat", names, { axis }) });
      }
    },
    slice: plainly((graph, [x], op) => {
      const ranges = op.attributes as readonly Range[];
      const { shape } = op.inputs[0]!;
      const isWhole = (range: Range, i: number): boolean => range.first === 0 && range.count === shape[i] && range.step === 1; // biome-ignore format: one rule
      if (
        ranges.some(
          (range, i) => typeof range.count !== "number" && range.count.hasBatch && !isWhole(range, i),
        )
      )
        throw unsupported(op, "it takes some examples of a batch");
      const axes = [...ranges.keys()].filter((i) => !isWhole(ranges[i]!, i));
      if (axes.length === 0) return x!;
      const steps = axes.map((i) => always([ranges[i]!.step], (step) => step));
      if (steps.includes(undefined)) throw unsupported(op, "its steps depend on the length");
      return graph.node("Slice", [
        x!,
        graph.shape(axes.map((i) => placeOf(shape[i]!, ranges[i]!.first))),
        graph.shape(axes.map((i) => endOf(shape[i]!, ranges[i]!))),
        graph.integers(axes),
        graph.integers(steps as number[]),
      ]);
    }),
    pad: plainly((graph, [x], op) => {
      const { axis, before, after, mode, value } = op.attributes as Record<string, number>;
      const name = ["constant", "reflect", undefined, "edge"][mode!];
      if (name === undefined) throw unsupported(op, 'it pads by "symmetric" images');
      if (typeof before !== "number" || typeof after !== "number")
        throw unsupported(op, "it pads by as much as depends on the length");
      const pads = (n: number): number[] => op.output.shape.map((_, i) => (i === axis ? n : 0));
      const ends = graph.integers([...pads(before!), ...pads(after!)]);
      return graph.node("Pad", name === "constant" ? [x!, ends, graph.floats([value!])] : [x!, ends], {
        mode: name,
      });
    }),
    gather: plainly((graph, [x, index], { attributes }) =>
      graph.node("Gather", [x!, index!], { axis: (attributes as number | null) ?? 0 }),
    ),
    takeAlongAxis: plainly((graph, [x, index], { attributes }) =>
      graph.node("GatherElements", [x!, index!], { axis: attributes as number }),
    ),
    embedding: plainly((graph, [ids, table]) => graph.node("Gather", [table!, indices(graph, ids!)])),
    broadcastTo: plainly((graph, [x], { output }) => graph.node("Expand", [x!, graph.shape(output.shape)])),
    where: plainly((graph, [condition, a, b]) =>
      graph.node("Where", [graph.node("Cast", [condition!], { to: 9 }), a!, b!]),
    ),
    cast: plainly((graph, [x], { output }) =>
      graph.node("Cast", [x!], { to: output.dtype === "int32" ? 6 : 1 }),
    ),
    argmax: plainly((graph, [x]) =>
      graph.node("Cast", [graph.node("ArgMax", [x!], { axis: -1, keepdims: 0 })], { to: 6 }),
    ),
    oneHot: plainly((graph, [labels], { attributes }) => {
      const { classes, on, off } = attributes as Record<string, number>;
      return graph.node("OneHot", [labels!, graph.integers([classes!]), graph.floats([off!, on!], [2])]);
    }),
    cumsum: plainly((graph, [x], { attributes }) => {
      const { axis, exclusive, reverse } = attributes as {
        axis: number;
        exclusive: boolean;
        reverse: boolean;
      };
      const scalar = graph.constant(BigInt64Array.of(BigInt(axis)), [], "axis");
      return graph.node("CumSum", [x!, scalar], { exclusive: Number(exclusive), reverse: Number(reverse) });
    }),
    simpleRNN: (graph, op) => recurrent(graph, op, "RNN", [0]),
    lstm: (graph, op) => recurrent(graph, op, "LSTM", [0, 3, 1, 2]), // input, output, forget, candidate
    gru: (graph, op) => recurrent(graph, op, "GRU", [0, 1, 2]),
  };
}

interface RecurrentAttributes {
  readonly activation: string;
  readonly recurrentActivation: string;
  readonly goBackwards: boolean;
  readonly flipped: boolean;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
}

/** The blocks of the last axis in another order, and that axis in front: [k, gates · u] becomes [gates · u, k]. */
function gatesFirst(data: Float32Array, rows: number, units: number, order: readonly number[]): Float32Array {
  const gates = order.length;
  const turned = permuted(data, [rows, gates, units], [1, 2, 0]);
  const size = units * rows;
  const result = new Float32Array(data.length);
  order.forEach((gate, i) => {
    result.set(turned.subarray(gate * size, (gate + 1) * size), i * size);
  });
  return result;
}

/** @param order which of our gates stands at each place of ONNX's */
function recurrent(
  graph: GraphWriter,
  op: TracedOp,
  opType: "RNN" | "LSTM" | "GRU",
  order: readonly number[],
): void {
  const [x, kernel, recurrentKernel, bias, h0, c0, , mask] = op.inputs as (TracedTensor | undefined)[];
  const attributes = op.attributes as RecurrentAttributes;
  if (mask) throw unsupported(op, "it passes over steps by a mask");
  const features = kernel!.shape[0] as number;
  const units = recurrentKernel!.shape[0] as number;
  const columns = order.length * units;
  const w = graph.weight(
    gatesFirst(numbersOf(op, 1), features, units, order),
    [1, columns, features],
    kernel!.weight,
    `${op.layerName}/kernel`,
    1,
  );
  const r = graph.weight(
    gatesFirst(numbersOf(op, 2), units, units, order),
    [1, columns, units],
    recurrentKernel!.weight,
    `${op.layerName}/recurrent_kernel`,
    1,
  );
  const both = new Float32Array(2 * columns);
  if (bias) {
    const given = numbersOf(op, 3);
    for (let row = 0; row * columns < given.length; row++)
      both.set(
        gatesFirst(given.subarray(row * columns, (row + 1) * columns), 1, units, order),
        row * columns,
      );
  }
  const b = bias ? graph.constant(both, [1, 2 * columns], bias.weight ?? `${op.layerName}/bias`) : "";
  const first = [h0, c0].map((state) =>
    state ? graph.node("Unsqueeze", [graph.plain(state), graph.integers([0])]) : "",
  );
  const inputs = [graph.node("Transpose", [graph.plain(x!)], { perm: [1, 0, 2] }), w, r, b, "", ...first];
  while (inputs.at(-1) === "") inputs.pop();
  const names = recurrentActivations(op, opType);
  const count = opType === "LSTM" ? 3 : 2;
  const [y, ...states] = graph.nodeOf(opType, inputs, count, {
    hidden_size: units,
    direction: attributes.goBackwards ? "reverse" : "forward",
    ...names,
    ...(opType === "GRU" && { linear_before_reset: resetsAfter(op, bias) ? 1 : 0 }),
  });
  const rows = states.map((state) => graph.node("Transpose", [state], { perm: [1, 0, 2] }));
  let steps = rows[0]!;
  if (attributes.returnSequences) {
    const all = graph.node("Squeeze", [y!, graph.integers([1])]);
    steps = graph.node("Transpose", [all], { perm: [1, 0, 2] });
    // ONNX gives the outputs in the order of the inputs
    if (attributes.goBackwards !== attributes.flipped)
      steps = graph.node("Slice", [
        steps,
        graph.integers([-1]),
        graph.integers([-everything]),
        graph.integers([1]),
        graph.integers([-1]),
      ]);
  }
  const parts = attributes.returnState ? [steps, ...rows] : [steps];
  graph.set(op.output, { plain: parts.length > 1 ? graph.node("Concat", parts, { axis: 1 }) : steps });
}

const activationNames: Readonly<Record<string, string>> = {
  relu: "Relu",
  sigmoid: "Sigmoid",
  tanh: "Tanh",
  linear: "Affine",
};

function recurrentActivations({ attributes }: TracedOp, opType: "RNN" | "LSTM" | "GRU") {
  const { activation, recurrentActivation } = attributes as RecurrentAttributes;
  const used = {
    RNN: [activation],
    GRU: [recurrentActivation, activation],
    LSTM: [recurrentActivation, activation, activation],
  }[opType];
  const activations = used.map((name) => activationNames[name]!);
  const linear = used.filter((name) => name === "linear");
  return {
    activations,
    ...(linear.length > 0 && {
      activation_alpha: { float: linear.map(() => 1) },
      activation_beta: { float: linear.map(() => 0) },
    }),
  };
}

/** Whether a gru applies its reset gate behind the product: it has two biases then, or says so. */
function resetsAfter({ layer }: TracedOp, bias: TracedTensor | undefined): boolean {
  if (bias) return bias.shape.length === 2;
  const config = layer.config as { resetAfter?: boolean; layer?: { config: { resetAfter?: boolean } } };
  return config.resetAfter ?? config.layer?.config.resetAfter ?? true;
}
