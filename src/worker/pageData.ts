/**
 * The page's side of data: what was given becomes data sets and streams here, where errors belong, and then what a message can
 * hold. It knows which data sets the worker keeps.
 */

import type { Augmentation } from "../augmentation/augmentation.ts";
import { checkIsAugmentation } from "../augmentation/given.ts";
import type { Dataset } from "../data/dataset.ts";
import { isShaped } from "../data/given/numbers.ts";
import { isPictures } from "../data/images/image.ts";
import { AnygradError } from "../errors.ts";
import type { ByteSource } from "../io/source.ts";
import { strictOptions } from "../math/options.ts";
import type { PredictInput } from "../model/index.ts";
import { type Graph, isOpen } from "../model/network/graph.ts";
import type { GivenWeights, LoadWeightsOptions, WeightsSource } from "../model/saving/weightsOptions.ts";
import { recalibrationOf } from "../model/training/callbacks/recalibrate.ts";
import { isDataset, resolveDataset, targetsAndOptions } from "../model/training/given.ts";
import { type FitOptions, fitNames } from "../model/training/options.ts";
import type { GivenData } from "../model/training/several/forms.ts";
import {
  type BatchSource,
  isBatchSource,
  isStream,
  isValidationStream,
} from "../model/training/stream/source.ts";
import type { Shape } from "../tensor/shape.ts";
import type { FitOrder, SentData } from "./messages/protocol.ts";
import { owned } from "./messages/transfer.ts";
import type { PageRun } from "./pageRun.ts";

/** What is asked of the model on the page. */
interface SentModel {
  readonly inputShape: Shape;
  readonly graph: Graph;
  readonly classNames: readonly string[] | undefined;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Data go in or come out by names. */
  readonly isNamed: boolean;
}

/** Options of what is given data. */
export interface TransferOptions {
  /**
   * Give the data away: its arrays move to the worker without a copy and are empty here afterwards; the same data
   * set can be passed to this model again. Default false: one copy. Shared memory is never copied.
   */
  transfer?: boolean;
}

/** The types of these options. */
export const transferNames = "transfer:boolean";

/**
 * Weights as a message can hold them.
 * @throws AnygradError UNSUPPORTED where names are to be changed by a function, which cannot be sent
 */
export async function sendableWeights(
  source: WeightsSource,
  { rename, maxBytes }: LoadWeightsOptions,
): Promise<Uint8Array | GivenWeights> {
  if (typeof rename === "function")
    throw new AnygradError(
      "UNSUPPORTED",
      "loadWeights: a function cannot be sent to a worker; pass as rename an object with the names of the model by those of the file",
    );
  const held = await source;
  if (Object.prototype.toString.call(held) === "[object Object]") return held as GivenWeights;
  const { bytesOf } = await import("../io/source.ts");
  return bytesOf(
    held as ByteSource,
    "loadWeights",
    "pass those of a safetensors file, or arrays by name",
    maxBytes,
  );
}

/** Data by the names of inputs or outputs, with plain arrays in place of tensors: these cannot be sent. */
function plain(given: unknown): unknown {
  if (isShaped(given)) return { shape: Array.from(given.shape), data: given.data };
  if (Array.isArray(given)) return typeof Object(given[0])[0] === "number" ? given : given.map(plain);
  if (Object.prototype.toString.call(given) !== "[object Object]") return given;
  return Object.fromEntries(Object.entries(given as object).map(([name, value]) => [name, plain(value)]));
}

/** Inputs as a worker can take them: pictures are read here, where the page's own may be. */
export async function sendableInputs(
  x: PredictInput,
  model: Pick<SentModel, "inputShape" | "graph" | "isNamed">,
): Promise<PredictInput> {
  if (model.isNamed) return plain(x) as PredictInput;
  if (isPictures(x)) return (await import("../data/images/index.ts")).pixelsOfAll(x);
  // nested lists, and raw rows of a table; what is no object is refused here, as on the page
  if (Array.isArray(x)) return x;
  if (typeof x === "object" && x && !ArrayBuffer.isView(x) && !("shape" in x && Array.isArray(x.shape)))
    return x;
  const { givenExamples } = await import("../data/given/examples.ts");
  const { values, shape: whole, normalization } = givenExamples("predict", x, await shapeFor("predict", model, x)); // biome-ignore format: one call
  return { x: values, shape: whole, ...(normalization && { normalization }) };
}

/** The shape of an example: of a model that takes any length, that of what is given. @throws AnygradError SHAPE_MISMATCH */
async function shapeFor(
  subject: string,
  model: Pick<SentModel, "inputShape" | "graph">,
  given: unknown,
): Promise<Shape> {
  if (!isOpen(model.graph)) return model.inputShape;
  const isPair = subject.includes(":") && Array.isArray(given) && given.length === 2; // validation data as [x, y]
  const examples: unknown = isPair ? given[0] : given;
  return (await import("../model/lengths/data.ts")).shapesIn(subject, model.graph, examples)[0]!;
}

