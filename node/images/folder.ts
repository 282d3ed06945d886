/**
 * Which pictures a folder holds, and of which class each is: a folder a class, or `train/`, `test/` and `validation/` with those
 * inside. Nothing is opened; what is no PNG or JPEG by its name is listed with what it is.
 */
import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import type { UnreadableImage } from "../../src/data/images/fromImages.ts";
import { sortNames } from "../../src/data/images/labels.ts";
import { AnygradError } from "../../src/errors.ts";

/** A picture and the class it belongs to. */
export interface LabelledFile {
  /** As it is opened. */
  readonly path: string;
  /** As it is told: below the folder, with slashes. */
  readonly name: string;
  readonly label: string;
}

export type PartName = "train" | "validation" | "test";

/** What is to be read. */
export interface ImageList {
  /** "train" is there always. */
  readonly parts: Readonly<Partial<Record<PartName, readonly LabelledFile[]>>>;
  readonly classNames: readonly string[];
  /** Files that are no pictures, or of another form. */
  readonly others: readonly UnreadableImage[];
}

const partNames: Readonly<Record<string, PartName>> = {
  train: "train",
  training: "train",
  validation: "validation",
  valid: "validation",
  val: "validation",
  test: "test",
  testing: "test",
};

const pictures = [".png", ".jpg", ".jpeg", ".jpe", ".jfif", ""];
const otherForms: Readonly<Record<string, string>> = {
  ".heic": "HEIC",
  ".heif": "HEIC",
  ".webp": "WebP",
  ".gif": "GIF",
  ".bmp": "BMP",
  ".tif": "TIFF",
  ".tiff": "TIFF",
  ".avif": "AVIF",
  ".jxl": "JPEG XL",
  ".jp2": "JPEG 2000",
  ".svg": "SVG",
  ".psd": "Photoshop",
  ".dng": "a raw photo",
  ".cr2": "a raw photo",
  ".nef": "a raw photo",
  ".arw": "a raw photo",
};

/** Whether a folder may be one of pictures: it has folders, or pictures by their names, and no IDX files. */
export async function mayHoldImages(folder: string): Promise<boolean> {
  const { folders, files } = await entriesOf(folder);
  if (files.some((name) => /idx[13]-ubyte/.test(name))) return false;
  return folders.length > 0 || files.some((name) => isPicture(name) && extname(name) !== "");
}

/**
 * @param known the classes of a model, of which the folder may hold some
 * @throws AnygradError DATA_MISSING for a folder that is not there or holds no pictures; DATA_FORMAT for one class alone, for a
 *   test class that is not in `train`, and for a class that is not known
 */
export async function listFolder(folder: string, known?: readonly string[]): Promise<ImageList> {
  const { folders, files } = await entriesOf(folder);
  const parts = partsAmong(folder, folders);
  const others: UnreadableImage[] = [];
  for (const name of files)
    others.push({
      file: name,
      reason: otherReason(name) ?? "it lies beside the folders, not in one of a class",
    });
  if (folders.length === 0) throw nothingIn(folder, files.some(isPicture), undefined, known);
  const found: Partial<Record<PartName, LabelledFile[]>> = {};
  for (const [name, part] of parts)
    found[part] = await classesIn(join(folder, name), part === "train" && name === "" ? "" : name, others);
  const train = found.train ?? [];
  if (train.length === 0) throw nothingIn(folder, false, others[0]);
  return checkClasses(folder, found, others, known);
}

/** Classes are those that are known, else those of `train`. @throws AnygradError DATA_FORMAT */
export function checkClasses(
  subject: string,
  parts: ImageList["parts"],
  others: readonly UnreadableImage[],
  known?: readonly string[],
): ImageList {
  const found = sortNames([...new Set(parts.train!.map(({ label }) => label))]);
  const unknown = known && found.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: the model does not know its class "${unknown.slice(0, 40)}"; it knows ${known!.slice(0, 10).join(", ").slice(0, 200)}`,
    );
  const classNames = known ?? found;
  if (classNames.length < 2)
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: one class alone, "${classNames[0]}"; at least two are needed, each in a folder of its own`,
    );
  for (const part of ["validation", "test"] as const) {
    const stranger = parts[part]?.find(({ label }) => !classNames.includes(label));
    if (stranger)
      throw new AnygradError(
        "DATA_FORMAT",
        `${subject}: ${stranger.name} is of class "${stranger.label}", of which there is nothing to train on; the classes are ${classNames.join(", ").slice(0, 200)}`,
      );
  }
  return { parts, classNames, others };
}

