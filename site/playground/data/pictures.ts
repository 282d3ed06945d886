/** Pictures of the user as bytes of one size. They are decoded on the page, where the browser does it, one after another. */

import { say } from "../texts/language.ts";
import type { OwnData } from "../training/messages.ts";
import { type ImageSize, imageSizeOf } from "./imageSize.ts";

/** Larger ones are left out, before they are decoded where the file says its size: 100 megapixels take 400 MB. */
const mostPixels = 60e6;

type Examples = NonNullable<OwnData["examples"]>;

export interface ReadPictures {
  readonly examples: Examples;
  readonly color: "gray" | "rgb";
  /** Why a picture was left out, a sentence each. */
  readonly unreadable: readonly string[];
}

/** A picture as `[size, size, channels]` bytes: the middle of it, what stands out is cropped. */
export function bytesOf(
  source: CanvasImageSource,
  width: number,
  height: number,
  size: number,
  color: "gray" | "rgb",
): Uint8Array {
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  const side = Math.min(width, height);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, size, size);
  context.imageSmoothingQuality = "high";
  context.drawImage(source, (width - side) / 2, (height - side) / 2, side, side, 0, 0, size, size);
  const { data } = context.getImageData(0, 0, size, size);
  const channels = color === "rgb" ? 3 : 1;
  const bytes = new Uint8Array(size * size * channels);
  for (let i = 0; i < size * size; i++) {
    const [red, green, blue] = [data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!];
    if (channels === 3) bytes.set([red, green, blue], 3 * i);
    else bytes[i] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return bytes;
}

/** A picture of a file, for as long as `use` looks at it. @throws Error in words where it is none, or too large */
export async function decoded<Result>(file: File, use: (bitmap: ImageBitmap) => Result): Promise<Result> {
  const { data: texts, trial } = say.value;
  const check = ({ width, height }: ImageSize): void => {
    if (width * height > mostPixels) throw new Error(`${file.name}: ${texts.tooLarge(width, height)}`);
  };
  const size = await imageSizeOf(file);
  if (size) check(size);
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error(trial.noPicture(file.name));
  });
  try {
    check(bitmap);
    return use(bitmap);
  } finally {
    bitmap.close();
  }
}

/** The classes are the names of the folders that the files lie in. @throws Error in words where that makes no data set */
export async function picturesFrom(
  files: readonly File[],
  size: number,
  onProgress: (done: number, total: number) => void,
): Promise<ReadPictures> {
  const { data: texts } = say.value;
  const images = files.filter(({ name, type }) => type.startsWith("image/") && !name.startsWith("."));
  if (images.length === 0) throw new Error(texts.noPictures(files.length));
  const folders = images.map((file) => file.webkitRelativePath.split("/").at(-2) ?? "");
  const classNames = [...new Set(folders)].sort();
  if (classNames.length < 2) throw new Error(texts.oneFolder(classNames[0] || "–"));
  const kept: Uint8Array[] = [];
  const labels: number[] = [];
  const unreadable: string[] = [];
  for (const [i, file] of images.entries()) {
    try {
      kept.push(await decoded(file, (bitmap) => bytesOf(bitmap, bitmap.width, bitmap.height, size, "rgb")));
      labels.push(classNames.indexOf(folders[i]!));
    } catch (error) {
      unreadable.push((error as Error).message);
    }
    onProgress(i + 1, images.length);
  }
  if (kept.length === 0) throw new Error(unreadable[0]);
  const x = new Uint8Array(kept.length * size * size * 3);
  kept.forEach((bytes, i) => {
    x.set(bytes, i * bytes.length);
  });
  return { examples: { x, y: Uint8Array.from(labels), classNames }, color: "rgb", unreadable };
}
