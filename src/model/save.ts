/** Models as safetensors bytes: the weights as tensors, everything else as JSON in the metadata. */
import type { Normalization } from "../data/dataset.ts";
import { AnygradError } from "../errors.ts";
import { type NamedArray, readSafetensors, writeSafetensors } from "../io/safetensors.ts";
import type { SavedLayer } from "../layers/index.ts";
import type { LossLike } from "../losses/index.ts";
import { type SavedOptimizer, saveOptimizer } from "../optimizers/index.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Compiled } from "./compiled.ts";
import type { Graph } from "./graph.ts";

/** Counts changes of the form below that older versions cannot read. */
const version = 1;

export interface SavedModel {
  version: number;
  name: string;
  inputShape: Shape;
  seed: number;
  layers: SavedLayer[];
  normalization?: Normalization;
  optimizer: SavedOptimizer;
  loss: LossLike;
  metrics: { type: string; config: Record<string, unknown> }[];
  /** Optimizer steps done; with it the optimizer's slots are in the file. */
  step?: number;
}

export interface SaveOptions {
  /** Also save what a resumed run needs: the optimizer's slots and step. Default false. */
  optimizer?: boolean;
}

const slotPrefix = "optimizer/";

export function saveModel(
  name: string,
  graph: Graph,
  seed: number,
  normalization: Normalization | undefined,
  { parameters, updater, loss, metrics }: Compiled,
  { optimizer = false }: SaveOptions,
): Uint8Array<ArrayBuffer> {
  const model: SavedModel = {
    version,
    name,
    inputShape: graph.inputShape,
    seed,
    layers: graph.nodes.map(({ layer, name: layerName }) => ({
      type: layer.type,
      name: layerName,
      trainable: layer.trainable,
      config: layer.config,
    })),
    ...(normalization && { normalization }),
    optimizer: saveOptimizer(updater.optimizer),
    loss: { type: loss.type, config: loss.config },
    metrics: metrics.flatMap(({ type, config }) => (type === undefined ? [] : [{ type, config }])),
    ...(optimizer && { step: updater.step }),
  };
  const slots: NamedArray[] = updater.slots.map((slot, i) => ({
    name: slotPrefix + updater.optimizer.slots[i]!,
    shape: slot.shape,
    data: Float32Array.from(slot.view),
  }));
  return writeSafetensors({
    tensors: [...parameters.read(), ...(optimizer ? slots : [])],
    metadata: { format: "anygrad", model: JSON.stringify(model) },
  });
}

export interface ReadModel {
  readonly model: SavedModel;
  readonly weights: readonly NamedArray[];
  /** In the optimizer's order. */
  readonly slots: readonly NamedArray[];
}

/** @throws AnygradError DATA_FORMAT for bytes that no `save` wrote, or a newer version's */
export function readModel(bytes: Uint8Array): ReadModel {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.format !== "anygrad" || metadata.model === undefined)
    throw new AnygradError(
      "DATA_FORMAT",
      "load: the file holds tensors but no anygrad model; pass bytes that net.save() gave",
    );
  let model: SavedModel;
  try {
    model = JSON.parse(metadata.model) as SavedModel;
  } catch (cause) {
    throw new AnygradError("DATA_FORMAT", "load: the model's description is damaged; save it again", {
      cause,
    });
  }
  if (model.version > version)
    throw new AnygradError(
      "DATA_FORMAT",
      `load: the model was saved in form ${model.version} but this version reads up to ${version}; update anygrad`,
    );
  return {
    model,
    weights: tensors.filter(({ name }) => !name.startsWith(slotPrefix)),
    slots: tensors.filter(({ name }) => name.startsWith(slotPrefix)),
  };
}
