/** Turns a picture as EXIF's orientation says: 1 as it is, 3 upside down, 6 and 8 on its side; the others mirrored as well. */
import type { PixelImage } from "../../src/data/images/image.ts";

/** The picture as it was seen. */
export function upright(image: PixelImage, orientation: number): PixelImage {
  if (orientation === 1) return image;
  const { width, height } = image;
  const onItsSide = orientation >= 5;
  // where row 0 and column 0 of what is stored are seen: the table of the standard
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const [seenWidth, seenHeight] = onItsSide ? [height, width] : [width, height];
  const from = pixelsOf(image);
  const to = new Uint32Array(from.length);
  for (let y = 0; y < seenHeight; y++)
    for (let x = 0; x < seenWidth; x++) {
      const [across, down] = onItsSide ? [y, x] : [x, y];
      const column = fromRight ? width - 1 - across : across;
      const row = fromBottom ? height - 1 - down : down;
      to[y * seenWidth + x] = from[row * width + column]!;
    }
  return { width: seenWidth, height: seenHeight, data: new Uint8ClampedArray(to.buffer) };
}

// Four bytes at once, copied where they do not begin at a multiple of four.
function pixelsOf({ data }: PixelImage): Uint32Array {
  const { buffer, byteOffset, length } = byteOffsetFits(data) ? data : data.slice();
  return new Uint32Array(buffer, byteOffset, length / 4);
}

const byteOffsetFits = ({ byteOffset }: ArrayBufferView): boolean => byteOffset % 4 === 0;
