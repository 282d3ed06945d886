/**
 * `--dataset`: a named set, a folder of pictures or of IDX files, or a CSV file, as the two sets that a run needs.
 *
 * A CSV file called …train… has its test set in …test… beside it; a lone file is split, four fifths to train, always
 * in the same way, so that `evaluate` sees what `train` did not. A validation set is taken out of the training set,
 * an equal share of each class, the same examples whatever the run's seed: its scores can be compared.
 */
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { LeftOut } from "../../runs/schema.ts";
import { readCsv } from "../../src/data/csv.ts";
import { type Dataset, exampleCount, type TrainTest } from "../../src/data/dataset.ts";
import { digits } from "../../src/data/digits/digits.ts";
import { applyNormalization, type NormalizationMethod, normalizationOf } from "../../src/data/normalize.ts";
import type { ImagePreparation } from "../../src/data/preparation.ts";
import { split, take } from "../../src/data/selection.ts";
import { type DataHost, loadFolder, loadNamedSet, namedSets } from "../../src/data/sources.ts";
import type { TableModel } from "../../src/data/table/readTable.ts";
import { AnygradError } from "../../src/errors.ts";
import { didYouMean } from "../../src/math/oneOf.ts";
import type { Task } from "../../src/presets/index.ts";
import { createHost } from "../../src/runtime/host.ts";
import { asPrepared, type ImageCliOptions } from "../options/imageOptions.ts";
import { givenTableOptions, type TableCliOptions, tableOptionNames } from "../options/tableOptions.ts";
import { dashed, withFlags } from "../process/flags.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { downloadNote } from "./downloadNote.ts";
import { testFileOf } from "./partner.ts";
import { firstLine, isImageTable, mayHoldImages, readPictures } from "./pictures.ts";
import { tableEndings } from "./tableFile.ts";
import { tableSets } from "./tableSource.ts";

/** The flags that a table's notes may name. */
const tableFlags: ReadonlySet<string> = new Set(tableOptionNames.map(dashed));

/** The names that `--dataset` knows. */
export const datasetNames: readonly string[] = ["digits", ...namedSets.map(({ name }) => name)];

export interface SourceOptions extends ImageCliOptions, TableCliOptions {
  /** The data set: a name, a folder or a CSV file. */
  readonly dataset: string;
  /** Folder in which named sets are looked for first. */
  readonly data?: string | undefined;
  /** Number of examples that are read of each set. Default: all. */
  readonly limit?: number | undefined;
  /** Share of the training set, between 0 and 1, that is held out. Default: none. */
  readonly validationSplit?: number | undefined;
  /** How values are normalised. Default "simple"; "standard" takes mean and deviation of what is trained on. */
  readonly normalize?: NormalizationMethod;
  /** How the model's pictures were prepared: those of a folder are prepared alike. */
  readonly preparedAs?: ImagePreparation | undefined;
  /** The classes of a trained model: pictures of some of them are enough. */
  readonly classNames?: readonly string[] | undefined;
  /** A trained model, whose columns and scaling the rows of a table get. */
  readonly like?: TableModel | undefined;
  readonly signal: AbortSignal;
  /** A lone file is not divided: all of it is the test set. */
  readonly whole?: boolean | undefined;
  /** The terminal, which is told what is downloaded. */
  readonly terminal: Terminal;
}

export interface Source extends TrainTest {
  /** Examples that are held out of the training set. */
  readonly validation?: Dataset;
  readonly name: string;
  /** What is learned from it. */
  readonly task: Task;
  /** Number of classes; 1 where numbers are predicted. */
  readonly classes: number;
  /** One name a class; its number where the set has no names. */
  readonly classNames: readonly string[];
  /** Where the set came from, in the user's words: "built in", a folder, a file. */
  readonly where: string;
  /** Columns that are no inputs and files that could not be read. */
  readonly leftOut?: readonly LeftOut[];
  /** What was chosen and found while it was read. */
  readonly notes?: readonly string[];
  /** Whether all examples are the test set, as asked by `whole`. */
  readonly isWhole?: boolean;
}

