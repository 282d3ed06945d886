/** Whether numbers are finite, and where the first is that is not. Apart from the readers, since every run asks it. */
import { AnygradError } from "../../errors.ts";
import { sizeOf } from "../../math/shape.ts";

/**
 * The place of a value as code would name it: "[2][1]".
 *
 * @param depth how many axes the place has. Default: all
 */
export function placeOf(index: number, shape: readonly number[], depth: number = shape.length): string {
  let rest = index;
  const indices = shape.toReversed().map((size) => {
    const at = size === 0 ? 0 : rest % size;
    rest = size === 0 ? 0 : (rest - at) / size;
    return `[${at}]`;
  });
  return indices.reverse().slice(0, depth).join("");
}

/** @throws AnygradError DATA_FORMAT for NaN and infinities, by their place */
export function checkFinite(
  values: Uint8Array | Int32Array | Float32Array,
  shape: readonly number[],
  name: string,
): void {
  if (!(values instanceof Float32Array)) return;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    const columns = sizeOf(shape.slice(1));
    const place = shape.length < 2 ? `row ${i}` : `row ${Math.floor(i / columns)}, column ${i % columns}`;
    throw new AnygradError(
      "DATA_FORMAT",
      `${name}${placeOf(i, shape)} is ${values[i]} (${place}, counted from 0); clean or drop what is not a finite number`,
    );
  }
}
