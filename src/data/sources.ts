/**
 * Where named data sets are looked for, and how they are fetched.
 *
 * They are looked for in the given folder, the folder in ANYGRAD_DATA and the user's cache folder, then downloaded. A page has
 * no folders: it keeps downloads in its Cache Storage. Files and network are reached through `DataHost` alone, so that this
 * folder runs in any runtime and tests can pass a host of their own.
 */
import { AnygradError } from "../errors.ts";
import type { TrainTest } from "./dataset.ts";
import { readIdx } from "./idx.ts";
import { unpack } from "./named/archive.ts";
import { cifar10, cifar100 } from "./named/cifar.ts";
import { type DownloadOptions, fetchFile, matches } from "./named/download.ts";
import { emnistSets } from "./named/emnist.ts";
import { readIdxFolder } from "./named/folder.ts";
import { fashionMnist, kmnist, mnist, qmnist, readIdxFiles } from "./named/idxSets.ts";
import type { Archive, DataHost, FoundFile, NamedSet, PublishedFile, SetFiles } from "./named/namedSet.ts";

export type { DataHost, NamedSet, PublishedFile } from "./named/namedSet.ts";
export { fashionMnist, mnist };

/** All data sets that are downloaded by name. */
export const namedSets: readonly NamedSet[] = [
  mnist,
  fashionMnist,
  kmnist,
  qmnist,
  ...emnistSets,
  cifar10,
  cifar100,
];

/** Where a named set is looked for. */
export interface SourceOptions extends DownloadOptions {
  /** A folder with the files, or the parent of folders named after the sets. Default: the user's cache folder. */
  readonly data?: string;
  /**
   * Where its files are, in place of where they are published: `${url}/${file}`, or the archive itself. They are checked as the
   * published ones. Default: the publisher's address.
   */
  readonly url?: string;
}

/**
 * Finds or downloads a named set.
 *
 * @throws AnygradError DATA_MISSING for a folder that holds only some of the files, or another set's; DATA_FORMAT for files
 *   that are not what they should be; DATA_DOWNLOAD; OUTPUT when the cache folder cannot be written; ABORTED
 */
export async function loadNamedSet(
  host: DataHost,
  set: NamedSet,
  options: SourceOptions = {},
): Promise<TrainTest> {
  for (const folder of [options.data, host.environment("ANYGRAD_DATA")]) {
    if (!folder) continue;
    for (const place of [
      `${folder}/${set.name}`,
      ...(set.folder ? [`${folder}/${set.folder}`] : []),
      folder,
    ]) {
      const files = await findFiles(host, place, set);
      if (!files) continue;
      refuseOtherSets(files, set, folder);
      return readSet(files, set);
    }
  }
  return readSet(await downloadNamedSet(host, set, options), set);
}

/**
 * A user's own set: a folder with four IDX files, such as `train-images-idx3-ubyte.gz`, raw or gzipped, whose names tell
 * training from test (or t10k) and images from labels.
 *
 * @throws AnygradError DATA_MISSING where a file is not there
 */
export async function loadFolder(host: DataHost, folder: string): Promise<TrainTest> {
  const files = await findFiles(host, folder, { files: mnist.files }).catch((error: unknown) => ({ error }));
  if (files && !("error" in files)) return readSet(files, { name: folder });
  const sets = await readIdxFolder(host, folder).catch((error: unknown) => {
    throw files?.error ?? error;
  });
  if (sets) return sets;
  throw new AnygradError(
    "DATA_MISSING",
    `${folder}: no data set; wanted train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, ` +
      "t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz, or the same unpacked; or a folder of pictures a class",
  );
}

/**
 * The files of a set, from the folder where it is kept or, where they are not there or differ from the published ones, from
 * the network.
 * @throws AnygradError DATA_DOWNLOAD, OUTPUT where the folder cannot be written, ABORTED by the signal
 */