/** @throws AnygradError INVALID_ARGUMENT for an unknown name, DATA_MISSING, DATA_FORMAT, DATA_DOWNLOAD, SHAPE_MISMATCH, ABORTED */
export async function loadSource(options: SourceOptions): Promise<Source> {
  await refuseDataFolder(options);
  const listsPictures = await isPictureList(options.dataset);
  const table = listsPictures && !givenTableOptions(options) ? undefined : await tableSets(options);
  if (table) {
    for (const note of table.notes) options.terminal.note(withFlags(note, tableFlags));
    refuseImageOptions(options);
    return { ...table, name: options.dataset, classes: Math.max(1, table.classNames.length) };
  }
  if (isNamed(options.dataset)) refuseImageOptions(options); // before they are made or read
  const { sets, where, leftOut, isWhole = false } = await read(options, listsPictures);
  if (!sets.train.preparation?.image) refuseImageOptions(options);
  const { limit = Number.MAX_SAFE_INTEGER, validationSplit } = options;
  const whole = take(sets.train, limit);
  const { train: kept, test: heldOut } =
    sets.validation || validationSplit === undefined
      ? { train: whole, test: sets.validation }
      : validationOf(whole, validationSplit);
  if (sets.validation && validationSplit !== undefined)
    options.terminal.note(
      "epochs are judged on the folder validation, and --validation-split holds nothing out",
    );
  const normalization = normalizationOf(kept, options.normalize ?? "simple");
  const train = applyNormalization(kept, normalization);
  const test = applyNormalization(take(sets.test, limit), normalization);
  const classes = Math.max(2, train.classNames?.length ?? 1 + Math.max(largest(train.y), largest(test.y)));
  const classNames = train.classNames ?? Array.from({ length: classes }, (_, classId) => String(classId));
  return {
    train,
    test,
    ...(heldOut && { validation: applyNormalization(heldOut, normalization) }),
    name: options.dataset,
    task: "classification",
    classes,
    classNames,
    where,
    ...(leftOut && { leftOut }),
    isWhole,
  };
}

/** @throws AnygradError INVALID_ARGUMENT, in the command line's words */
function validationOf(whole: Dataset, share: number): TrainTest {
  try {
    return split(whole, share);
  } catch (error) {
    if (!(error instanceof AnygradError)) throw error;
    throw new AnygradError(error.code, error.message.replace(/^split:/, "--validation-split:"), {
      cause: error,
    });
  }
}

interface Found {
  readonly sets: TrainTest & { readonly validation?: Dataset };
  readonly where: string;
  readonly leftOut?: readonly LeftOut[];
  readonly isWhole?: boolean;
}

async function read(options: SourceOptions, listsPictures: boolean): Promise<Found> {
  const { dataset, data, limit = Number.MAX_SAFE_INTEGER } = options;
  if (data !== undefined && !(await kindOf(data))?.isDirectory())
    throw new AnygradError("DATA_MISSING", `--data: ${data} is no folder; pass one that holds data sets`);
  if (dataset === "digits")
    return {
      sets: digits({ train: Math.min(10_000, limit), test: Math.min(2_000, limit) }),
      where: "built in",
    };
  const set = namedSets.find(({ name }) => name === dataset);
  if (set) {
    const { host, trace } = tracing(createHost());
    const sets = await loadNamedSet(host, set, {
      data,
      signal: options.signal,
      onProgress: downloadNote(options.terminal),
    });
    return { sets, where: trace() };
  }
  const kind = await kindOf(dataset);
  if (listsPictures) return pictures(dataset, options);
  if (/[.]csv([.]gz)?$/i.test(dataset) && kind?.isFile()) return readCsvFiles(dataset, options);
  if (/[.]csv([.]gz)?$/i.test(dataset) && kind?.isDirectory())
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--dataset: ${dataset} is a folder, not a CSV file; pass the file in it, or give a folder of IDX files another name`,
    );
  if (kind?.isDirectory() && (await mayHoldImages(dataset))) return pictures(dataset, options);
  if (kind?.isDirectory() && (await isEmpty(dataset)))
    throw new AnygradError(
      "DATA_MISSING",
      `--dataset: ${dataset} is an empty folder; put a folder of pictures a class into it, as ${join(dataset, "cats")} and so on, or the four IDX files of a set`,
    );
  if (kind?.isDirectory()) return { sets: await loadFolder(createHost(), dataset), where: dataset };
  if (kind)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--dataset: ${dataset} is neither a folder nor a .csv or .csv.gz file; pass the folder that holds the pictures or IDX files`,
    );
  if (/[/\\]/.test(dataset) || tableEndings.test(dataset))
    throw new AnygradError("DATA_MISSING", `--dataset: ${dataset} is not there; check the path`);
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `--dataset "${dataset}" is unknown; ${didYouMean(dataset, datasetNames)}known are ${datasetNames.join(", ")}, or pass a folder of pictures or IDX files or a file .csv, .tsv, .jsonl or .parquet`,
  );
}

