/**
 * The data sets that have a name: their files, where these are looked for, and how a folder becomes a dataset.
 *
 * They are looked for in the given folder, the folder in ANYGRAD_DATA and the user's cache folder, then downloaded. Files and
 * network are reached through `DataHost` alone, so that this folder runs in any runtime and tests can pass a host of their
 * own.
 */
import { AnygradError } from "../errors.ts";
import type { Host } from "../runtime/host.ts";
import type { TrainTest } from "./dataset.ts";
import { type DownloadOptions, fetchFile, matches } from "./download.ts";
import { idxDataset, readIdx } from "./idx.ts";

/** What reading data needs of the host. */
export type DataHost = Omit<Host, "openFile">;

/** A file as it is published: a download that differs is refused. */
export interface PublishedFile {
  /** Its name, such as "train-images-idx3-ubyte.gz". */
  readonly name: string;
  /** Its size. */
  readonly bytes: number;
  /** Hex SHA-256. */
  readonly sha256: string;
}

type Part = "trainImages" | "trainLabels" | "testImages" | "testLabels";

/** A data set that has a name: four files at one address. */
export interface NamedSet {
  /** Its name, as the command line and folders spell it, such as "fashion-mnist". */
  readonly name: string;
  /** Where it is published; a file is at `${url}/${file.name}`. */
  readonly url: string;
  /** The files of images and labels for training and test. */
  readonly files: Readonly<Record<Part, PublishedFile>>;
  /** One name a class. */
  readonly classNames: readonly string[];
}

