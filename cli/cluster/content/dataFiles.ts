/**
 * Which files a `--dataset` is read from: the four of an IDX folder, a table and its test set, the pictures of a folder or of a list. What
 * else lies beside them is no part of the data set.
 *
 * Who reads is asked where that is possible: named sets and IDX folders are read through a host that takes down what was opened.
 */
import { stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, posix, relative, resolve, sep } from "node:path";
import { listFolder } from "../../../node/images/folder.ts";
import { listTable } from "../../../node/images/table.ts";
import type { DownloadProgress } from "../../../src/data/named/download.ts";
import { type DataHost, loadFolder, loadNamedSet, namedSets } from "../../../src/data/sources.ts";
import { AnygradError, quote } from "../../../src/errors.ts";
import { createHost } from "../../../src/runtime/host.ts";
import { testFileOf } from "../../dataset/partner.ts";
import { mayHoldImages } from "../../dataset/pictures.ts";
import { isPictureList } from "../../dataset/source.ts";
import type { Manifest } from "./manifest.ts";

/** What the command line was given. */
export interface GivenData {
  /** `--dataset`: a name, a folder or a file. */
  readonly dataset: string;
  /** `--data`: folder in which named sets are looked for first. */
  readonly data?: string | undefined;
  /** Whether options of tables are given, so that a CSV of the names of pictures is read as a table. */
  readonly asTable?: boolean;
}

export interface LocalFile {
  /** Its path below the folder of the set, with slashes. */
  readonly name: string;
  /** Where it is. */
  readonly path: string;
}

/** A data set by its files, not yet hashed. */
export interface LocalData extends Pick<Manifest, "form" | "name"> {
  readonly files: readonly LocalFile[];
}

/** A named set that is not there is downloaded. @throws AnygradError as the readers of data sets; DATA_FORMAT for pictures outside their folder */
export async function dataFiles(
  { dataset, data, asTable = false }: GivenData,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: DownloadProgress) => void } = {},
): Promise<LocalData> {
  if (dataset === "digits") return { form: "built in", name: dataset, files: [] };
  const set = namedSets.find(({ name }) => name === dataset);
  if (set) {
    const files = await filesRead((host) =>
      loadNamedSet(host, set, { ...options, ...(data !== undefined && { data }) }),
    );
    return { form: "named", name: dataset, files };
  }
  const kind = await stat(dataset).catch(() => undefined);
  if (kind?.isFile()) return { form: "file", ...(await filesOfFile(dataset, asTable)) };
  if (!kind?.isDirectory())
    throw new AnygradError("DATA_MISSING", `--dataset: ${dataset} is not there; check the path`);
  const files = (await mayHoldImages(dataset))
    ? Object.values((await listFolder(dataset)).parts).flat()
    : await filesRead((host) => loadFolder(host, dataset));
  return { form: "folder", name: "", files };
}

/** A file alone, such as a model to begin with. */
export function fileAlone(path: string): LocalData {
  const name = basename(path);
  return { form: "file", name, files: [{ name, path }] };
}

async function filesOfFile(path: string, asTable: boolean): Promise<Omit<LocalData, "form">> {
  const { name, files } = fileAlone(path);
  if (!asTable && (await isPictureList(path)))
    return { name, files: [...files, ...(await listedPictures(path))] };
  const test = await testFileOf(path);
  return { name, files: test === undefined ? files : [...files, { name: basename(test), path: test }] };
}

/** The pictures of a list, each once; those that are not there are missing on other machines, too. */
async function listedPictures(list: string): Promise<LocalFile[]> {
  const { parts } = await listTable(list);
  const found = new Map<string, LocalFile>();
  for (const { path, name: written } of Object.values(parts).flat()) {
    const below = isAbsolute(written) ? written : relative(dirname(list), path).split(sep).join("/");
    const name = posix.normalize(below);
    if (isAbsolute(name) || name.startsWith("../"))
      throw new AnygradError(
        "DATA_FORMAT",
        `${list}: names the picture ${quote(written)}, which is not below its folder; other machines get the folder: put the pictures there, by relative names`,
      );
    if (!found.has(name) && (await stat(path).catch(() => undefined))?.isFile())
      found.set(name, { name, path });
  }
  return [...found.values()];
}

/** The files that a reader has read or fetched. */
async function filesRead(read: (host: DataHost) => Promise<unknown>): Promise<LocalFile[]> {
  const host = createHost();
  const files = new Map<string, LocalFile>();
  const add = (path: string): void => {
    const name = basename(path);
    files.set(name, { name, path: resolve(path) });
  };
  await read({
    ...host,
    async readFile(path) {
      const bytes = await host.readFile(path);
      if (bytes) add(path);
      return bytes;
    },
    async writeFileAtomically(path, bytes) {
      await host.writeFileAtomically(path, bytes);
      add(path);
    },
  });
  return [...files.values()];
}
