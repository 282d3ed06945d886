/** MODEL on the command line: the folder of a run, a model file of anygrad, or a file of another library. */
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readSavedModel, type SavedModel } from "../../runs/savedModel.ts";
import { fileNames } from "../../runs/schema.ts";
import { AnygradError, quote } from "../../src/errors.ts";
import { didYouMean } from "../../src/math/oneOf.ts";
import { createHost } from "../../src/runtime/host.ts";
import type { Pixels } from "../options/baseOptions.ts";
import { type Kind, kindNames } from "./formats.ts";

/** A file that was read. */
export interface ModelFile extends SavedModel {
  /** Its path, of a folder that of the file in it. */
  readonly path: string;
  readonly kind: Kind;
  /** What it takes for pixels, where that is known of a model by its name. */
  readonly pixels?: Pixels;
  /** The layer that gives its features, where that is known of a model by its name. */
  readonly features?: string;
  /** Gives the files that it names. */
  readonly beside: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
}

const isThere = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined)) !== undefined;

/** The file that is meant: in a folder a run's model, or the model.json of TensorFlow.js. */
async function fileOf(path: string): Promise<string> {
  if (!(await stat(path).catch(() => undefined))?.isDirectory()) return path;
  const names = [fileNames.model, "model.json", "saved_model.pb"];
  for (const name of names) if (await isThere(join(path, name))) return join(path, name);
  return path; // readSavedModel says what is wanted
}

/** @throws AnygradError DATA_MISSING; UNSUPPORTED for formats that are not read; DATA_FORMAT for what is no such file */
export async function readModelFile(path: string): Promise<ModelFile> {
  const file = await fileOf(path);
  if (!(await isThere(file)) && !/[./\\]/.test(path)) {
    const { modelNames, namedModel } = await import("./named.ts");
    const named = namedModel(path);
    if (named) return named;
    throw new AnygradError(
      "DATA_MISSING",
      `${path}: no model there; ${didYouMean(path, modelNames)}pass the folder of a run, a model file, or a name: ${modelNames.join(", ")}`,
    );
  }
  const saved = await readSavedModel(file);
  const { kindOf } = await import("./recognize.ts"); // the readers of all formats
  const kind = told(path, () => kindOf(saved.bytes, file));
  if (typeof kind === "string") return { ...saved, path: file, kind, beside: besides(file) };
  if (kind) throw new AnygradError("UNSUPPORTED", `${path}: this is ${kind.refused}`);
  throw new AnygradError(
    "DATA_FORMAT",
    `${path}: this is no model: ${saved.bytes.length === 0 ? "the file is empty" : "its bytes are those of no format that is known"}; pass the folder of a run, or a file of ${Object.values(kindNames).join(", ")}`,
  );
}

/** What gives the files beside a model, of which it names the paths. @throws AnygradError DATA_FORMAT for a path out of the folder, DATA_MISSING */
function besides(model: string): (path: string) => Promise<Uint8Array<ArrayBuffer>> {
  return async (path) => {
    const bytes = await createHost().readFile(besidePath(model, path));
    if (bytes) return bytes as Uint8Array<ArrayBuffer>;
    throw new AnygradError(
      "DATA_MISSING",
      `${model}: it names the file ${quote(path)} beside it, which is not there; bring it into the same folder`,
    );
  };
}

/** A path that a model names, if it is in the model's folder. @throws AnygradError DATA_FORMAT */
export function besidePath(model: string, path: string): string {
  const parts = path.split(/[\\/]/);
  if (parts[0] !== "" && !parts.includes("..") && !/^[a-z]+:/i.test(path)) return join(dirname(model), path);
  throw new AnygradError(
    "DATA_FORMAT",
    `${model}: it names the file ${quote(path)}, which is not in its folder; do not trust this file`,
  );
}

/** @param out what is to be written @throws AnygradError OUTPUT for a folder */
export async function checkOutFile(out: string, example: string): Promise<void> {
  if (!(await stat(out).catch(() => undefined))?.isDirectory()) return;
  throw new AnygradError("OUTPUT", `--out: ${out} is a folder; name a file, such as ${join(out, example)}`);
}

/** What a function of the library gives; what it refuses is told of the file. */
export function told<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw ofFile(path, error);
  }
}

/** An error of the library, which names its function, as one that names the file. */
export function ofFile(path: string, error: unknown): unknown {
  if (!(error instanceof AnygradError) || error.message.startsWith(path)) return error;
  const message = `${path}: ${error.message.replace(/^(load\w*|readNpz|inspect|safetensors|the file): /, "")}`;
  return new AnygradError(error.code, message, { cause: error });
}
