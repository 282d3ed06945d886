/** What is seen of a network: its weights, what its layers make of an example, what it says of a plane, where it errs. */
import { type Dataset, type Engine, type Model, type NamedWeight, ops, take } from "anygrad";
import { planePoints } from "anygrad/vis";
import type { Activation, Answer, Boxes, Histograms, Look, Verdict } from "../training/messages.ts";
import { picturesOf } from "./dataSets.ts";

/** Rows and columns of a decision surface. */
const surfaceSide = 100;
const boxes = 30;
/** Mistakes that are shown, the surest first. */
const shownMistakes = 24;
/** Maps of a layer that are shown. */
const shownMaps = 32;

const plane = planePoints(surfaceSide, surfaceSide);

export async function surfaceOf(net: Model): Promise<NonNullable<Look["surface"]>> {
  const { data, shape } = await net.predict(
    { data: plane, shape: [surfaceSide * surfaceSide, 2] },
    { batchSize: 2048 },
  );
  return { data: Float32Array.from(data), shape: [surfaceSide, surfaceSide, shape.at(-1)!] };
}

/** The first weights that are pictures: of a convolution, or of a dense layer over the pixels. */
export function filtersOf(weights: readonly NamedWeight[], inputShape: readonly number[]): Look["filters"] {
  const size = inputShape.reduce((product, n) => product * n, 1);
  for (const { shape, data } of weights) {
    if (shape.length === 4)
      return { data: firstFilters(data, shape, 48), shape: [...shape.slice(0, 3), Math.min(48, shape[3]!)] };
    if (shape.length === 2 && inputShape.length === 3 && shape[0] === size) {
      const shown = Math.min(48, shape[1]!);
      return { data: firstFilters(data, shape, 48), shape: [size, shown], imageShape: inputShape };
    }
  }
  return undefined;
}

function firstFilters(data: Float32Array, shape: readonly number[], most: number): Float32Array {
  const count = shape.at(-1)!;
  const shown = Math.min(most, count);
  return Float32Array.from(
    { length: (data.length / count) * shown },
    (_, i) => data[Math.floor(i / shown) * count + (i % shown)]!,
  );
}

/** Weights and gradients of the layers' kernels, of the examples given. */
export function histogramsOf(
  net: Model,
  engine: Engine,
  weights: readonly NamedWeight[],
  batch: { x: Float32Array; y: Float32Array; shape: readonly number[] } | undefined,
): Histograms[] {
  const gradients = batch ? gradientsOf(net, engine, batch) : [];
  const kernels = weights.filter(({ shape }) => shape.length >= 2);
  return kernels.slice(0, 8).map(({ name, data }, i) => {
    const gradient = gradients[i];
    return {
      layer: name.replace(/\/.*/, ""),
      weights: inBoxes(data),
      ...(gradient && { gradients: inBoxes(gradient) }),
    };
  });
}

/** Gradients of the cross entropy, as a prediction computes it: nothing of the run is touched. */
function gradientsOf(
  net: Model,
  engine: Engine,
  { x, y, shape }: { x: Float32Array; y: Float32Array; shape: readonly number[] },
): Float32Array[] {
  const variables = net.trainableVariables.filter((variable) => variable.shape.length >= 2); // kernels
  const classes = y.length / shape[0]!;
  const { gradients } = engine.valueAndGrad(() => {
    const p = net.apply(engine.tensor(x, [...shape]));
    const wanted = engine.tensor(y, [shape[0]!, classes]);
    const sure = ops.sum(ops.multiply(ops.log(ops.add(p, engine.tensor([1e-7], [1]))), wanted));
    return ops.multiply(sure, engine.tensor([-1 / shape[0]!], [1]));
  }, variables);
  return gradients.map((gradient) => Float32Array.from(gradient.data));
}

export function inBoxes(values: ArrayLike<number>): Boxes {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]!);
    most = Math.max(most, values[i]!);
  }
  if (!(most > least)) [least, most] = [(least || 0) - 0.5, (most || 0) + 0.5];
  const counts = new Array<number>(boxes).fill(0);
  const width = (most - least) / boxes;
  for (let i = 0; i < values.length; i++)
    counts[Math.min(boxes - 1, Math.floor((values[i]! - least) / width))]!++;
  return { counts, edges: Array.from({ length: boxes + 1 }, (_, i) => least + i * width) };
}

/** What the layers make of examples, one at a time. The fronts of the network share its weights, and are made once. */
export class Layerwise {
  readonly #net: Model;
  readonly #engine: Engine;
  #fronts: Promise<readonly { name: string; front: Model }[]> | undefined;

  constructor(net: Model, engine: Engine) {
    this.#net = net;
    this.#engine = engine;
  }

