/**
 * Images without labels from files: PNG and JPEG of any size; IDX (raw or gzipped), CSV (a line of pixels each), JSON (nested
 * or flat arrays), whose values are those of data sets, 0 to 255.
 */

import { formatOf } from "../../node/images/header.ts";
import { type ReadImageOptions, readImage } from "../../node/images/readImage.ts";
import { gunzip, isGzip } from "../../src/data/gzip.ts";
import { readIdx } from "../../src/data/idx.ts";
import { imageExamples } from "../../src/data/images/examples.ts";
import type { PixelImage } from "../../src/data/images/image.ts";
import { describePreparation, exampleShape, preparationFor } from "../../src/data/images/preparation.ts";
import type { ImagePreparation } from "../../src/data/preparation.ts";
import { AnygradError } from "../../src/errors.ts";
import { measuredJson } from "../../src/io/json.ts";
import { sizeOf } from "../../src/math/shape.ts";
import type { Model } from "../../src/model/index.ts";
import { shownInput } from "../../src/model/network/graph.ts";
import { createHost } from "../../src/runtime/host.ts";
import { fixedExample, picturesFor } from "../models/examples.ts";

/** Images as a network takes them. */
export interface UnlabelledImages {
  /** Pixels of n images, row-major `[n, size]`, 0 to 255. */
  readonly pixels: Uint8Array;
  /** That of an image. */
  readonly shape: readonly number[];
  /** What was done to a picture: "512 wide, 384 high → 32 × 32, cropped". */
  readonly prepared?: string;
}

/** @throws AnygradError DATA_MISSING, DATA_FORMAT, SHAPE_MISMATCH */
export async function readUnlabelled(
  path: string,
  net: Pick<Model, "graph" | "preparation">,
  options?: ReadImageOptions,
): Promise<UnlabelledImages> {
  const bytes = await createHost().readFile(path);
  if (!bytes) throw new AnygradError("DATA_MISSING", `${path}: no such file; check the path`);
  if (/[.](png|jpe?g)$/i.test(path) || (!isText(path) && formatOf(bytes) !== undefined)) {
    const image = await readImage(path, options);
    const how = picturesFor(net) ?? ownSize(net, image);
    const shape = how ? exampleShape(how) : fixedExample(net, path);
    const { x } = await imageExamples(image, how, shape);
    return { pixels: x as Uint8Array, shape, ...(how && { prepared: describePreparation(image, how) }) };
  }
  const shape = fixedExample(net, path);
  return { pixels: await readArrays(path, bytes, shape), shape };
}

/** As it is, for a network that takes pictures of any size. */
function ownSize(
  { graph }: Pick<Model, "graph">,
  { height, width }: PixelImage,
): ImagePreparation | undefined {
  const shape = shownInput(graph).map((n, axis) => n ?? [height, width, 3][axis] ?? 1);
  return preparationFor(shape);
}

// A header may begin as a picture does: BMI,age and BMP.
const isText = (path: string): boolean => /[.](csv|json)([.]gz)?$/i.test(path);

async function readArrays(
  path: string,
  bytes: Uint8Array,
  sampleShape: readonly number[],
): Promise<Uint8Array> {
  const size = sizeOf(sampleShape);
  const { values, shape } = await valuesOf(path, bytes, size);
  const wanted = `images of ${sampleShape.join("×")}, ${size} values each`;
  if (values.length > 0 && !fits(shape, sampleShape))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${path}: an array of ${shape.join("×")}, but the model takes ${wanted}; pass images of that size`,
    );
  if (values.length === 0 || values.length % size !== 0)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${path}: ${values.length} values, but the model takes ${wanted}; pass files with whole images of that size`,
    );
  if (values instanceof Uint8Array) return values;
  return Uint8Array.from(values, (value, i) => pixel(path, value, i, size));
}

/** @throws AnygradError DATA_FORMAT for a value, at place i of all images, that is no pixel */
function pixel(path: string, value: number, i: number, size: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= 255) return value;
  throw new AnygradError(
    "DATA_FORMAT",
    `${path}: value ${i % size} of image ${Math.floor(i / size)} is ${value}; pixels are whole numbers from 0 to 255`,
  );
}

