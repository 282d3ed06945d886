/** Draws a network: an input, layers of all kinds with branches that meet again, a last layer that suits the loss. */
import { type Layer, layers } from "../../../src/layers/index.ts";
import { losses } from "../../../src/losses/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { type Shape, sameShape, sizeOf } from "../../../src/tensor/shape.ts";
import type { Draws } from "./draws.ts";
import { activation, type DrawLayer, type LayerLine, layerLines, maybeRegularizer } from "./layers.ts";
import { kerasOptions, type Made, make, type Node, type Options, type Program } from "./program.ts";
import { drawLoss, drawOptimizer, type LossLine, lossLines, optimizerLines } from "./training.ts";

/** Numbers an example may have on its way: a network takes milliseconds. */
const largest = 1500;

/** The kinds that can be drawn. */
export const drawn: readonly string[] = kindsOf(layerLines, layers);
const lossKinds = kindsOf(lossLines, losses);
export const optimizerKinds: readonly string[] = kindsOf(optimizerLines, optimizers);

/** Those that are registered: a line may be there before its kind. */
function kindsOf(lines: Readonly<Record<string, object | string>>, registry: object): string[] {
  return Object.keys(lines).filter(
    (kind) => typeof lines[kind] !== "string" && Object.hasOwn(registry, kind),
  );
}

const lineOf = (kind: string): LayerLine => layerLines[kind] as LayerLine;
const takes = (kind: string, rank: number): boolean => (lineOf(kind).ranks ?? [1, 2, 3]).includes(rank);

/** A layer with options for an input of this shape, in both libraries' words. */
export function drawLayer(draws: Draws, kind: string, shape: Shape, fixed: Options = {}): Made {
  const inner: DrawLayer = (wrapped, of, options) => drawLayer(draws, wrapped, of, options);
  return layerMade(kind, { ...lineOf(kind).draw?.(draws, shape, inner), ...fixed });
}

export function layerMade(type: string, options: Options): Made {
  const made: Made = { from: "layers", type, options, keras: { class: "", options: {} } };
  const renamed = kerasOptions(options);
  const { keras, spreads } = lineOf(type);
  const named = keras?.(renamed) ?? { class: make<Layer>(made).keras, options: renamed };
  return { ...made, keras: { ...named, ...(spreads && { spreads }) } };
}

/** A tensor of the network that grows. */
interface Place {
  readonly at: number;
  readonly shape: Shape;
}

class Growing {
  readonly nodes: Node[] = [];
  readonly draws: Draws;
  readonly #input: Shape;
  readonly #shapes: Shape[] = [];

  constructor(draws: Draws, input: Shape) {
    this.draws = draws;
    this.#input = input;
  }

  /** The layer's output; undefined where it does not fit, or gives too much. */
  apply(layer: Made, inputs: readonly Place[], again?: number): Place | undefined {
    let shape: Shape;
    try {
      shape = make<Layer>(layer).outputShape(inputs.map((place) => place.shape));
    } catch {
      return undefined; // the options are one draw of many: the next fits
    }
    if (sizeOf(shape) > largest || sizeOf(shape) === 0 || shape.length > 3) return undefined;
    const node = { layer, inputs: inputs.map(({ at }) => at) };
    this.nodes.push(again === undefined ? node : { ...node, again });
    this.#shapes[this.nodes.length - 1] = shape;
    return { at: this.nodes.length - 1, shape };
  }

  /** A layer of this kind behind `from`; undefined after ten draws that do not fit. */
  grow(kind: string, from: Place): Place | undefined {
    const { tensors, fits, unmasked } = lineOf(kind);
    if (fits?.(from.shape) === false || (unmasked && this.isMasked)) return undefined;
    for (let attempt = 0; attempt < 10; attempt++) {
      const before = this.nodes.length;
      const count = tensors?.(this.draws) ?? 1;
      const inputs = [from, ...Array.from({ length: count - 1 }, () => this.branch(kind, from))];
      const place = this.apply(drawLayer(this.draws, kind, from.shape), inputs);
      if (place) return place;
      this.nodes.length = before;
    }
    return undefined;
  }

  /** Whether a layer so far makes a mask. */
  get isMasked(): boolean {
    return this.nodes.some(({ layer }) => lineOf(layer.type).masks?.(layer.options));
  }

  /** Another way from the same place, to the same shape or one that is broadcast to it. */
  branch(kind: string, from: Place): Place {
    const broadcast =
      lineOf(kind).broadcasts && from.shape.length === 3 && from.shape[2] !== 1 && this.draws.chance(0.15);
    const end = broadcast && this.apply(layerMade("globalAveragePooling2d", {}), [from]);
    if (end) return end;
    for (let attempt = 0; attempt < 8; attempt++) {
      const before = this.nodes.length;
      const place = this.grow(this.kind(from.shape.length, true), from);
      if (place && sameShape(place.shape, from.shape)) return place;
      this.nodes.length = before;
    }
    return this.apply(layerMade("tanh", {}), [from])!;
  }

