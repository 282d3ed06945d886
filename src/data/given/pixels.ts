/** Raw pixels, from 0 to 255, that go into a network as they are: it learns slowly from them or not at all, without a word. */
import type { Normalization } from "../dataset.ts";

/**
 * Warns in the console where x looks like raw pixels: whole numbers from 0 to 255, some of them above 127.
 *
 * @param normalization what the model does to bytes; floats are used as they are
 * @returns whether it did
 */
export function notePixels(
  subject: string,
  x: Uint8Array | Float32Array,
  normalization: Normalization | undefined,
): boolean {
  if (!looksRaw(x)) return false;
  const advice =
    normalization && x instanceof Float32Array
      ? "the model was trained on bytes that it brings into range, but floats are used as they are: pass a Uint8Array"
      : "nothing brings them to 0 … 1, so that learning may be slow or fail: give the data set normalization: { scale: 1 / 255, shift: 0 }, " +
        "use normalize(sets, method), or begin the model with layers.rescaling({ scale: 1 / 255 })";
  console.warn(`anygrad: ${subject}: x holds raw pixels from 0 to 255; ${advice}`);
  return true;
}

function looksRaw(x: Uint8Array | Float32Array): boolean {
  if (x instanceof Uint8Array) return x.some((value) => value > 127);
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    if (value !== (value & 255)) return false;
    if (value > largest) largest = value;
  }
  return largest > 127;
}