/** The name of each folder that is a part and which; one of no name where the folder itself is to train on. */
function partsAmong(folder: string, folders: readonly string[]): [string, PartName][] {
  const named = folders.flatMap((name): [string, PartName][] => {
    const part = partNames[name.toLowerCase()];
    return part === undefined ? [] : [[name, part]];
  });
  const kinds = new Set(named.map(([, part]) => part));
  if (!kinds.has("train") || (kinds.size === 1 && folders.length > 1)) return [["", "train"]];
  const strangers = folders.filter((name) => partNames[name.toLowerCase()] === undefined);
  if (strangers.length > 0 || kinds.size < named.length)
    throw new AnygradError(
      "DATA_FORMAT",
      `${folder}: holds ${folders.join(", ").slice(0, 200)}; beside a folder train, only one called test and one called validation are understood`,
    );
  return named;
}

/** All pictures in a folder and below it, and the files that are none. @throws AnygradError DATA_MISSING */
export async function listPictures(
  folder: string,
): Promise<{ readonly pictures: readonly string[]; readonly others: readonly UnreadableImage[] }> {
  const [found, others]: [string[], UnreadableImage[]] = [[], []];
  await walk(folder, folder, new Set(), ({ path }) => {
    const reason = otherReason(path);
    if (reason === undefined) found.push(path);
    else others.push({ file: path, reason });
  });
  return { pictures: found, others };
}

async function classesIn(folder: string, shown: string, others: UnreadableImage[]): Promise<LabelledFile[]> {
  const { folders, files } = await entriesOf(folder);
  const within = (name: string): string => (shown === "" ? name : `${shown}/${name}`);
  if (shown !== "")
    for (const name of files)
      others.push({
        file: within(name),
        reason: otherReason(name) ?? "it lies beside the folders, not in one of a class",
      });
  const found: LabelledFile[] = [];
  for (const name of folders.toSorted()) {
    const before = found.length;
    const label = name.normalize("NFC"); // macOS decomposes accents: the class is the same
    await walk(join(folder, name), within(name), new Set(), ({ path, name: file }) =>
      isPicture(file)
        ? found.push({ path, name: file, label })
        : others.push({ file, reason: otherReason(file)! }),
    );
    if (found.length === before)
      others.push({ file: within(name), reason: "a folder without PNG or JPEG files: no class" });
  }
  return found;
}

async function walk(
  folder: string,
  shown: string,
  seen: Set<string>,
  visit: (file: { path: string; name: string }) => void,
): Promise<void> {
  const real = await realpath(folder);
  if (seen.has(real)) return; // a link that leads back
  seen.add(real);
  const { folders, files } = await entriesOf(folder);
  for (const name of files.toSorted()) visit({ path: join(folder, name), name: `${shown}/${name}` });
  for (const name of folders.toSorted()) await walk(join(folder, name), `${shown}/${name}`, seen, visit);
}

interface Entries {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** What systems put into folders by themselves is left out; links count as what they lead to, broken ones as files. */
async function entriesOf(folder: string): Promise<Entries> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new AnygradError(
      "DATA_MISSING",
      error.code === "ENOENT"
        ? `${folder}: is not there; check the path`
        : `${folder}: cannot be read as a folder (${error.code}); check its path and rights`,
      { cause: error },
    );
  });
  const [folders, files]: [string[], string[]] = [[], []];
  for (const entry of entries) {
    const { name } = entry;
    if (name.startsWith(".") || /^(thumbs[.]db|desktop[.]ini|__macosx)$/i.test(name)) continue;
    const target = entry.isSymbolicLink() ? await stat(join(folder, name)).catch(() => undefined) : entry;
    if (target?.isDirectory()) folders.push(name);
    else files.push(name);
  }
  return { folders, files };
}

function isPicture(name: string): boolean {
  return pictures.includes(extname(name).toLowerCase());
}

/** Why a file is left out by its name; undefined: it is a picture. */
export function otherReason(name: string): string | undefined {
  if (isPicture(name)) return undefined;
  const ending = extname(name).toLowerCase();
  const form = otherForms[ending];
  return form === undefined ? `no picture (${ending})` : `${form}; convert it to PNG or JPEG`;
}

function nothingIn(
  folder: string,
  hasLoose: boolean,
  other?: UnreadableImage,
  known?: readonly string[],
): AnygradError {
  const advice = known && hasLoose ? "; without classes they can be predicted, not evaluated" : "";
  const got = hasLoose
    ? "its pictures lie in no folder of a class"
    : `no PNG or JPEG files in it${other ? ` (${other.file}: ${other.reason})` : ""}`;
  return new AnygradError(
    "DATA_MISSING",
    `${folder}: ${got}; put the pictures of each class into a folder of its name, as ${folder.replace(/[/\\]+$/, "")}/cats and so on${advice}`.slice(
      0,
      500,
    ),
  );
}