interface Values {
  readonly values: Uint8Array | number[];
  /** Values as the file has them. */
  readonly shape: readonly number[];
}

// One image or several; as rows of values, too, and without the axis of a lone channel.
function fits(shape: readonly number[], sample: readonly number[]): boolean {
  const size = sizeOf(sample);
  const forms = [sample, [size], ...(sample.at(-1) === 1 ? [sample.slice(0, -1)] : [])];
  return forms.some((form) => [shape, shape.slice(1)].some((got) => String(got) === String(form)));
}

async function valuesOf(path: string, file: Uint8Array, size: number): Promise<Values> {
  const bytes = isGzip(file) ? await gunzip(file, path) : file;
  const text = (): string => new TextDecoder().decode(bytes);
  if (/[.]json(?:[.]gz)?$/i.test(path)) return jsonValues(path, text(), size);
  if (/[.]csv(?:[.]gz)?$/i.test(path)) {
    const values = csvPixels(path, bytes, size);
    return { values, shape: [values.length / size, size] };
  }
  const idx = await readIdx(bytes, path);
  const { data } = idx;
  const shape = idx.shape.length > 1 ? idx.shape : [...idx.shape, 1]; // labels are no image, however many they are
  return { values: data instanceof Uint8Array ? data : Array.from(data), shape };
}

// A flat array may hold several images.
function jsonValues(path: string, text: string, size: number): Values {
  const fail = (what: string): AnygradError =>
    new AnygradError("DATA_FORMAT", `${path}: ${what}; wanted arrays of numbers, flat or nested`);
  const parsed = measuredJson(text, (reason, cause) => fail(cause === undefined ? reason : "not JSON"));
  const shape: number[] = [];
  for (let level: unknown = parsed; Array.isArray(level); level = level[0]) shape.push(level.length);
  const values: number[] = [];
  const walk = (value: unknown, depth: number): void => {
    if (Array.isArray(value) ? value.length !== shape[depth] : depth < shape.length)
      throw fail("arrays of different lengths");
    if (typeof value === "number") values.push(value);
    else if (Array.isArray(value)) for (const item of value) walk(item, depth + 1);
    else throw fail(`holds a value of type ${value === null ? "null" : typeof value}`);
  };
  walk(parsed, 0);
  if (shape.length === 1 && values.length % size === 0)
    return { values, shape: [values.length / size, size] };
  return { values, shape };
}

// A first line that does not start like a number is a header.
function csvPixels(path: string, bytes: Uint8Array, size: number): Uint8Array {
  const pixels = new Uint8Array(Math.ceil((bytes.length + 1) / 2)); // a digit and what follows it are two bytes at least
  let [at, number] = [0, 0];
  for (const line of linesOf(path, bytes, 64 * size + LINE_SPARE)) {
    if (number++ === 0 && /^\s*[^\d\s+.-]/.test(line)) continue;
    if (line.trim() === "") continue;
    const fields = line.split(",");
    if (fields.length !== size)
      throw new AnygradError(
        "DATA_FORMAT",
        `${path}: line ${number} has ${fields.length} columns, but the model takes ${size} pixels` +
          `${fields.length === size + 1 ? "; take the labels away" : ", one image a line"}`,
      );
    for (const field of fields) {
      const value = field.trim() === "" ? Number.NaN : Number(field);
      pixels[at] = pixel(path, value, at, size);
      at++;
    }
  }
  return pixels.subarray(0, at);
}

const LINE_SPARE = 1 << 16; // characters: names of columns
const PIECE_BYTES = 1 << 20;

/** The lines of a text, which may be longer than a string can be. @throws AnygradError DATA_FORMAT for one of more than `most` characters */
function* linesOf(path: string, bytes: Uint8Array, most: number): Generator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  let count = 0;
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    const lines = (rest + decoder.decode(bytes.subarray(from, from + PIECE_BYTES), { stream: true })).split(
      "\n",
    );
    rest = lines.pop()!;
    count += lines.length;
    if (rest.length > most)
      throw new AnygradError(
        "DATA_FORMAT",
        `${path}: line ${count + 1} has more than ${most} characters; pass lines of pixels, one image a line`,
      );
    yield* lines;
  }
  yield rest;
}
