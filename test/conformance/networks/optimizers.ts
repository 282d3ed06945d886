/** Ten updates of each optimizer with gradients that are given: its state, step counts and clipping, without a network's rounding. */
import type { Engine } from "../../../src/autograd/engine.ts";
import type { Optimizer } from "../../../src/optimizers/index.ts";
import { OptimizerState } from "../../../src/optimizers/optimizerState.ts";
import { decoded, encoded, type Python } from "../python.ts";
import { optimizerKinds } from "./draw.ts";
import { Draws } from "./draws.ts";
import { type Made, make, printedMade, sentMade } from "./program.ts";
import { drawOptimizer } from "./training.ts";

/** Optimizers that are drawn of each kind. */
const each = 12;
const updates = 10;
const shapes = [[3, 4], [5], [2, 2, 2]] as const;

export interface OptimizerCase {
  readonly optimizer: Made;
  readonly weights: readonly Float32Array[];
  /** By step, by weight. */
  readonly steps: readonly (readonly Float32Array[])[];
}

export interface ComparedOptimizer {
  readonly each: OptimizerCase;
  /** Keras's weights after the updates, as text. */
  readonly keras: readonly string[];
  readonly deviation: number;
}

function drawOptimizerCase(seed: number, type: string, index: number): OptimizerCase {
  const draws = new Draws(seed, 1_000_000 + index);
  const optimizer = drawOptimizer(draws, type);
  const sizes = shapes.map((shape) => shape.reduce((product: number, n) => product * n, 1));
  return {
    optimizer,
    weights: sizes.map((n) => draws.normals(n)),
    steps: Array.from({ length: updates }, () => {
      const scale = draws.pick([1e-3, 0.1, 1, 10]);
      return sizes.map((n) => draws.normals(n).map((value) => value * scale));
    }),
  };
}

/** The largest difference after the updates, as a share of the largest weight. */
export function optimizerDeviation(
  { optimizer, weights, steps }: OptimizerCase,
  keras: readonly string[],
  engine: Engine,
): number {
  const variables = weights.map((data, i) => engine.variable(data, [...shapes[i]!]));
  const state = new OptimizerState(make<Optimizer>(optimizer), variables);
  for (const gradients of steps)
    engine.step(() => state.apply(gradients.map((data, i) => engine.tensor(data, [...shapes[i]!]))));
  const expected = keras.map(decoded);
  let [difference, size] = [0, 1];
  variables.forEach(({ data }, i) => {
    expected[i]!.forEach((value, j) => {
      difference = Math.max(difference, Math.abs(data[j]! - value));
      size = Math.max(size, Math.abs(value));
    });
  });
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference / size;
}

/** @throws Error with Keras's message */
export async function compareOptimizers(
  seed: number,
  engine: Engine,
  python: Python,
): Promise<ComparedOptimizer[]> {
  const all: ComparedOptimizer[] = [];
  for (const kind of optimizerKinds)
    for (let i = 0; i < each; i++) {
      const drawn = drawOptimizerCase(seed, kind, all.length);
      const array = (data: Float32Array, j: number): object => ({ shape: shapes[j], data: encoded(data) });
      const answer = await python.ask({
        ask: "optimizer",
        optimizer: sentMade(drawn.optimizer),
        weights: drawn.weights.map(array),
        steps: drawn.steps.map((gradients) => gradients.map(array)),
      });
      if (typeof answer.error === "string")
        throw new Error(`Keras: ${answer.error}: ${printedMade(drawn.optimizer)}`);
      const keras = answer.updated as string[];
      all.push({ each: drawn, keras, deviation: optimizerDeviation(drawn, keras, engine) });
    }
  return all;
}
