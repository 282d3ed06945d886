/**
 * Models of Keras: .keras files of Keras 3 and .h5 files of Keras 2, read and written.
 * @module anygrad/keras
 */
import type { Engine } from "../../autograd/engine.ts";
import { AnygradError, quote } from "../../errors.ts";
import { strictOptions } from "../../math/options.ts";
import type { Model } from "../../model/index.ts";
import { type Custom, CustomKinds } from "../../model/saving/custom.ts";
import { apartFrom, type ForeignArray } from "../elements.ts";
import { type ByteSource, bytesOf, largestFile } from "../source.ts";
import { compiledForUse } from "./config/compiled.ts";
import { Place } from "./config/json.ts";
import { type InputShapes, networkFrom } from "./config/network.ts";
import { type KerasFile, readKerasFile } from "./files.ts";
import { archiveOf } from "./save.ts";
import { entriesOf, foundByNames, foundInGroups, inOrder, writeFound } from "./weights.ts";

export type { Elements, ElementType, ForeignArray } from "../elements.ts";
export type { ByteSource } from "../source.ts";
export type { InputShapes } from "./config/network.ts";

/** Options of {@link loadKeras}. */
export interface LoadKerasOptions {
  /** The engine that the model lives in. Default: one that all models share that are given none. */
  readonly engine?: Engine;
  /** Definitions of layers, activations and so on that stand for classes of the file that anygrad has not, by their names. */
  readonly custom?: Custom;
  /**
   * The shape of an example, where the file leaves sizes open, such as [null, null, 3], and the network needs them; of several inputs by
   * their names. Default: as in the file, so that the model takes examples of any size.
   */
  readonly inputShape?: InputShapes;
  /** The most bytes that the file may unpack to. Default 2³¹. */
  readonly maxBytes?: number;
  /** Is told what was left out of how the model was compiled. Default: a line in the console. */
  readonly onNote?: (note: string) => void;
}

const subject = "loadKeras";

/**
 * The model of a .keras file, as Keras 3 writes it, or of an .h5 file of Keras 2. It predicts at once; it is compiled as it was in
 * Keras, where anygrad has its loss, optimizer and metrics, and else to be compiled before it is trained. Layers, options and
 * operations that anygrad has not are errors that name them: nothing is left out but what means nothing.
 *
 * @param source bytes, a Blob or File, a Response such as `await fetch(url)`, or a promise of one
 * @throws AnygradError DATA_FORMAT for a damaged file or another format; UNSUPPORTED for what anygrad has not; MEMORY_LIMIT for a file that
 *   unpacks to more than `maxBytes`; SHAPE_MISMATCH for an inputShape that does not fit; DATA_DOWNLOAD; INVALID_ARGUMENT
 * @example
 * ```js
 * import { createEngine, layers, sequential } from "anygrad";
 * import { loadKeras, saveKeras } from "anygrad/keras";
 *
 * const engine = await createEngine();
 * const net = sequential([layers.dense({ units: 3, activation: "softmax" })], { inputShape: [4], seed: 1 });
 * await net.build({ engine });
 * const again = await loadKeras(saveKeras(net), { engine });
 * console.log((await again.digest()) === (await net.digest())); // true
 * ```
 */
export async function loadKeras(
  source: ByteSource | PromiseLike<ByteSource>,
  options?: LoadKerasOptions,
): Promise<Model> {
  const {
    engine,
    custom,
    inputShape,
    maxBytes = largestFile,
    onNote,
  } = strictOptions(
    subject,
    options,
    "engine:object custom:object inputShape:object maxBytes:number onNote:function",
  );
  const place = new Place(subject);
  const file = readKerasFile(
    subject,
    await bytesOf(source, subject, "pass those of a .keras or .h5 file", maxBytes),
    maxBytes,
  );
  if (file.described === undefined)
    throw place.unsupported(
      "the file holds weights alone; build the model, and give it to net.loadWeights(await readKerasWeights(bytes))",
    );
  const origin = { isLegacy: isLegacy(file), custom: new CustomKinds(subject, custom) };
  const { net, entries } = networkFrom(place, file.described, origin, inputShape);
  const found = file.root
    ? foundInGroups(place, entries, file.root)
    : foundByNames(place, entries, file.lists!);
  const note = onNote ?? ((text: string) => console.warn(`anygrad note: ${subject}: ${text}`));
  await compiledForUse(net, file.compiled, origin, engine, (name) => found.has(name), note);
  try {
    writeFound(net, entries, found);
  } catch (error) {
    net.dispose();
    throw error;
  }
  return net;
}

