/** Pictures larger and smaller by whole factors: pixels stay squares, or become the mean of those they stand for. */
import type { Picture } from "./picture.ts";

/** Enlarges: every pixel becomes a square of `factor` × `factor`. */
export function enlarge(picture: Picture, factor: number): Picture {
  if (factor === 1) return picture;
  const { channels, pixels } = picture;
  const [width, height] = [picture.width * factor, picture.height * factor];
  const larger = new Uint8Array(width * height * channels);
  let at = 0;
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / factor) * picture.width;
    for (let x = 0; x < width; x++) {
      const from = (row + Math.floor(x / factor)) * channels;
      for (let channel = 0; channel < channels; channel++) larger[at++] = pixels[from + channel]!;
    }
  }
  return { pixels: larger, width, height, channels };
}

/** Shrinks: every square of `factor` × `factor` becomes a pixel, its mean; squares at the right and lower border may be cut off. */
export function shrink(picture: Picture, factor: number): Picture {
  if (factor === 1) return picture;
  const { channels, pixels } = picture;
  const [width, height] = [Math.ceil(picture.width / factor), Math.ceil(picture.height / factor)];
  const smaller = new Uint8Array(width * height * channels);
  for (let at = 0; at < smaller.length; at++) {
    const [channel, place] = [at % channels, Math.floor(at / channels)];
    const [left, top] = [(place % width) * factor, Math.floor(place / width) * factor];
    let [sum, count] = [0, 0];
    for (let y = top; y < Math.min(top + factor, picture.height); y++)
      for (let x = left; x < Math.min(left + factor, picture.width); x++) {
        sum += pixels[(y * picture.width + x) * channels + channel]!;
        count++;
      }
    smaller[at] = Math.round(sum / count);
  }
  return { pixels: smaller, width, height, channels };
}

/** Scales by the whole factor that comes nearest to a square of `side` pixels without passing it. */
export function resizeToFit(picture: Picture, side: number): Picture {
  const longest = Math.max(picture.width, picture.height);
  return longest > side
    ? shrink(picture, Math.ceil(longest / side))
    : enlarge(picture, Math.floor(side / longest));
}
