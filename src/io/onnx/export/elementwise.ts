/** Functions of one array and arithmetic of two, as ONNX has them: in the order of axes in which the images lie. */
import type { GivenAttributes } from "../values.ts";
import type { GraphWriter } from "./graph.ts";
import { inEach, OpenSize } from "./sizes.ts";
import type { TracedOp, TracedTensor } from "./trace.ts";

/** Writes the nodes of an op. */
export type Exporter = (graph: GraphWriter, op: TracedOp) => void;

/** What a function of one array is in nodes: gets the name of x and gives that of y. */
type Function = (graph: GraphWriter, x: string, alpha: number) => string;

const single =
  (opType: string, attributes?: (alpha: number) => GivenAttributes): Function =>
  (graph, x, alpha) =>
    graph.node(opType, [x], attributes?.(alpha));

/** 1 / √2, as float32 has it. */
const halfRoot = Math.fround(Math.SQRT1_2);

/** The functions by the names of their ops. */
const functions: Readonly<Record<string, Function>> = {
  relu: single("Relu"),
  sigmoid: single("Sigmoid"),
  tanh: single("Tanh"),
  softplus: single("Softplus"),
  negative: single("Neg"),
  abs: single("Abs"),
  sqrt: single("Sqrt"),
  exp: single("Exp"),
  log: single("Log"),
  sign: single("Sign"),
  floor: single("Floor"),
  round: single("Round"),
  sin: single("Sin"),
  cos: single("Cos"),
  erf: single("Erf"),
  arcsin: single("Asin"),
  arccos: single("Acos"),
  arctan: single("Atan"),
  sinh: single("Sinh"),
  cosh: single("Cosh"),
  arcsinh: single("Asinh"),
  arccosh: single("Acosh"),
  arctanh: single("Atanh"),
  softsign: single("Softsign"),
  selu: single("Selu"),
  mish: (graph, x) => graph.node("Mul", [x, graph.node("Tanh", [graph.node("Softplus", [x])])]),
  leakyRelu: single("LeakyRelu", (alpha) => ({ alpha: { float: alpha } })),
  elu: single("Elu", (alpha) => ({ alpha: { float: alpha } })),
  hardSigmoid: single("HardSigmoid", () => ({ alpha: { float: 1 / 6 }, beta: { float: 0.5 } })),
  hardSwish: (graph, x) =>
    graph.node("Mul", [x, graph.node("HardSigmoid", [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } })]),
  relu6: (graph, x) => graph.node("Clip", [x, graph.floats([0]), graph.floats([6])]),
  silu: (graph, x) => graph.node("Mul", [x, graph.node("Sigmoid", [x])]),
  square: (graph, x) => graph.node("Mul", [x, x]),
  gelu(graph, x) {
    const erf = graph.node("Erf", [graph.node("Mul", [x, graph.floats([halfRoot])])]);
    const twice = graph.node("Mul", [x, graph.node("Add", [erf, graph.floats([1])])]);
    return graph.node("Mul", [twice, graph.floats([0.5])]);
  },
};

/** What an activation makes of images or other arrays of one name. */
export function activated(graph: GraphWriter, activation: string | undefined, x: string): string {
  return activation === undefined || activation === "linear" ? x : functions[activation]!(graph, x, 0);
}

/** Gives y the order of axes that x has. */
export function inPlace(
  graph: GraphWriter,
  x: TracedTensor,
  y: TracedTensor,
  work: (name: string) => string,
): void {
  if (graph.isChannelsFirst(x)) graph.set(y, { channelsFirst: work(graph.channelsFirst(x)) });
  else graph.set(y, { plain: work(graph.plain(x)) });
}

const unary =
  (compute: Function): Exporter =>
  (graph, { inputs, output, attributes }) =>
    inPlace(graph, inputs[0]!, output, (x) => compute(graph, x, attributes as number));