/** Whether a Keras before 3 wrote the file: an .h5 file says it, and a .keras file. */
function isLegacy({ version, root }: KerasFile): boolean {
  return version === undefined ? root === undefined : Number.parseInt(version, 10) < 3;
}

/** Options of {@link readKerasWeights}. */
export interface ReadKerasWeightsOptions {
  /** The most bytes that the file may unpack to. Default 2³¹. */
  readonly maxBytes?: number;
}

/**
 * The weights of a .weights.h5, .h5 or .keras file by their names in a model, for `net.loadWeights`. Layers are found by their names; where the
 * file has none of these, the first one with weights in the file is the first of the model, and so on.
 *
 * @param source bytes, a Blob or File, a Response such as `await fetch(url)`, or a promise of one
 * @param net the model that they are for, of the same layers
 * @throws AnygradError DATA_FORMAT for a damaged file or another format, and for weights that the model has not; UNSUPPORTED, MEMORY_LIMIT,
 *   DATA_DOWNLOAD, INVALID_ARGUMENT
 * @example
 * ```js
 * import { createEngine, layers, sequential } from "anygrad";
 * import { readKerasWeights, saveKeras } from "anygrad/keras";
 *
 * const engine = await createEngine();
 * const [net, other] = [1, 2].map((seed) => sequential([layers.dense({ units: 3 })], { inputShape: [4], seed }));
 * await net.build({ engine });
 * await other.build({ engine });
 * const { loaded } = await other.loadWeights(await readKerasWeights(saveKeras(net), other));
 * console.log(loaded.join()); // dense/kernel,dense/bias
 * ```
 */
export async function readKerasWeights(
  source: ByteSource | PromiseLike<ByteSource>,
  net: Model,
  options?: ReadKerasWeightsOptions,
): Promise<Record<string, ForeignArray>> {
  const subject = "readKerasWeights";
  const { maxBytes = largestFile } = strictOptions(subject, options, "maxBytes:number");
  checkModel(subject, net);
  const bytes = await bytesOf(source, subject, "pass those of a .weights.h5, .h5 or .keras file", maxBytes);
  const file = readKerasFile(subject, bytes, maxBytes);
  const place = new Place(subject);
  const entries = entriesOf(net);
  const found = file.root
    ? foundInGroups(place, entries, file.root)
    : foundByNames(place, entries, inOrder(entries, file.lists!));
  return Object.fromEntries(
    [...found].map(([name, weight]) => [
      name,
      { shape: weight.shape, dtype: weight.dtype, data: apartFrom(bytes, weight.read()) },
    ]),
  );
}

/**
 * The model as bytes of a .keras file, which `keras.models.load_model` of Keras 3 reads: layers, connections and weights, not how it was
 * compiled. The same model gives the same bytes.
 *
 * @throws AnygradError NOT_READY before `build` or `compile`; UNSUPPORTED for a layer that Keras has not
 */
export function saveKeras(net: Model): Uint8Array<ArrayBuffer> {
  checkModel("saveKeras", net);
  return archiveOf(new Place("saveKeras"), net);
}

/** @throws AnygradError INVALID_ARGUMENT for what is no model */
function checkModel(subject: string, net: Model): void {
  if (typeof net?.getConfig === "function") return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: got ${quote(net)}; pass a model, such as sequential, model or load gave`,
  );
}
