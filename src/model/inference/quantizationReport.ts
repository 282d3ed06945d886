/** What weights in fewer bits cost: the scores of a copy of the model that has the numbers a file would give back. */
import type { Dataset } from "../../data/dataset.ts";
import { AnygradError } from "../../errors.ts";
import { defaultFormat } from "../../io/formats.ts";
import { strictOptions } from "../../math/options.ts";
import type { Evaluation } from "../evaluation.ts";
import type { Model } from "../model.ts";
import type { NamedWeight, Parameter } from "../network/parameters.ts";
import type { Predictions } from "../predictions/predict.ts";
import { ready, trainable } from "../state.ts";
import { directionOf } from "../training/callbacks/monitor.ts";
import { checkAbort } from "../training/options.ts";
import type { SeveralSet } from "../training/several/forms.ts";
import { isBatchSource } from "../training/stream/source.ts";
import { checkModel, completed, unchanged } from "./copied.ts";
import { copied } from "./fold.ts";
import type { LayerSensitivity, QuantizationOptions, QuantizationReport } from "./report.ts";

type Numbers = ReadonlyMap<string, Float32Array>;

/**
 * What a model loses if its weights are stored in float16 or int8: its scores over data, the size of its file, and what each layer
 * loses by itself. The model stays as it is: `net.save({ weights, keep })` writes such a file, `keep` naming the layers that lose most.
 *
 * @param net a model with weights and a loss
 * @param data as `evaluate` takes it, but no stream: the test set, since it is a choice by its scores
 * @throws AnygradError INVALID_ARGUMENT for no model, streams, and options that `net.save` refuses; NOT_READY without weights or a loss;
 *   SHAPE_MISMATCH, DATA_FORMAT for data that are not the model's; UNSUPPORTED for layers that no file holds; ABORTED
 * @example
 * ```js
 * import { createEngine, datasets, layers, quantizationReport, sequential } from "anygrad";
 *
 * const { train, test } = await datasets.digits({ train: 500, test: 200 });
 * const net = sequential(
 *   [layers.flatten(), layers.dense({ units: 64, activation: "relu" }), layers.dense({ units: 10, activation: "softmax" })],
 *   { inputShape: [28, 28, 1], seed: 1 },
 * );
 * const engine = await createEngine();
 * await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: "accuracy", engine });
 * await net.fit(train, { epochs: 5 });
 * const { before, after, drop, layers: each } = await quantizationReport(net, test);
 * console.log(after.bytes / before.bytes < 0.3, drop < 0.02, each.length); // true true 2
 * ```
 */
export async function quantizationReport(
  net: Model<Predictions>,
  data: Dataset | SeveralSet,
  options?: QuantizationOptions,
): Promise<QuantizationReport> {
  const given = strictOptions(
    "quantizationReport",
    options,
    "weights:float16|int8 keep:object perLayer:boolean batchSize:number onProgress:function signal:AbortSignal",
  );
  checkModel("quantizationReport", net);
  if (net.state.compiling) await net.state.compiling;
  const { weights = "int8", keep = [], perLayer = true, batchSize = 32, onProgress, signal } = given;
  if (isBatchSource(data))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "quantizationReport: got a stream, but the data are gone through several times; pass a data set",
    );
  const whole = unchanged(net.state, "quantizationReport");
  trainable(net.state, "quantizationReport");
  const how = { weights, keep };
  const [before, after] = [await net.save(), await net.save(how)];
  const fewer = await asStored(net, how);
  const copy = await completed(copied(whole), net);
  try {
    const byLayer = await layersOf(net.getWeights(), keep);
    const total = 2 + (perLayer ? byLayer.size : 0);
    let done = 0;
    const scored = async (chosen: (weight: string) => boolean): Promise<Evaluation> => {
      checkAbort("quantizationReport", signal);
      // all of them, since a layer may keep what it saw in some
      write(
        ready(copy.state, "quantizationReport").parameters.all,
        (name) => (chosen(name) ? fewer : whole.weights).get(name)!,
      );
      const scores = await copy.evaluate(data, { batchSize, ...(signal && { signal }) });
      onProgress?.(++done, total);
      return scores;
    };
    const own = await scored(() => false);
    const all = await scored(() => true);
    const metric = watched(own);
    const drop = (scores: Evaluation): number =>
      directionOf(metric) === "max" ? own[metric]! - scores[metric]! : scores[metric]! - own[metric]!;
    const layers: LayerSensitivity[] = [];
    for (const [name, names] of perLayer ? byLayer : []) {
      const scores = await scored((weight) => names.includes(weight));
      layers.push({ name, ...sizeAndError(names, whole.weights, fewer), scores, drop: drop(scores) });
    }
    layers.sort((a, b) => b.drop - a.drop || b.scores.loss - a.scores.loss);
    return {
      weights,
      metric,
      before: { bytes: before.length, scores: own },
      after: { bytes: after.length, scores: all },
      drop: drop(all),
      layers,
    };
  } finally {
    copy.dispose();
  }
}

/** The numbers that a file gives back. */
async function asStored(
  net: Model<Predictions>,
  options: Pick<QuantizationOptions, "weights" | "keep">,
): Promise<Numbers> {
  const format = await defaultFormat();
  const { restored, stored } = await import("../saving/stored.ts"); // late: `save` imports it late
  const tensors = stored(net.getWeights(), net.getConfig().layers, options);
  const back = restored(format.read(format.write({ tensors, metadata: {} })).tensors);
  return new Map(back.map(({ name, data }) => [name, data]));
}

/** The names of the weights that are stored in fewer bits, by their layers. */
async function layersOf(
  weights: readonly NamedWeight[],
  keep: readonly string[],
): Promise<Map<string, string[]>> {
  const { isShrunk } = await import("../saving/stored.ts");
  const found = new Map<string, string[]>();
  for (const { name, shape } of weights) {
    const at = name.lastIndexOf("/");
    const layer = name.slice(0, at);
    if (!keep.includes(layer) && isShrunk(shape, name.slice(at + 1)))
      found.set(layer, [...(found.get(layer) ?? []), name]);
  }
  return found;
}

function write(parameters: readonly Parameter[], of: (name: string) => Float32Array): void {
  for (const { spec, value } of parameters) value.write(of(spec.fullName));
}

/** The first metric of which it is known what is better; else the loss. */
function watched(scores: Evaluation): string {
  const names = Object.keys(scores).filter((name) => name !== "loss");
  return names.find((name) => directionOf(name) !== undefined) ?? "loss";
}

function sizeAndError(
  names: readonly string[],
  weights: Numbers,
  fewer: Numbers,
): Pick<LayerSensitivity, "parameters" | "error"> {
  let [parameters, size, change] = [0, 0, 0];
  for (const name of names) {
    const data = weights.get(name)!;
    parameters += data.length;
    data.forEach((value, i) => {
      size = Math.max(size, Math.abs(value));
      change = Math.max(change, Math.abs(value - fewer.get(name)![i]!));
    });
  }
  return { parameters, error: size === 0 ? 0 : change / size };
}