export async function downloadNamedSet(
  host: DataHost,
  set: NamedSet,
  options: DownloadOptions & {
    /** Folder in which the files are kept. Default: one named after the set in the user's cache folder. */
    readonly into?: string;
    /** Where the files are, in place of where they are published. */
    readonly url?: string;
  } = {},
): Promise<SetFiles> {
  const url = (options.url ?? set.url).replace(/[/]+$/, "");
  const shelf = shelfOf(host, set, url, options.into);
  const { archive } = set;
  const isArchive = archive && (options.url === undefined || url.endsWith(archive.name));
  if (isArchive) {
    const address = url.endsWith(archive.name) ? url : `${url}/${archive.name}`;
    return archived(host, set, archive, address, shelf, options);
  }
  const files: Record<string, FoundFile> = {};
  for (const [part, file] of Object.entries(set.files))
    files[part] = await fetched(host, set, file, `${url}/${file.name}`, shelf, options);
  return files;
}

/** Where downloads are kept. */
interface Shelf {
  get(name: string): Promise<FoundFile | undefined>;
  /** @returns where it is now, for messages */
  put(name: string, bytes: Uint8Array): Promise<string>;
}

function shelfOf(host: DataHost, set: NamedSet, url: string, into: string | undefined): Shelf {
  const cache = host.cacheFolder();
  const folder = into ?? (cache === undefined ? undefined : `${cache}/${set.folder ?? set.name}`);
  if (folder !== undefined)
    return {
      async get(name) {
        const path = `${folder}/${name}`;
        const bytes = await host.readFile(path);
        return bytes && { path, bytes };
      },
      async put(name, bytes) {
        await host.writeFileAtomically(`${folder}/${name}`, bytes);
        return `${folder}/${name}`;
      },
    };
  const page = host.pageCache();
  return {
    async get(name) {
      const bytes = await page?.get(`${url}/${name}`);
      return bytes && { path: name, bytes };
    },
    async put(name, bytes) {
      await page?.put(`${url}/${name}`, bytes);
      return name;
    },
  };
}

async function fetched(
  host: DataHost,
  set: NamedSet,
  file: PublishedFile,
  address: string,
  shelf: Shelf,
  options: DownloadOptions,
): Promise<FoundFile> {
  const kept = await shelf.get(file.name);
  if (kept && (await matches(kept.bytes, file))) return kept;
  const bytes = await fetchFile(host, address, file, set.name, options);
  // without a hash, what is no such file at all, such as a server's page for what it lacks, is at least not kept
  if (file.sha256 === undefined && /idx\d-/.test(file.name)) await readIdx(bytes, address);
  return { path: await shelf.put(file.name, bytes), bytes };
}

/** The files out of an archive: those that were kept, or those of the archive, of which the wanted are kept. */
async function archived(
  host: DataHost,
  set: NamedSet,
  archive: Archive,
  address: string,
  shelf: Shelf,
  options: DownloadOptions,
): Promise<SetFiles> {
  const { keeps } = archive;
  if (!keeps) {
    const whole = await fetched(host, set, archive, address, shelf, options);
    return unpacked(whole, archive, set);
  }
  const kept: Record<string, FoundFile> = {};
  for (const [part, { name }] of Object.entries(set.files)) {
    const file = await shelf.get(name);
    if (file) kept[part] = file;
  }
  if (Object.keys(kept).length === Object.keys(set.files).length) return kept;
  const bytes = await fetchFile(host, address, archive, set.name, options);
  const found = await unpack({ path: archive.name, bytes }, archive.format, (name) => keeps.test(name));
  const files: Record<string, FoundFile> = {};
  for (const [name, file] of found) {
    const path = await shelf.put(name, file.bytes);
    const part = Object.keys(set.files).find((each) => set.files[each]!.name === name);
    if (part) files[part] = { ...file, path };
  }
  return whole(files, set, archive.name);
}

