/**
 * The manifest of a data set: its files by name, size and SHA-256. The SHA-256 of the manifest is the name of the data set: two machines
 * that name it alike have the same bytes under the same file names, whatever their folders are called and however they list them.
 *
 * Manifests come from other machines: names that lead out of a folder, and whatever else is not as it is written here, are refused.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { AnygradError, quote } from "../../../src/errors.ts";
import { isObject, measuredJson } from "../../../src/io/json.ts";

/** How `--dataset` names the data: "built in", by a name such as mnist, a folder, or a file. */
export type DataForm = "built in" | "named" | "folder" | "file";

/** Bytes by their hash. */
export interface Content {
  /** Hex SHA-256. */
  readonly sha256: string;
  readonly bytes: number;
}

/** A file of a data set. */
export interface DataFile extends Content {
  /** Its path below the folder of the set, with slashes. */
  readonly name: string;
}

export interface Manifest {
  readonly form: DataForm;
  /** What stands for the data in `--dataset`: a name, "" of a folder, or which of the files it is. */
  readonly name: string;
  /** In the order of their names' UTF-16 units, each name once. */
  readonly files: readonly DataFile[];
}

/** The most that the text of a manifest may have: a million files. */
export const MOST_MANIFEST_BYTES: number = 1 << 27;

const VERSION = 1;
const forms: readonly unknown[] = ["built in", "named", "folder", "file"] satisfies DataForm[];

/** The text whose SHA-256 names the data set; files may come in any order. @throws AnygradError DATA_FORMAT for names that other systems cannot have */
export function manifestText({ form, name, files }: Manifest): string {
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const file of sorted)
    if (!isPlainName(file.name))
      throw new AnygradError(
        "DATA_FORMAT",
        `--queue: ${quote(file.name)} is a name that not every machine can have; rename the file`,
      );
  return JSON.stringify({
    anygradData: VERSION,
    form,
    name,
    files: sorted.map((file) => [file.name, file.bytes, file.sha256]),
  });
}

/** @throws AnygradError DATA_FORMAT for a text that is not `manifestText`'s */
export function parseManifest(text: string): Manifest {
  const value = measuredJson(text, (reason, cause) => damaged(reason, cause));
  if (!isObject(value)) throw damaged("is no object");
  const { anygradData, form, name, files } = value;
  if (anygradData !== VERSION)
    throw damaged(`is of version ${quote(anygradData)}, this anygrad reads ${VERSION}`);
  if (!forms.includes(form)) throw damaged(`has the form ${quote(form)}`);
  if (typeof name !== "string") throw damaged("names no data set");
  if (!Array.isArray(files)) throw damaged("lists no files");
  const listed = files.map(fileOf);
  const twice = listed.find((file, i) => i > 0 && listed[i - 1]!.name >= file.name);
  if (twice) throw damaged(`lists ${quote(twice.name)} twice or out of order`);
  const within = listed.find((file, i) => i > 0 && file.name.startsWith(`${listed[i - 1]!.name}/`));
  if (within) throw damaged(`lists ${quote(within.name)} below a file`);
  if (form === "file" && !listed.some((file) => file.name === name))
    throw damaged(`does not list its own file ${quote(name)}`);
  if (form === "named" && !/^[a-z0-9-]{1,100}$/.test(name))
    throw damaged(`names the data set ${quote(name)}`);
  return { form: form as DataForm, name, files: listed };
}

function fileOf(entry: unknown): DataFile {
  const [name, bytes, sha256] = Array.isArray(entry) ? (entry as unknown[]) : [];
  if (!isPlainName(name)) throw damaged(`lists a file called ${quote(name)}`);
  if (!isSize(bytes)) throw damaged(`gives ${quote(name)} a size of ${quote(bytes)}`);
  if (!isHash(sha256)) throw damaged(`gives ${quote(name)} the SHA-256 ${quote(sha256)}`);
  return { name, bytes, sha256 };
}

function damaged(what: string, cause?: unknown): AnygradError {
  return new AnygradError("DATA_FORMAT", `the manifest of the data set ${what}; start the sweep again`, {
    cause,
  });
}

/** A path that stays below its folder on every system. */
function isPlainName(name: unknown): name is string {
  return (
    typeof name === "string" &&
    name.length <= 1000 &&
    !/[\\\p{Cc}\p{Cs}]/u.test(name) &&
    name.split("/").every((part) => part !== "" && part !== "." && part !== "..") &&
    (process.platform !== "win32" || !/[:*?"<>|]|[. ](\/|$)/.test(name))
  );
}

/** How `train` is told of a set whose files lie in a folder. */
export function argumentsOfData({ form, name }: Pick<Manifest, "form" | "name">, folder: string): string[] {
  if (form === "built in") return ["--dataset", name];
  if (form === "named") return ["--dataset", name, "--data", folder];
  return ["--dataset", form === "folder" ? folder : join(folder, name)];
}

/** Whether it is a SHA-256 in hex. */
export function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

/** Whether it is a number of bytes. */
export function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Hex SHA-256 of a text as UTF-8. */
export function hashOfText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
