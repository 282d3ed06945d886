/** The files of `anygrad predict`: those named and those in folders, in the order in which they are named. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { listPictures } from "../../../node/images/folder.ts";
import { formatOf } from "../../../node/images/header.ts";
import { fileNames } from "../../../runs/schema.ts";
import type { UnreadableImage } from "../../../src/data/images/fromImages.ts";
import { firstBytes } from "../../../src/data/raw/bytes.ts";
import { AnygradError } from "../../../src/errors.ts";
import { createHost } from "../../../src/runtime/host.ts";
import { commandLine } from "../../options/commandLine.ts";
import { tableEndings } from "../tableFile.ts";

/** What is to be predicted. */
export interface FilesToPredict {
  readonly files: readonly string[];
  /** What lies in the folders and is nothing that the model takes. */
  readonly others: readonly UnreadableImage[];
}

/** @param isTable whether the model takes rows @throws AnygradError DATA_MISSING for a folder without a file for the model */
export async function filesToPredict(named: readonly string[], isTable: boolean): Promise<FilesToPredict> {
  const [files, others]: [string[], UnreadableImage[]] = [[], []];
  for (const path of named) {
    if (!(await isFolder(path))) {
      files.push(path);
      continue;
    }
    const { pictures, others: rest } = await listPictures(path);
    const tables = [...pictures, ...rest.map(({ file }) => file)].filter((file) => tableEndings.test(file));
    const found = isTable ? tables : pictures;
    if (found.length === 0)
      throw new AnygradError(
        "DATA_MISSING",
        `${path}: no ${isTable ? "files .csv, .tsv, .jsonl or .parquet" : "PNG or JPEG files"} in that folder; pass one that has some, or files`,
      );
    for (const file of found) files.push(file);
    if (!isTable) for (const other of rest) others.push(other);
  }
  return { files, others };
}

/** @throws AnygradError INVALID_ARGUMENT where the model does not come first */
export async function checkOrder(model: string, files: readonly string[]): Promise<void> {
  const what = await dataIn(model);
  if (what === undefined) return;
  const place = (await Promise.all(files.map(isModel))).indexOf(true);
  if (place < 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `predict: ${model} is ${what} and no model; name a .safetensors file or the folder of train --out first, then the files`,
    );
  const others = files.filter((_, i) => i !== place);
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `predict: ${model} is ${what}, and the model comes first; write ${commandLine(["predict", files[place]!, model, ...others.slice(0, 3)])}`,
  );
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

async function isModel(path: string): Promise<boolean> {
  if (/[.](safetensors|onnx|keras|h5|tflite)$/i.test(path)) return true;
  return (
    (await isFolder(path)) &&
    ((await stat(join(path, fileNames.model)).catch(() => undefined))?.isFile() ?? false)
  );
}

/** What a file or folder is, if it is data by its name or by what it begins with. */
async function dataIn(path: string): Promise<string | undefined> {
  if (await isModel(path)) return undefined;
  if (await isFolder(path)) {
    const { pictures, others } = await listPictures(path);
    if (pictures.length > 0) return "a folder of pictures";
    return others.some(({ file }) => tableEndings.test(file)) ? "a folder of tables" : undefined;
  }
  if (tableEndings.test(path)) return "a table";
  if (!(await stat(path).catch(() => undefined))) return undefined;
  const start = await createHost().openFile(path);
  const bytes = await firstBytes(streamed(start), 64);
  return formatOf(bytes) === undefined ? undefined : "a picture";
}

async function* streamed(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield* source;
}
