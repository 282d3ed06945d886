/** A network with its numbers, what anygrad makes of it, and how far that is from what Keras makes of it. */
import type { Engine } from "../../../src/autograd/engine.ts";
import type { Loss } from "../../../src/losses/index.ts";
import type { Model, Prediction } from "../../../src/model/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { sizeOf } from "../../../src/tensor/shape.ts";
import { drawProgram } from "./draw.ts";
import { Draws } from "./draws.ts";
import { type LayerLine, layerLines } from "./layers.ts";
import { build, isMade, layerName, type Made, make, type Program } from "./program.ts";
import { type LossLine, lossLines } from "./training.ts";

export interface Numbers {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface Weight extends Numbers {
  /** The node whose layer it belongs to. */
  readonly node: number;
  /** Its name in Keras. */
  readonly name: string;
}

export interface Case {
  readonly index: number;
  readonly program: Program;
  readonly x: Numbers;
  readonly y: Numbers;
  /** Class indices. */
  readonly labels: boolean;
  /** The second input's. */
  readonly second?: Numbers;
  /** Those of further outputs. */
  readonly ends?: readonly { readonly y: Numbers; readonly labels: boolean }[];
  /** A factor an example; now and then. */
  readonly sampleWeight?: Float32Array;
  readonly weights: readonly Weight[];
  /** Without a step of training, where that depends on random numbers. */
  readonly inferenceOnly: boolean;
}

/** What a library makes of a case. */
export interface Results {
  readonly forward: Float32Array;
  /** The loss at inference, penalties included. */
  readonly loss: number;
  /** The loss that the first step of training begins with. */
  readonly trainingLoss?: number;
  /** By weight; undefined for those that are not learned. */
  readonly gradients?: readonly (Float32Array | undefined)[];
  /** The weights after the first update. */
  readonly updated?: readonly Float32Array[];
}

const lineOf = (type: string): LayerLine => layerLines[type] as LayerLine;

/** The network of this number, with numbers. */
export function drawCase(seed: number, index: number, engine: Engine): Promise<Case> {
  const draws = new Draws(seed, index);
  return caseOf(drawProgram(draws, index), draws, index, engine);
}

/** A program with numbers. Weights are the initializers', stirred: a bias of zeros would hide what it does. */
export async function caseOf(program: Program, draws: Draws, index: number, engine: Engine): Promise<Case> {
  const net = build(program);
  const n = draws.count(2, 5);
  const shapeOf = (node: number): readonly number[] =>
    net.graph.nodes.find(({ name }) => name === layerName(node))!.outputShape;
  const targetsOf = (loss: Made, node: number): { y: Numbers; labels: boolean } => {
    const { targets } = lossLines[loss.type] as LossLine;
    return { y: drawTargets(draws, targets, [n, ...shapeOf(node)]), labels: targets === "labels" };
  };
  const main = program.nodes.at(-1)!.again ?? program.nodes.length - 1;
  const { y, labels } = targetsOf(program.loss, main);
  const ends = program.ends?.map(({ loss, node }) => targetsOf(loss, node));
  await compileFor(net, program, engine);
  const weights = owned(program, net).map(({ node, name, shape, data }) => ({
    node,
    name,
    shape,
    data: data.map((value) => {
      const stirred = Math.fround(value + 0.1 * draws.normal());
      return name.includes("variance") ? Math.abs(stirred) : stirred;
    }),
  }));
  net.dispose();
  const weighted = draws.chance(0.15);
  return {
    index,
    program,
    x: { shape: [n, ...program.inputShape], data: drawInputs(draws, program, n) },
    y,
    labels,
    ...(program.second && {
      second: { shape: [n, ...program.inputShape], data: drawInputs(draws, program, n) },
    }),
    ...(ends && { ends }),
    ...(weighted && { sampleWeight: Float32Array.from({ length: n }, () => draws.number(0, 2)) }),
    weights,
    inferenceOnly: isRandom(program),
  };
}

export function isRandom({ nodes }: Program): boolean {
  return nodes.some(({ layer }) => lineOf(layer.type).isRandom?.(layer.options));
}

export function drawInputs(draws: Draws, { nodes, inputShape }: Program, n: number): Float32Array {
  const first = nodes.find(({ inputs }) => inputs.includes(-1))!.layer;
  const below = lineOf(first.type).wholeInputs?.(first.options);
  const size = n * sizeOf(inputShape);
  return below === undefined
    ? draws.normals(size)
    : Float32Array.from({ length: size }, () => draws.integer(below));
}

export function drawTargets(draws: Draws, kind: LossLine["targets"], shape: readonly number[]): Numbers {
  const classes = shape.at(-1)!;
  const size = sizeOf(shape);
  if (kind === "labels") {
    const rows = size / classes;
    return {
      shape: shape.slice(0, -1),
      data: Float32Array.from({ length: rows }, () => draws.integer(classes)),
    };
  }
  if (kind === "numbers") return { shape, data: draws.normals(size) };
  const soft = draws.chance(0.3) && kind !== "binary" && kind !== "classes";
  if (kind === "truths" || kind === "binary")
    return {
      shape,
      data: Float32Array.from({ length: size }, () => (soft ? draws.uniform() : draws.integer(2))),
    };
  const data = new Float32Array(size);
  for (let row = 0; row < size; row += classes)
    if (soft) {
      const shares = Array.from({ length: classes }, () => draws.uniform() + 0.01);
      const sum = shares.reduce((a, b) => a + b);
      data.set(
        shares.map((share) => share / sum),
        row,
      );
    } else data[row + draws.integer(classes)] = 1;
  return { shape, data };
}

/** The weights with the nodes that they belong to, which `build` has named. */
function owned({ nodes }: Program, net: Model): Weight[] {
  return net.getWeights().map(({ name: full, shape, data }) => {
    const [layer = "", name = ""] = full.split("/");
    const node = Number(layer.slice(layerName("").length));
    return { node, name: lineOf(nodes[node]!.layer.type).weights?.[name] ?? name, shape, data };
  });
}

/** The losses, and of several their factors. */
function lossesOf({ loss, ends }: Program): { loss: Loss | Loss[]; lossWeights?: number[] } {
  if (!ends) return { loss: make<Loss>(loss) };
  return {
    loss: [...ends.map((end) => make<Loss>(end.loss)), make<Loss>(loss)],
    lossWeights: [...ends.map(({ weight }) => weight), 1],
  };
}

async function compileFor(net: Model, program: Program, engine: Engine): Promise<void> {
  await net.compile({ ...lossesOf(program), optimizer: make(program.optimizer), engine });
}

/** What anygrad makes of it. Gradients are what one step of gradient descent at a rate of 1 changes. */
export async function run(each: Case, engine: Engine): Promise<Results> {
  const { program, x, second, ends, weights, sampleWeight, inferenceOnly } = each;
  const net = build(program);
  const listed = [...(ends ?? []), each].map(({ y, labels }) => ({
    shape: y.shape,
    data: labels ? Int32Array.from(y.data) : y.data,
  }));
  const targets = (ends ? listed : listed[0]!.data) as never;
  const inputs = second && [x, second].map(({ data, shape }) => ({ data, shape }));
  const given = (inputs ?? { x: x.data, shape: x.shape }) as never;
  const [n = 0] = x.shape;
  try {
    await compileFor(net, program, engine);
    net.setWeights(weights);
    const predicted: Prediction | readonly Prediction[] = await net.predict(given, { batchSize: n });
    const forward = Float32Array.from([predicted].flat().flatMap(({ data }) => Array.from(data)));
    const { loss } = await net.evaluate(given, targets, {
      batchSize: n,
      ...(sampleWeight && { sampleWeight }),
    });
    if (inferenceOnly || weights.length === 0) return { forward, loss };
    const step = async (model: Model): Promise<{ first: number; after: Float32Array[] }> => {
      const options = { epochs: 1, batchSize: n, shuffle: false, ...(sampleWeight && { sampleWeight }) };
      const history = await model.fit(given, targets, options);
      return { first: history.loss![0]!, after: model.getWeights().map(({ data }) => data) };
    };
    const { first: trainingLoss, after: updated } = await step(net);
    const descending = build(unconstrained(program));
    await descending.compile({
      ...lossesOf(program),
      optimizer: optimizers.sgd({ learningRate: 1 }),
      engine,
    });
    descending.setWeights(weights);
    const { after } = await step(descending);
    descending.dispose();
    const gradients = weights.map(({ data }, i) => data.map((value, j) => value - after[i]![j]!));
    return { forward, loss, trainingLoss, gradients, updated };
  } finally {
    net.dispose();
  }
}

/** Without constraints, which change weights after a step; also of layers within layers. */
export function unconstrained(program: Program): Program {
  const without = (made: Made): Made => {
    const options = Object.entries(made.options).filter(([name]) => !name.endsWith("Constraint"));
    const kept = options.map(([name, value]) => [name, isMade(value) ? without(value) : value]);
    return { ...made, options: Object.fromEntries(kept) };
  };
  return { ...program, nodes: program.nodes.map((node) => ({ ...node, layer: without(node.layer) })) };
}