/** 70,000 handwritten digits, 28 × 28 (LeCun, Cortes, Burges 1998). Licence: CC BY-SA 3.0. */
export const mnist: NamedSet = {
  name: "mnist",
  url: "https://storage.googleapis.com/cvdf-datasets/mnist",
  files: publishedFiles([
    [9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"],
    [28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"],
    [1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"],
    [4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"],
  ]),
  classNames: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
};

/** 70,000 pictures of clothing, 28 × 28 (Xiao, Rasul, Vollgraf 2017, arXiv:1708.07747). Licence: MIT. */
export const fashionMnist: NamedSet = {
  name: "fashion-mnist",
  url: "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
  files: publishedFiles([
    [26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"],
    [29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"],
    [4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"],
    [5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"],
  ]),
  classNames: [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
  ],
};

/** All data sets that are downloaded by name. */
export const namedSets: readonly NamedSet[] = [mnist, fashionMnist];

/** Where a named set is looked for. */
export interface SourceOptions extends DownloadOptions {
  /** A folder with the files, or the parent of folders named after the sets. Default: the user's cache folder. */
  readonly data?: string;
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
    const files = (await findFiles(host, `${folder}/${set.name}`)) ?? (await findFiles(host, folder));
    if (!files) continue;
    refuseOtherSets(files, set, folder);
    return readSet(files, set);
  }
  return readSet(await downloadNamedSet(host, set, options), set);
}

/**
 * A user's own set: a folder with IDX files named as MNIST's (`train-images-idx3-ubyte.gz` …, raw or gzipped; the
 * test files may start with `t10k` or `test`).
 *
 * @throws AnygradError DATA_MISSING where a file is not there
 */
export async function loadFolder(host: DataHost, folder: string): Promise<TrainTest> {
  const files = await findFiles(host, folder);
  if (!files) {
    throw new AnygradError(
      "DATA_MISSING",
      `${folder}: no data set; wanted train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, ` +
        "t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz, or the same unpacked; or a folder of pictures a class",
    );
  }
  return readSet(files, { name: folder });
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
  } = {},
): Promise<SetFiles> {
  const cache = host.cacheFolder();
  const folder = options.into ?? (cache === undefined ? undefined : `${cache}/${set.name}`);
  const get = async (part: Part): Promise<FoundFile> => {
    const file = set.files[part];
    const path = folder === undefined ? undefined : `${folder}/${file.name}`;
    const kept = path === undefined ? undefined : await host.readFile(path);
    if (kept && (await matches(kept, file))) return { path: path ?? file.name, bytes: kept };
    const bytes = await fetchFile(host.fetch, `${set.url}/${file.name}`, file, set.name, options);
    if (path !== undefined) await host.writeFileAtomically(path, bytes);
    return { path: path ?? file.name, bytes };
  };
  return {
    trainImages: await get("trainImages"),
    trainLabels: await get("trainLabels"),
    testImages: await get("testImages"),
    testLabels: await get("testLabels"),
  };
}

interface FoundFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

type SetFiles = Readonly<Record<Part, FoundFile>>;

const places: readonly { readonly part: Part; readonly stems: readonly string[] }[] = [
  { part: "trainImages", stems: ["train-images-idx3-ubyte", "train-images.idx3-ubyte"] },
  { part: "trainLabels", stems: ["train-labels-idx1-ubyte", "train-labels.idx1-ubyte"] },
  {
    part: "testImages",
    stems: [
      "t10k-images-idx3-ubyte",
      "t10k-images.idx3-ubyte",
      "test-images-idx3-ubyte",
      "test-images.idx3-ubyte",
    ],
  },
  {
    part: "testLabels",
    stems: [
      "t10k-labels-idx1-ubyte",
      "t10k-labels.idx1-ubyte",
      "test-labels-idx1-ubyte",
      "test-labels.idx1-ubyte",
    ],
  },
];

// All four files of a folder; undefined where there are none, an error where only some are there.
async function findFiles(host: DataHost, folder: string): Promise<SetFiles | undefined> {
  const found = new Map<Part, FoundFile>();
  const missing: string[] = [];
  for (const { part, stems } of places) {
    const file = await firstFile(host, folder, stems);
    if (file) found.set(part, file);
    else missing.push(`${stems[0]}.gz`);
  }
  if (found.size === 0) return undefined;
  const part = (name: Part): FoundFile => {
    const file = found.get(name);
    if (file) return file;
    throw new AnygradError(
      "DATA_MISSING",
      `${folder}: ${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing beside ` +
        `${[...found.values()][0]?.path}; put all four files there`,
    );
  };
  return {
    trainImages: part("trainImages"),
    trainLabels: part("trainLabels"),
    testImages: part("testImages"),
    testLabels: part("testLabels"),
  };
}

async function firstFile(
  host: DataHost,
  folder: string,
  stems: readonly string[],
): Promise<FoundFile | undefined> {
  for (const stem of stems) {
    for (const path of [`${folder}/${stem}.gz`, `${folder}/${stem}`]) {
      const bytes = await host.readFile(path);
      if (bytes) return { path, bytes };
    }
  }
  return undefined;
}

// The files of MNIST and Fashion-MNIST have the same names: the sizes tell them apart.
function refuseOtherSets(files: SetFiles, set: NamedSet, folder: string): void {
  for (const other of namedSets) {
    if (other === set || files.trainImages.bytes.length !== other.files.trainImages.bytes) continue;
    throw new AnygradError(
      "DATA_MISSING",
      `${set.name}: ${folder} holds ${other.name}; pass the folder of ${set.name} or the parent of both`,
    );
  }
}

async function readSet(files: SetFiles, set: Pick<NamedSet, "name"> & Partial<NamedSet>): Promise<TrainTest> {
  const read = async (images: FoundFile, labels: FoundFile): Promise<TrainTest["train"]> => {
    const [pixels, classes] = [
      await readIdx(images.bytes, images.path),
      await readIdx(labels.bytes, labels.path),
    ];
    if (pixels.shape[0] === 0)
      throw new AnygradError(
        "DATA_FORMAT",
        `${images.path}: 0 images; a set needs at least one to train and one to test`,
      );
    return idxDataset(pixels, classes, {
      name: set.name,
      ...(set.classNames && { classNames: set.classNames }),
    });
  };
  const train = await read(files.trainImages, files.trainLabels);
  const test = await read(files.testImages, files.testLabels);
  if (String(train.shape.slice(1)) !== String(test.shape.slice(1))) {
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${set.name}: training images are ${train.shape.slice(1).join(" × ")}, test images ` +
        `${test.shape.slice(1).join(" × ")}; use files of one set`,
    );
  }
  return { train, test };
}

function publishedFiles(
  sizesAndHashes: readonly [[number, string], [number, string], [number, string], [number, string]],
): NamedSet["files"] {
  const [trainImages, trainLabels, testImages, testLabels] = sizesAndHashes;
  const file = (name: string, [bytes, sha256]: [number, string]): PublishedFile => ({ name, bytes, sha256 });
  return {
    trainImages: file("train-images-idx3-ubyte.gz", trainImages),
    trainLabels: file("train-labels-idx1-ubyte.gz", trainLabels),
    testImages: file("t10k-images-idx3-ubyte.gz", testImages),
    testLabels: file("t10k-labels-idx1-ubyte.gz", testLabels),
  };
}
