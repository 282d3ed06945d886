/**
 * What a job says of a data set: the SHA-256 of its manifest, and what that is of. A small manifest travels with the job, so that a worker that
 * has the data needs nobody else; one of thousands of pictures is fetched.
 */
import { AnygradError, quote } from "../../../src/errors.ts";
import { isObject } from "../../../src/io/json.ts";
import { createHost } from "../../../src/runtime/host.ts";
import type { LocalData } from "./dataFiles.ts";
import { openFileHashes } from "./fileHashes.ts";
import {
  type Content,
  type DataFile,
  hashOfText,
  isHash,
  isSize,
  type Manifest,
  MOST_MANIFEST_BYTES,
  manifestText,
  parseManifest,
} from "./manifest.ts";
import type { ServedContent } from "./server.ts";

/** A data set as a job names it. `sha256` and `bytes` are its manifest's. */
export interface DataContent extends Content {
  readonly form: Manifest["form"];
  /** What the manifest calls it: see there. */
  readonly name: string;
  /** The text of the manifest, where it is small. */
  readonly manifest?: string;
}

/** A data set of this machine, and what others need of it. */
export interface DescribedData {
  readonly content: DataContent;
  readonly files: readonly DataFile[];
  /** The manifest and the files, as they are served. */
  readonly served: readonly ServedContent[];
}

/** Bytes of a manifest that a job carries: some three hundred files. */
const CARRIED_BYTES = 1 << 15;

/**
 * The name of a data set: its files are read as a stream, and only those that changed since they were read before.
 *
 * @param options `cache`: folder of the index of what was read. Default: the user's cache folder
 * @throws AnygradError DATA_MISSING, DATA_FORMAT, ABORTED
 */
export async function describeData(
  { form, name, files: local }: LocalData,
  options: { readonly cache?: string | undefined; readonly signal?: AbortSignal } = {},
): Promise<DescribedData> {
  const { cache = createHost().cacheFolder(), signal } = options;
  const root = local[0]?.path ?? name;
  const hashes = await openFileHashes(`${root} ${local.length}`, cache && `${cache}/content`);
  const files: DataFile[] = [];
  const served: ServedContent[] = [];
  for (const file of local) {
    const content = await hashes.of(file.path, signal);
    files.push({ name: file.name, ...content });
    served.push({ ...content, from: { path: file.path } });
  }
  await hashes.save();
  const text = manifestText({ form, name, files });
  const content = { sha256: hashOfText(text), bytes: Buffer.byteLength(text) };
  parseManifest(text); // what no worker would take is told here
  return {
    content: { ...content, form, name, ...(content.bytes <= CARRIED_BYTES && { manifest: text }) },
    files,
    served: [...served, { ...content, from: { text } }],
  };
}

/** The data set that a job names. @throws AnygradError DATA_FORMAT for what `describeData` does not give */
export function checkDataContent(value: unknown): DataContent {
  const refuse = (what: string): never => {
    throw new AnygradError("DATA_FORMAT", `the job's data set ${what}; start the sweep again`);
  };
  if (!isObject(value)) return refuse(`is ${quote(value)}`);
  const { sha256, bytes, form, name, manifest } = value;
  if (!isHash(sha256)) return refuse(`has the SHA-256 ${quote(sha256)}`);
  if (!isSize(bytes) || bytes > MOST_MANIFEST_BYTES) return refuse(`has a manifest of ${quote(bytes)} bytes`);
  if (typeof name !== "string") return refuse(`has the name ${quote(name)}`);
  const told = { sha256, bytes, form: form as DataContent["form"], name };
  if (manifest === undefined) return told;
  if (typeof manifest !== "string") return refuse(`has the manifest ${quote(manifest)}`);
  checkedManifest(manifest, told);
  return { ...told, manifest };
}

/** @throws AnygradError DATA_FORMAT for a text that is not the manifest of the data set */
export function checkedManifest(text: string, { sha256, form, name }: DataContent): Manifest {
  const wrong = (what: string): AnygradError =>
    new AnygradError(
      "DATA_FORMAT",
      `the manifest of the data set ${sha256.slice(0, 12)}… ${what}; start the sweep again`,
    );
  if (hashOfText(text) !== sha256) throw wrong("is another one by its SHA-256");
  const manifest = parseManifest(text);
  if (manifest.form !== form || manifest.name !== name)
    throw wrong(`is of ${quote(manifest.name)}, and the job names ${quote(name)}`);
  return manifest;
}