  async of(input: Float32Array, inputShape: readonly number[]): Promise<Answer> {
    this.#fronts ??= this.#make();
    const x = { data: input, shape: [1, ...inputShape] };
    const activations: Activation[] = [];
    for (const { name, front } of await this.#fronts) {
      const { data, shape } = await front.predict(x);
      activations.push({ name, ...firstMaps(Float32Array.from(data), shape.slice(1)) });
    }
    const outputs = await this.#net.predict(x);
    return { outputs: Float32Array.from(outputs.data), activations };
  }

  async #make(): Promise<{ name: string; front: Model }[]> {
    const shown = this.#net.graph.nodes.filter(
      ({ layer }) => !/^(flatten|reshape|dropout)$/.test(layer.type),
    );
    const fronts: { name: string; front: Model }[] = [];
    for (const { name } of shown.slice(0, 12)) {
      const front = this.#net.truncate(name);
      await front.build({ engine: this.#engine });
      fronts.push({ name, front });
    }
    return fronts;
  }
}

function firstMaps(
  data: Float32Array,
  shape: readonly number[],
): { data: Float32Array; shape: readonly number[] } {
  const channels = shape.at(-1)!;
  if (shape.length !== 3 || channels <= shownMaps) return { data, shape };
  return { data: firstFilters(data, shape, shownMaps), shape: [shape[0]!, shape[1]!, shownMaps] };
}

/** How the examples of a set are judged; at most so many, which are enough to see where the network errs. */
export async function verdictOf(net: Model, set: Dataset, classes: number): Promise<Verdict> {
  const most = Math.min(1000, set.shape[0]!);
  const { data } = await net.predict(take(set, most), { batchSize: 128 });
  if (classes === 1) {
    // a table's numbers are learned in deviations from their mean, and predicted in the user's unit
    const { mean = 0, deviation = 1 } = set.preparation?.target ?? {};
    const actual = Float32Array.from(set.y.subarray(0, most), (value) => mean + value * deviation);
    const predicted = { x: actual, y: Float32Array.from(data) };
    return { matrix: [], accuracy: Number.NaN, wrong: 0, of: most, predicted };
  }
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const mistakes: { place: number; said: number; sure: number }[] = [];
  for (let i = 0; i < most; i++) {
    const row = data.subarray(i * classes, (i + 1) * classes);
    let said = 0;
    for (let c = 1; c < classes; c++) if (row[c]! > row[said]!) said = c;
    matrix[set.y[i]!]![said]!++;
    if (said !== set.y[i]) mistakes.push({ place: i, said, sure: row[said]! });
  }
  const worst = mistakes.sort((a, b) => b.sure - a.sure).slice(0, shownMistakes);
  const names = set.classNames ?? [];
  const nameOf = (label: number): string => names[label] ?? String(label);
  const saidAt = new Map(worst.map(({ place, said }) => [place, said]));
  return {
    matrix,
    accuracy: 1 - mistakes.length / most,
    wrong: mistakes.length,
    of: most,
    ...(set.shape.length === 4 && {
      mistakes: picturesOf(
        set,
        worst.map(({ place }) => place),
        (place) => `${nameOf(set.y[place]!)} → ${nameOf(saidAt.get(place)!)}`,
      ),
    }),
  };
}

/** How much less likely a class is where a square of the picture is hidden: a number a square. */
export async function occlusionOf(
  net: Model,
  input: Float32Array,
  [height = 0, width = 0, channels = 1]: readonly number[],
  label: number,
): Promise<{ data: Float32Array; shape: readonly number[] }> {
  const side = Math.max(2, Math.round(Math.min(height, width) / 5));
  const stride = Math.max(1, Math.round(side / 3));
  const rows = Math.floor((height - side) / stride) + 1;
  const columns = Math.floor((width - side) / stride) + 1;
  const size = input.length;
  const background = Math.min(...input.subarray(0, channels)); // the corner's
  const hidden = new Float32Array((rows * columns + 1) * size);
  for (let place = 0; place < rows * columns; place++) {
    hidden.set(input, place * size);
    const [top, left] = [Math.floor(place / columns) * stride, (place % columns) * stride];
    for (let row = top; row < top + side; row++)
      hidden.fill(
        background,
        place * size + (row * width + left) * channels,
        place * size + (row * width + left + side) * channels,
      );
  }
  hidden.set(input, rows * columns * size);
  const { data, shape } = await net.predict(
    { data: hidden, shape: [rows * columns + 1, height, width, channels] },
    { batchSize: 128 },
  );
  const classes = shape.at(-1)!;
  const whole = data[rows * columns * classes + label]!;
  return {
    data: Float32Array.from({ length: rows * columns }, (_, i) => whole - data[i * classes + label]!),
    shape: [rows, columns],
  };
}