export class PageData {
  readonly #model: SentModel;
  /** Several inputs or outputs: the worker, which knows their losses, makes data sets of what is given by name. */
  readonly #isNamed: boolean;
  readonly #outputs: readonly string[];
  readonly #streamClasses: () => Promise<readonly string[] | undefined>;
  readonly #kept = new WeakMap<Dataset, number>();
  readonly #collected: FinalizationRegistry<number>;
  #classNames: readonly string[] | undefined;
  /** It was given a stream, of whose classes the worker knows. */
  #streamed = false;
  #count = 0;

  /**
   * @param streamClasses asks the worker for the classes of a stream
   * @param forget tells the worker that nobody holds a data set that it keeps
   */
  constructor(
    model: SentModel,
    streamClasses: () => Promise<readonly string[] | undefined>,
    forget: (kept: number) => void,
  ) {
    this.#model = model;
    this.#classNames = model.classNames;
    this.#isNamed = model.isNamed;
    this.#outputs = model.isNamed ? model.outputNames : [];
    this.#streamClasses = streamClasses;
    this.#collected = new FinalizationRegistry(forget);
  }

  /** What was given to `fit` as a data set or a stream, and options, validation data too. */
  async fitting(
    given: GivenData | BatchSource,
    y: unknown,
    last: (FitOptions & TransferOptions) | undefined,
  ): Promise<[Dataset | BatchSource, FitOptions & TransferOptions]> {
    const [targets, asked] = targetsAndOptions(y, last, this.#outputs);
    const options: FitOptions & TransferOptions = strictOptions("fit", asked, `${fitNames} ${transferNames}`);
    const data = isStream(given, targets) ? given : await this.resolve("fit", given as GivenData, targets);
    this.#streamed ||= isBatchSource(data);
    if (isBatchSource(data)) return [data, options];
    this.#classNames = data.classNames ?? this.#classNames;
    const { validationData } = options;
    if (!validationData || isValidationStream(validationData)) return [data, options];
    const validation = await this.resolve("fit: validationData", validationData as GivenData, undefined);
    return [data, { ...options, validationData: validation }];
  }

  /** What was given as a data set. @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH, DATA_FORMAT */
  async resolve(subject: string, given: GivenData, y: unknown): Promise<Dataset> {
    if (this.#isNamed) return plain(y === undefined ? given : { x: given, y }) as Dataset;
    if (this.#streamed) this.#classNames = (await this.#streamClasses()) ?? this.#classNames;
    const inputShape = await shapeFor(subject, this.#model, given);
    return resolveDataset(subject, given, y, { inputShape, classNames: this.#classNames });
  }

  /** What the worker is told of a run of `fit`. */
  async fitOrder(
    data: Dataset | BatchSource,
    {
      callbacks,
      signal,
      verbose: _,
      validationData,
      augment,
      transfer = false,
      ...options
    }: FitOptions & TransferOptions,
    run: number,
    page: PageRun,
  ): Promise<FitOrder> {
    const augments =
      augment && this.#isNamed && typeof augment.begin !== "function"
        ? Object.entries(augment as Readonly<Record<string, Augmentation>>)
        : undefined;
    for (const each of augments?.map(([, of]) => of) ?? (augment ? [augment as Augmentation] : []))
      checkIsAugmentation(each);
    const epochs = options.resume ? 1 : (options.epochs ?? 1) - (options.initialEpoch ?? 0);
    const pack = (subject: string, given: Dataset | BatchSource): Promise<SentData> =>
      this.pack(subject, given, transfer, page, epochs);
    return {
      run,
      aborted: page.aborted,
      callbacks: page.hooks,
      data: await pack("fit", data),
      validation:
        validationData &&
        (isDataset(validationData) || isValidationStream(validationData)
          ? await pack("fit: validationData", validationData)
          : { given: owned(validationData) }),
      augment: augments ? undefined : (augment as Augmentation | undefined)?.options,
      augments: augments && Object.fromEntries(augments.map(([name, { options: own }]) => [name, own])),
      options: owned({ ...options, recalibrate: recalibrationOf({ ...options, callbacks }) }),
    };
  }

  /**
   * A copy, or the data themselves to be kept by the worker, or the number under which it keeps them; of a stream its place,
   * since its batches are sent when the worker asks for them.
   */
  async pack(
    subject: string,
    data: Dataset | BatchSource,
    transfer: boolean,
    page: PageRun,
    epochs = 1,
  ): Promise<SentData> {
    if (isBatchSource(data)) {
      const { SourceReader } = await import("../model/training/stream/reader.ts");
      const reader = new SourceReader(subject, data);
      reader.checkEpochs(epochs);
      return { stream: page.addStream(reader) };
    }
    const kept = this.#kept.get(data);
    if (kept !== undefined) return { kept };
    if (this.#isNamed) return { data: owned(data) };
    if ((data.x.length === 0 || data.y.length === 0) && (data.shape[0] ?? 0) > 0)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: the arrays of this data set have been given away (transfer: true) to another worker; load it again, or leave transfer off`,
      );
    if (!transfer) return { data: owned(data) };
    const keep = ++this.#count;
    this.#kept.set(data, keep);
    this.#collected.register(data, keep);
    return { data, keep };
  }
}
