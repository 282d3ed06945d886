/** Looking at a run: what the page has open is computed from the network as it is now, and told. Nothing of the run is touched. */
import type { Engine, Model } from "anygrad";
import type { Look, Tell, Watching } from "../training/messages.ts";
import type { Loaded } from "./dataSets.ts";
import { filtersOf, histogramsOf, type Layerwise, surfaceOf, verdictOf } from "./inspection.ts";

/** A network and the data that it is looked at with. */
export interface Seen {
  readonly net: Model;
  readonly engine: Engine;
  readonly layerwise: Layerwise;
  readonly data: Loaded;
}

export class Looking {
  readonly #tell: Tell;
  /** What the page wants to see. */
  watching: Watching = { surface: true, filters: false, histograms: false };

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  async atAll(seen: Seen): Promise<void> {
    await this.at(seen, this.watching);
    await this.judge(seen);
  }

  async judge({ net, data: { test, summary } }: Seen): Promise<void> {
    this.#tell("verdict", await verdictOf(net, test, summary.classes));
  }

  async at(
    { net, engine, layerwise, data }: Seen,
    { surface, filters, histograms, example }: Watching,
  ): Promise<void> {
    const { train, summary } = data;
    const look: { -readonly [Name in keyof Look]: Look[Name] } = {};
    if (surface && summary.toy) look.surface = await surfaceOf(net);
    const weights = filters || histograms ? net.getWeights() : [];
    if (filters) look.filters = filtersOf(weights, summary.inputShape);
    if (histograms) look.histograms = histogramsOf(net, engine, weights, firstBatch(data));
    if (example !== undefined && example < train.shape[0]!)
      look.activations = (await layerwise.of(inputAt(train, example), net.inputShape)).activations;
    if (Object.keys(look).length > 0) this.#tell("look", look);
  }
}

/** The first examples as the network takes them, and which classes they are; undefined where there are no classes. */
function firstBatch({ train, summary }: Loaded) {
  if (summary.task !== "classification") return undefined;
  const count = Math.min(32, train.shape[0]!);
  const size = train.x.length / train.shape[0]!;
  const x = new Float32Array(count * size);
  const y = new Float32Array(count * summary.classes);
  for (let i = 0; i < count; i++) {
    x.set(inputAt(train, i), i * size);
    y[i * summary.classes + train.y[i]!] = 1;
  }
  return { x, y, shape: [count, ...summary.inputShape] };
}

/** An example as the network takes it. */
function inputAt({ x, shape, normalization }: Loaded["train"], place: number): Float32Array {
  const size = x.length / shape[0]!;
  const row = Float32Array.from(x.subarray(place * size, (place + 1) * size));
  const { scale, shift } = normalization ?? { scale: 1, shift: 0 };
  return x instanceof Uint8Array ? row.map((value) => value * scale + shift) : row;
}