/** Whether an operand broadcasts to images with their channels first just as well: a number, or one a channel. */
function operandOf(graph: GraphWriter, tensor: TracedTensor, images: TracedTensor): string | undefined {
  const { shape, data } = tensor;
  if (shape.length === 4 && shape.every((n, i) => n === images.shape[i])) return graph.channelsFirst(tensor);
  if (!data || shape.length > 4 || shape.some((n) => typeof n !== "number")) return undefined;
  if (shape.every((n) => n === 1)) return graph.floats([data[0]!]);
  const isChannels = shape.slice(0, -1).every((n) => n === 1);
  if (!isChannels) return undefined;
  return graph.reshape(graph.plain(tensor), [shape.at(-1)!, 1, 1]);
}

/** The nodes of an op of two operands. @param compute gets the names of both */
export function binary(compute: (graph: GraphWriter, a: string, b: string) => string): Exporter {
  return (graph, { inputs, output }) => {
    const [a, b] = inputs as [TracedTensor, TracedTensor];
    const images = [a, b].find((each) => graph.isChannelsFirst(each));
    const turned = images && [a, b].map((each) => operandOf(graph, each, output));
    if (turned?.[0] !== undefined && turned[1] !== undefined)
      graph.set(output, { channelsFirst: compute(graph, turned[0], turned[1]) });
    else graph.set(output, { plain: compute(graph, graph.plain(a), graph.plain(b)) });
  };
}

/** Whether it makes means of sums that nodes have made means of already. */
function isDivision(graph: GraphWriter, { inputs }: TracedOp): boolean {
  const [sums, inverse] = inputs as [TracedTensor, TracedTensor];
  const by = graph.divided.get(sums);
  const given = inverse.ofSizes instanceof OpenSize ? inverse.ofSizes : inverse.data?.[0];
  if (!by || given === undefined || inverse.shape.length > 0) return false;
  return inEach([given, ...by], (n, ...sizes) => n === Math.fround(1 / sizes.reduce((a, b) => a * b))).every(Boolean); // biome-ignore format: one rule
}

/** The output is the first input. */
function keep(graph: GraphWriter, { inputs, output }: TracedOp): void {
  graph.set(output, { plain: graph.plain(inputs[0]!) });
}

const operation = (opType: string): Exporter => binary((graph, a, b) => graph.node(opType, [a, b]));
/** Comparisons give truths, of which anygrad's ops make 1 and 0. */
const comparison = (opType: string, isNegated = false): Exporter =>
  binary((graph, a, b) => {
    const truth = graph.node(opType, [a, b]);
    return graph.node("Cast", [isNegated ? graph.node("Not", [truth]) : truth], { to: 1 });
  });

/** The exporters of what works element by element. */
export function elementwise(): Readonly<Record<string, Exporter>> {
  return {
    ...Object.fromEntries(Object.entries(functions).map(([name, compute]) => [name, unary(compute)])),
    add: operation("Add"),
    subtract: operation("Sub"),
    multiply: (graph, op) => (isDivision(graph, op) ? keep(graph, op) : operation("Mul")(graph, op)),
    divide: operation("Div"),
    maximum: operation("Max"),
    minimum: operation("Min"),
    pow: operation("Pow"),
    equal: comparison("Equal"),
    notEqual: comparison("Equal", true),
    greater: comparison("Greater"),
    greaterEqual: comparison("GreaterOrEqual"),
    less: comparison("Less"),
    lessEqual: comparison("LessOrEqual"),
    mod: binary((graph, a, b) => {
      const whole = graph.node("Floor", [graph.node("Div", [a, b])]);
      return graph.node("Sub", [a, graph.node("Mul", [whole, b])]);
    }),
    rescale(graph, { inputs, output, attributes }) {
      const { scale, shift } = attributes as { scale: number; shift: number };
      inPlace(graph, inputs[0]!, output, (x) => {
        const scaled = scale === 1 ? x : graph.node("Mul", [x, graph.floats([scale])]);
        return shift === 0 ? scaled : graph.node("Add", [scaled, graph.floats([shift])]);
      });
    },
    clip(graph, { inputs, output, attributes }) {
      const { low, high } = attributes as { low: number; high: number };
      inPlace(graph, inputs[0]!, output, (x) =>
        graph.node("Clip", [x, graph.floats([low]), graph.floats([high])]),
      );
    },
  };
}
