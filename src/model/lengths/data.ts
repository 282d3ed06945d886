/**
 * Data of any length for a network that takes it, and batches of another length than the model's: the network at theirs, with the same
 * weights. Imported where a network has an open length, or batches have one of their own.
 */
import { isNamedData } from "../../data/given/namedData.ts";
import { readNumbers } from "../../data/given/numbers.ts";
import { AnygradError, quote } from "../../errors.ts";
import { formatShape, openShape, type Shape } from "../../tensor/shape.ts";
import type { Graph, NetworkInput } from "../network/graph.ts";
import { aimOf, type Compiled, type TrainingContext } from "../training/context.ts";
import { classesLast } from "../training/outputs/classAxis.ts";
import { fitsInput, graphAt } from "./network.ts";

/** A compiled network at lengths of its own. */
export type AtLengths = Pick<TrainingContext, "graph" | "compiled">;

/** What is compiled, by the networks at other lengths. */
const known = new WeakMap<Compiled, WeakMap<Graph, AtLengths>>();

/** The network for examples of these shapes. @throws AnygradError SHAPE_MISMATCH */
export function atShapes(
  subject: string,
  { graph, compiled }: AtLengths,
  shapes: readonly Shape[],
): AtLengths {
  const at = graphAt(subject, graph, shapes);
  const own = known.get(compiled) ?? new WeakMap<Graph, AtLengths>();
  known.set(compiled, own);
  const found = own.get(at) ?? { graph: at, compiled: withHeads(compiled, at) };
  own.set(at, found);
  return found;
}

function withHeads(compiled: Compiled, { nodes, outputs }: Graph): Compiled {
  const heads = compiled.heads.map((head) => {
    const { outputShape } = nodes[outputs[head.output]!.node]!;
    const { classAxis } = head.loss;
    return {
      ...head,
      shape: classAxis === undefined ? outputShape : classesLast(outputShape, classAxis, []),
    };
  });
  return { ...compiled, heads, aim: aimOf(heads) };
}

/** The network at the length of a batch of one input that says it. @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH */
export function ownSteps(subject: string, whole: AtLengths, shape: unknown): AtLengths {
  const [, steps, ...rest] = Array.isArray(shape) ? (shape as Shape) : [];
  const [first] = whole.graph.inputs;
  if (steps === undefined || whole.graph.inputs.length > 1)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: ownSteps is for one input, whose x is { shape: [n, steps, …], data }; got ${quote(shape)}`,
    );
  if (steps === first!.shape[0]) return whole;
  return atShapes(subject, whole, [[steps, ...(rest.length > 0 ? rest : first!.shape.slice(1))]]);
}

/** The shapes of examples, as data in any form have them. @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT, DATA_FORMAT */
export function shapesIn(subject: string, { inputs, forms }: Graph, given: unknown): Shape[] {
  const set = Object(given) as { x?: unknown; parts?: { x?: readonly { name: string; shape: Shape }[] } };
  const parts = set.parts?.x;
  if (parts)
    return inputs.map((input) => {
      const shape = parts.find(({ name }) => name === input.name)?.shape;
      return shape ? lengthOf(subject, input, shape, 0) : input.shape; // who divides the rows refuses it
    });
  if (forms.inputs === "one") return [shapeIn(subject, inputs[0]!, given)];
  const isWrapped = isNamedData(given) && "x" in given && !inputs.some(({ name }) => name === "x");
  const data = isWrapped ? given.x : given;
  return inputs.map((input, i) => {
    const own: unknown = isNamedData(data) ? data[input.name!] : Array.isArray(data) ? data[i] : undefined;
    return own === undefined ? input.shape : shapeIn(`${subject}: input ${quote(input.name)}`, input, own);
  });
}

function shapeIn(subject: string, input: Graph["inputs"][number], given: unknown): Shape {
  const { x = given, shape } = Object(given) as { x?: unknown; shape?: readonly number[] };
  const read = readNumbers(x, `${subject}: x`);
  return lengthOf(subject, input, shape && x !== given ? shape : read.shape, read.values.length);
}

/** The network at the lengths of data. @throws AnygradError as `shapesIn` does */
export function atData(subject: string, whole: AtLengths, given: unknown): AtLengths {
  return atShapes(subject, whole, shapesIn(subject, whole.graph, given));
}

/**
 * The shape of the examples that an input of any length gets, of the shape of all of them where that is known.
 * @param shape [n, …sample] or of one example, as it was given; undefined for flat numbers @param count of numbers
 * @throws AnygradError SHAPE_MISMATCH
 */
function lengthOf(
  subject: string,
  input: NetworkInput,
  shape: readonly number[] | undefined,
  count: number,
): Shape {
  const wanted = openShape(input.shape, input.others);
  const rank = wanted.length;
  if (shape && shape.length === rank + 1 && fitsInput(input, shape.slice(1))) return shape.slice(1);
  if (shape && shape.length === rank && fitsInput(input, shape)) return [...shape];
  // a single channel may be left out
  if (shape?.length === rank && wanted.at(-1) === 1 && fitsInput(input, [...shape.slice(1), 1]))
    return [...shape.slice(1), 1];
  const each = wanted.reduce<number>((size, n) => size * (n ?? 1), 1);
  const isOne = wanted.filter((n) => n === null).length === 1;
  // flat numbers are an example
  if ((!shape || shape.length === 1) && isOne && count > 0 && count % each === 0)
    return wanted.map((n) => n ?? count / each);
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `${subject}: x is ${shape ? formatShape(shape) : `${count} numbers in a row`} but the model takes examples of ${quote(wanted)}; pass lists of that shape, all of one length, or { x, shape }`,
  );
}