  /** The first input, or what the model within makes of it, and the second, which has the same shape, in one tensor. */
  meet(place: Place): Place | undefined {
    const kinds = ["add", "subtract", "multiply", "average", "maximum", "minimum", "concatenate"];
    return this.apply(layerMade(this.draws.pick(kinds), {}), [place, { at: -2, shape: place.shape }]);
  }

  /** Now and then the last layer once more, with the same weights. */
  again(place: Place): Place | undefined {
    const node = this.nodes[place.at];
    if (!node || node.inputs.length > 1 || node.again !== undefined || !this.draws.chance(0.1))
      return undefined;
    const from = this.#shapes[node.inputs[0]!] ?? this.#input;
    return sameShape(from, place.shape) ? this.apply(node.layer, [place], place.at) : undefined;
  }

  /** A kind that takes so many axes. */
  kind(rank: number, single = false): string {
    const kinds = drawn.filter(
      (kind) =>
        takes(kind, rank) && !lineOf(kind).wholeInputs && !(single && lineOf(kind).tensors !== undefined),
    );
    return this.draws.pick(kinds);
  }
}

function inputShape(draws: Draws, kind: string): number[] {
  const rank = draws.pick(lineOf(kind).ranks ?? [1, 2, 3, 3]);
  if (rank === 1) return [draws.count(1, 12)];
  if (rank === 2) return [draws.count(2, 10), draws.count(1, 8)];
  return [draws.count(3, 10), draws.count(3, 10), draws.pick([1, 2, 3, 4, 6])];
}

/** The last layers: what the loss wants, on each example or on each of its places. */
function head(growing: Growing, from: Place, loss: Made): void {
  const { draws } = growing;
  const line = lossLines[loss.type] as LossLine;
  const wanted = line.head(loss.options);
  const last = wanted === "any" ? activation(draws) : wanted;
  const classes = ["labels", "shares", "classes"].includes(line.targets);
  const units = draws.count(classes ? 2 : 1, 6);
  const ways = ["flat", ...(from.shape.length === 3 ? ["pooled", "places"] : [])];
  const way = draws.pick(ways);
  let place = from;
  if (way === "pooled") place = growing.apply(layerMade("globalAveragePooling2d", {}), [place])!;
  if (way === "flat" && place.shape.length > 1) place = growing.apply(layerMade("flatten", {}), [place])!;
  const apart = draws.chance(0.2); // the activation as a layer of its own
  const options = { activation: apart ? "linear" : last, kernelRegularizer: maybeRegularizer(draws) };
  const layer =
    way === "places"
      ? layerMade("conv2d", { filters: units, kernelSize: 1, ...options })
      : layerMade("dense", { units, ...options });
  place = growing.apply(layer, [place])!;
  if (apart) growing.apply(layerMade("activation", { activation: last }), [place]);
}

/** The network of this number: one of the kinds in turn stands in it, others as drawn. */
export function drawProgram(draws: Draws, index: number): Program {
  const asked = drawn[index % drawn.length]!;
  const loss = drawLoss(draws, draws.pick(lossKinds));
  const end = draws.chance(0.25) ? drawLoss(draws, draws.pick(lossKinds)) : undefined;
  const whole = lineOf(asked).wholeInputs !== undefined; // numbers of words are for one layer alone
  const second = !whole && draws.chance(0.25);
  const isNested = !whole && draws.chance(0.25);
  const optimizer = drawOptimizer(draws, draws.pick(optimizerKinds));
  for (;;) {
    const shape = inputShape(draws, asked);
    const growing = new Growing(draws, shape);
    let place: Place | undefined = { at: -1, shape };
    let encoder = 0;
    const depth = draws.count(isNested ? 1 : 0, 4);
    const split = isNested ? draws.count(1, depth) : 0;
    const turn = lineOf(asked).wholeInputs ? 0 : draws.count(0, depth);
    for (let i = 0; i <= depth && place; i++) {
      if (i === split) {
        encoder = growing.nodes.length;
        if (second) place = growing.meet(place);
        if (!place) break;
      }
      const kind: string = i === turn ? asked : growing.kind(place.shape.length);
      if (!takes(kind, place.shape.length)) place = undefined;
      else place = (i !== turn && place.at >= encoder && growing.again(place)) || growing.grow(kind, place);
    }
    if (!place || !growing.nodes.some(({ layer }) => layer.type === asked)) continue;
    if (end) head(growing, place, end);
    const ends = end && [{ node: growing.nodes.length - 1, loss: end, weight: draws.number(0.5, 2) }];
    head(growing, place, loss);
    return {
      inputShape: shape,
      nodes: growing.nodes,
      loss,
      optimizer,
      ...(second && { second }),
      ...(encoder > 0 && { encoder }),
      ...(ends && { ends }),
    };
  }
}
