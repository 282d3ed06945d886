/** What the bytes of a file hold of a model, checked as far as nothing later checks it. */
import { AnygradError } from "../../errors.ts";
import type { NamedArray } from "../../io/arrays.ts";
import { formatOf } from "../../io/formats.ts";
import { parseJson } from "../../io/json.ts";
import { unpackSnapshot } from "../../io/packedSnapshot.ts";
import type { Snapshot } from "../../io/snapshot.ts";
import { formatShape, type Shape, sameShape } from "../../tensor/shape.ts";
import { runPrefix, type SavedModel, slotPrefix, version } from "./save.ts";

/** What was read from a file. */
export interface ReadModel {
  /** The description. */
  readonly model: SavedModel;
  /** The weights, by full name. */
  readonly weights: ArrayReader;
  /** The optimizer's, by slot name. */
  readonly slots: ArrayReader;
  /** The run that the model was saved in. */
  readonly run: Snapshot | undefined;
}

/** Arrays to be taken by name, each once: other tools write them in an order of their own. */
class ArrayReader {
  readonly #arrays: Map<string, NamedArray>;

  constructor(arrays: readonly NamedArray[]) {
    this.#arrays = new Map(arrays.map((array) => [array.name, array]));
  }

  /** @throws AnygradError DATA_FORMAT where it is missing or has another shape */
  check(name: string, shape: Shape): void {
    const array = this.#find(name);
    if (!sameShape(array.shape, shape))
      throw new AnygradError(
        "DATA_FORMAT",
        `load: the array "${name}" is ${formatShape(array.shape)} where ${formatShape(shape)} is wanted`,
      );
  }

  #find(name: string): NamedArray {
    const array = this.#arrays.get(name);
    if (array) return array;
    throw new AnygradError("DATA_FORMAT", `load: the array "${name}" is missing`);
  }

  /** @throws AnygradError DATA_FORMAT where it is missing or has another size */
  take(name: string, size?: number): NamedArray {
    const array = this.#find(name);
    if (size !== undefined && array.data.length !== size)
      throw new AnygradError(
        "DATA_FORMAT",
        `load: the array "${name}" has ${array.data.length} numbers where ${size} are wanted`,
      );
    this.#arrays.delete(name);
    return array;
  }

  /** @throws AnygradError DATA_FORMAT where an array has not been taken */
  finish(): void {
    const [left] = this.#arrays.keys();
    if (left !== undefined)
      throw new AnygradError("DATA_FORMAT", `load: the array "${left}" belongs to no layer of the model`);
  }
}

/** @throws AnygradError DATA_FORMAT for bytes that no `save` wrote, or a newer version's */
export async function readModel(bytes: Uint8Array): Promise<ReadModel> {
  const format = await formatOf(bytes);
  if (!format.recognizes(bytes)) (await import("../../io/strangers.ts")).refuseStrangers("load", bytes); // late: who is right needs none
  const { tensors, metadata } = format.read(bytes);
  if (metadata.format !== "anygrad" || metadata.model === undefined)
    throw new AnygradError(
      "DATA_FORMAT",
      "load: the file holds tensors but no anygrad model; pass bytes that net.save() gave",
    );
  const under = (prefix: string): NamedArray[] =>
    tensors.flatMap((tensor) =>
      tensor.name.startsWith(prefix) ? [{ ...tensor, name: tensor.name.slice(prefix.length) }] : [],
    );
  const isWeight = ({ name }: NamedArray): boolean =>
    !name.startsWith(slotPrefix) && !name.startsWith(runPrefix);
  const arrays: Float32Array[] = [];
  // a run keeps its arrays, which the file's bytes are not to keep in memory
  for (const { name, data } of under(runPrefix)) arrays[Number(name)] = data.slice();
  const model = parseModel(metadata.model);
  const { image: _, ...ofTable } = model.preparation ?? {};
  if (Object.keys(ofTable).length > 0)
    (await import("../../data/table/index.ts")).checkTablePreparation(ofTable);
  const weights = tensors.filter(isWeight);
  return {
    model,
    weights: new ArrayReader(model.version < 4 ? weights : (await import("./stored.ts")).restored(weights)),
    slots: new ArrayReader(under(slotPrefix)),
    run: metadata.run === undefined ? undefined : unpackSnapshot({ json: metadata.run, arrays }),
  };
}

const isText = (value: unknown): boolean => typeof value === "string";

/** Checks what nothing later checks: layers, losses and the like check their own options. */
function parseModel(text: string): SavedModel {
  const model = parseJson("load", "the model's description", text) as unknown as SavedModel;
  if (!Number.isInteger(model?.version))
    throw new AnygradError("DATA_FORMAT", "load: the model's description has no version; save it again");
  if (model.version > version)
    throw new AnygradError(
      "DATA_FORMAT",
      `load: the model was saved in form ${model.version} but this version reads up to ${version}; update anygrad`,
    );
  const { normalization, classNames, preparation, step } = model;
  const sound =
    (step === undefined || (Number.isSafeInteger(step) && step >= 0)) &&
    (normalization === undefined ||
      (Number.isFinite(normalization?.scale) && Number.isFinite(normalization?.shift))) &&
    (classNames === undefined || (Array.isArray(classNames) && classNames.every(isText))) &&
    (preparation === undefined || (typeof preparation === "object" && preparation !== null));
  if (!sound)
    throw new AnygradError(
      "DATA_FORMAT",
      "load: the step, the normalisation or the classes in the model's description is damaged; save it again",
    );
  return model;
}