/** Whether it is a CSV file of the names of pictures and their labels. */
export async function isPictureList(dataset: string): Promise<boolean> {
  return (
    /[.]csv$/i.test(dataset) &&
    ((await kindOf(dataset))?.isFile() ?? false) &&
    isImageTable(await firstLine(dataset))
  );
}

async function pictures(path: string, options: SourceOptions): Promise<Found> {
  const { unreadable, isWhole, ...sets } = await readPictures(path, {
    ...options,
    ...asPrepared(options.preparedAs),
  });
  const { fit } = sets.train.preparation!.image!;
  const done = { cover: "cropped", contain: "within borders", stretch: "stretched" }[fit];
  return {
    sets,
    isWhole,
    where: `${path}, pictures ${done} to size`,
    leftOut: unreadable.map(({ file, reason }) => ({ what: "file", name: file, reason })),
  };
}

/** Whether a data set is known by its name, so that nothing of the user's is read. */
function isNamed(dataset: string): boolean {
  return dataset === "digits" || isNamedSet(dataset);
}

/** Whether a data set is looked for in the folder of `--data`. */
export function isNamedSet(dataset: string): boolean {
  return namedSets.some(({ name }) => name === dataset);
}

async function refuseDataFolder({ dataset, data }: SourceOptions): Promise<void> {
  if (data === undefined || isNamedSet(dataset)) return;
  if (dataset !== "digits" && !(await kindOf(dataset))) return; // what is not known is told by its name
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `--data is where named sets such as mnist are looked for, and ${dataset} is ${dataset === "digits" ? "built in" : "none"}; leave it out`,
  );
}

/** Options of pictures change nothing of other data, whose options these are: whoever passes them expects something else. */
function refuseImageOptions(options: SourceOptions): void {
  const named = (["imageSize", "color", "fit", "maxPixels"] as const).find(
    (name) => options[name] !== undefined,
  );
  const given = named === undefined && options.cache === false ? "noCache" : named;
  if (given === undefined) return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `--${dashed(given)} is for folders of pictures, and ${options.dataset} is none; leave it out`,
  );
}

async function readCsvFiles(path: string, { signal, whole: undivided }: SourceOptions): Promise<Found> {
  const readFile = async (file: string): Promise<Dataset> =>
    readCsv(await createHost().openFile(file), { name: file, signal });
  const partner = await testFileOf(path);
  if (partner !== undefined) {
    const [train, test] = [await readFile(path), await readFile(partner)];
    if (String(train.shape.slice(1)) === String(test.shape.slice(1)))
      return { sets: { train, test }, where: `${path} and ${basename(partner)}` };
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${partner}: examples of ${test.shape.slice(1).join("×")}, those of ${path} are ${train.shape.slice(1).join("×")}; use files of one set`,
    );
  }
  const whole = await readFile(path);
  if (undivided) return { sets: { train: whole, test: whole }, where: path, isWhole: true };
  if (exampleCount(whole) < 2)
    throw new AnygradError(
      "DATA_FORMAT",
      `${path}: one row alone; at least two are needed, to train and to test`,
    );
  // not class by class: the same rows as ever, and so the same digests
  const sets = split(whole, exampleCount(whole) < 5 ? 0.5 : 0.2, { stratify: false });
  return { sets, where: `${path}, a fifth of it for the test` };
}

// Says where the last of the files came from, without knowing the order of the search.
function tracing(host: DataHost): { host: DataHost; trace: () => string } {
  let where = "downloaded";
  return {
    host: {
      ...host,
      async readFile(path) {
        const bytes = await host.readFile(path);
        if (bytes) where = dirname(path);
        return bytes;
      },
      async writeFileAtomically(path, bytes) {
        await host.writeFileAtomically(path, bytes);
        where = `downloaded to ${dirname(path)}`;
      },
    },
    trace: () => where,
  };
}

/** Whether a folder holds nothing but what systems put there. */
async function isEmpty(folder: string): Promise<boolean> {
  return (await readdir(folder)).every((name) => /^[.]|^(thumbs[.]db|desktop[.]ini)$/i.test(name));
}

/** What is at the path; undefined: nothing. @throws AnygradError DATA_MISSING for what may not be looked at */
async function kindOf(path: string): Promise<Awaited<ReturnType<typeof stat>> | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new AnygradError("DATA_MISSING", `${path}: cannot be read (${code}); check its path and rights`, {
      cause: error,
    });
  }
}

function largest(labels: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < labels.length; i++) most = Math.max(most, labels[i]!);
  return most;
}