async function unpacked(file: FoundFile, archive: Archive, set: Pick<NamedSet, "files">): Promise<SetFiles> {
  const names = new Map(Object.entries(set.files).map(([part, { name }]) => [name, part]));
  const found = await unpack(file, archive.format, (name) => names.has(name));
  const files = Object.fromEntries([...found].map(([name, content]) => [names.get(name)!, content]));
  return whole(files, set, file.path);
}

/** In the set's order. @throws AnygradError DATA_MISSING */
function whole(files: SetFiles, set: Pick<NamedSet, "files">, where: string): SetFiles {
  const missing = Object.entries(set.files).filter(([part]) => !files[part]);
  if (missing.length > 0)
    throw new AnygradError(
      "DATA_MISSING",
      `${where}: ${missing.map(([, { name }]) => name).join(" and ")} ${missing.length > 1 ? "are" : "is"} not in it; fetch the archive again`,
    );
  return Object.fromEntries(Object.keys(set.files).map((part) => [part, files[part]!]));
}

// All files of a folder; undefined where there are none, an error where only some are there.
async function findFiles(
  host: DataHost,
  folder: string,
  set: Pick<NamedSet, "files" | "archive">,
): Promise<SetFiles | undefined> {
  for (const place of set.archive ? [`${folder}/${set.archive.folder}`, folder] : [folder]) {
    const files = await findIn(host, place, set.files);
    if (files) return files;
  }
  if (!set.archive) return undefined;
  const path = `${folder}/${set.archive.name}`;
  const bytes = await host.readFile(path);
  return bytes && unpacked({ path, bytes }, set.archive, set);
}

async function findIn(
  host: DataHost,
  folder: string,
  files: NamedSet["files"],
): Promise<SetFiles | undefined> {
  const found: Record<string, FoundFile> = {};
  const missing: string[] = [];
  for (const [part, { name }] of Object.entries(files)) {
    const file = await firstFile(host, folder, namesOf(name));
    if (file) found[part] = file;
    else missing.push(name);
  }
  if (Object.keys(found).length === 0) return undefined;
  if (missing.length === 0) return found;
  throw new AnygradError(
    "DATA_MISSING",
    `${folder}: ${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing beside ` +
      `${Object.values(found)[0]?.path}; put all ${Object.keys(files).length === 4 ? "four " : ""}files there`,
  );
}

/** A file's name as it is found: packed or not, with a dot, with test in place of t10k. */
function namesOf(name: string): string[] {
  const stem = name.replace(/[.]gz$/, "");
  const stems = [stem, stem.replace("-idx", ".idx")];
  const all = stem.startsWith("t10k")
    ? [...stems, ...stems.map((each) => each.replace("t10k", "test"))]
    : stems;
  return [...new Set(all)].flatMap((each) => [`${each}.gz`, each]);
}

async function firstFile(
  host: DataHost,
  folder: string,
  names: readonly string[],
): Promise<FoundFile | undefined> {
  for (const name of names) {
    const bytes = await host.readFile(`${folder}/${name}`);
    if (bytes) return { path: `${folder}/${name}`, bytes };
  }
  return undefined;
}

// The files of MNIST and of those that take its place have the same names: the sizes tell them apart.
function refuseOtherSets(files: SetFiles, set: NamedSet, folder: string): void {
  const size = files.trainImages?.bytes.length;
  for (const other of namedSets) {
    if (size === undefined || other === set || size !== other.files.trainImages?.bytes) continue;
    throw new AnygradError(
      "DATA_MISSING",
      `${set.name}: ${folder} holds ${other.name}; pass the folder of ${set.name} or the parent of both`,
    );
  }
}

async function readSet(files: SetFiles, set: Pick<NamedSet, "name"> & Partial<NamedSet>): Promise<TrainTest> {
  return set.read ? set.read(files, set as NamedSet) : readIdxFiles(files, set);
}
