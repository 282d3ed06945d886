/** Weights of TensorFlow.js: numbers one behind the other in several files, some of them as whole numbers of one or two bytes. */
import { AnygradError, quote } from "../../errors.ts";
import { formatShape, sizeOf } from "../../tensor/shape.ts";
import { bytesOfElement, type Elements, type ElementType, elementsOf, type Scratch } from "../elements.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Place } from "../keras/config/json.ts";
import type { FileWeight } from "../keras/weights.ts";
import { bytesOf, largestFile } from "../source.ts";
import type { FetchWeights } from "./files.ts";

/** Files that are one. */
class Joined {
  readonly #files: readonly Uint8Array[];

  constructor(files: readonly Uint8Array[]) {
    this.#files = files;
  }

  get size(): number {
    return this.#files.reduce((sum, { length }) => sum + length, 0);
  }

  /** A part: a view where it lies in one file, else a copy. */
  part(from: number, to: number): Uint8Array {
    const whole = new Uint8Array(0);
    let begin = 0;
    const parts: Uint8Array[] = [];
    for (const file of this.#files) {
      const piece = file.subarray(Math.max(0, from - begin), Math.max(0, to - begin));
      if (piece.length === to - from) return piece;
      if (piece.length > 0) parts.push(piece);
      begin += file.length;
    }
    if (parts.length === 0) return whole;
    const joined = new Uint8Array(to - from);
    let at = 0;
    for (const piece of parts) {
      joined.set(piece, at);
      at += piece.length;
    }
    return joined;
  }
}

/** How numbers of a weight became whole ones: value = whole · scale + min. */
interface Quantized {
  readonly dtype: ElementType;
  readonly scale: number;
  readonly min: number;
}

/** A weight as the manifest has it. */
interface Spec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: ElementType;
  readonly quantized: Quantized | undefined;
}

/** @param groups of the manifest: paths, and the weights in these files @throws AnygradError as `loadTfjs` does */
export async function weightsOf(
  place: Place,
  groups: readonly Json[],
  file: FetchWeights,
  maxBytes: number = largestFile,
): Promise<FileWeight[]> {
  const all: FileWeight[] = [];
  let total = 0;
  for (const each of groups) {
    const { paths, weights } = place.object(each, "a group of weightsManifest");
    const specs = place.list(weights, "weights").map((spec) => specOf(place, place.object(spec, "a weight")));
    for (const { shape } of specs) total += 4 * sizeOf(shape);
    if (!(total <= maxBytes))
      throw place.error(
        "MEMORY_LIMIT",
        `the weights take more than ${maxBytes} bytes; raise maxBytes if they come from a source you trust`,
      );
    const names = place.list(paths, "paths").map((path) => place.string(path, "a path of weightsManifest"));
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined) throw place.damaged(`weightsManifest names the file ${quote(twice)} twice`);
    const files = new Joined(
      await Promise.all(
        names.map(async (name) => {
          return bytesOf(await file(name), place.text, `pass the bytes of ${name}`, maxBytes);
        }),
      ),
    );
    let at = 0;
    for (const spec of specs) {
      const from = at;
      at += sizeOf(spec.shape) * bytesOfElement[spec.quantized?.dtype ?? spec.dtype];
      const to = at;
      if (to > files.size)
        throw place.damaged(
          `the weight ${quote(spec.name)} ends at byte ${to} of ${files.size}: the files of weights are not whole`,
        );
      all.push({
        name: spec.name,
        shape: spec.shape,
        dtype: spec.dtype,
        read: (scratch) => numbersOf(spec, files.part(from, to), scratch),
      });
    }
    if (at !== files.size)
      throw place.damaged(`the weights take ${at} bytes, but the files of weights have ${files.size}`);
  }
  return all;
}

function specOf(place: Place, { name, shape, dtype, quantization }: JsonObject): Spec {
  const own = place.in(`weight ${quote(name)}`);
  const sizes = own.list(shape, "shape");
  if (!sizes.every((n) => Number.isSafeInteger(n) && (n as number) >= 0))
    throw own.damaged(`its shape is ${quote(shape)}`);
  if (
    dtype !== "float32" &&
    dtype !== "int32" &&
    dtype !== "bool" &&
    dtype !== "uint8" &&
    dtype !== "float16"
  )
    throw own.unsupported(`it holds ${quote(dtype)}; numbers are what anygrad takes`);
  const spec = {
    name: own.string(name, "its name"),
    shape: sizes as readonly number[],
    dtype: dtype as ElementType,
  };
  if (!Number.isSafeInteger(sizeOf(spec.shape))) throw own.damaged(`its shape is ${formatShape(spec.shape)}`);
  if (quantization === undefined || quantization === null) return { ...spec, quantized: undefined };
  const { dtype: stored, scale = 1, min = 0 } = own.object(quantization, "quantization");
  if (stored === "float16") return { ...spec, dtype: "float16", quantized: undefined };
  if ((stored !== "uint8" && stored !== "uint16") || typeof scale !== "number" || typeof min !== "number")
    throw own.unsupported(`it is quantised as ${quote(quantization)}; uint8, uint16 and float16 are read`);
  return { ...spec, quantized: { dtype: stored, scale, min } };
}

function numbersOf({ dtype, quantized }: Spec, bytes: Uint8Array, scratch?: Scratch): Elements {
  if (!quantized) return elementsOf(dtype, bytes, { scratch });
  const { scale, min } = quantized;
  const whole = elementsOf(quantized.dtype, bytes) as Uint8Array | Uint16Array;
  // as TensorFlow.js computes it: in doubles, rounded once
  const room = scratch?.bytes(4 * whole.length).buffer ?? new ArrayBuffer(4 * whole.length);
  const values = new Float32Array(room, 0, whole.length);
  for (let i = 0; i < whole.length; i++) values[i] = whole[i]! * scale + min;
  return dtype === "int32" ? Int32Array.from(values, (value) => Math.round(value)) : values;
}

/** The groups of what `tf.io.withSaveHandler` gives: all weights, in one buffer or several. */
export function heldWeights(weightData: unknown): Uint8Array {
  const list = Array.isArray(weightData) ? weightData : [weightData];
  const parts = list.map((each) => {
    if (ArrayBuffer.isView(each)) return new Uint8Array(each.buffer, each.byteOffset, each.byteLength);
    if (/Buffer\]$/.test(Object.prototype.toString.call(each))) return new Uint8Array(each as ArrayBuffer);
    throw new AnygradError("INVALID_ARGUMENT", `loadTfjs: weightData is ${quote(each)}; pass an ArrayBuffer`);
  });
  return new Joined(parts).part(
    0,
    parts.reduce((sum, { length }) => sum + length, 0),
  );
}
