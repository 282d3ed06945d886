/** Pictures of numbers on a canvas: a pixel a number, drawn larger by the page. */
import type { ColorName } from "../style.ts";
import { rgbIn } from "../style.ts";

/** What colour a number has, each 0 to 255. */
export type Ramp = (value: number) => readonly [number, number, number];

/** A canvas of `width` pixels by `height`, shown `side` CSS pixels wide. */
export function canvasOf(
  document: Document,
  width: number,
  height: number,
  side: number,
  colorAt: (pixel: number) => readonly [number, number, number],
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.style.width = `${side}px`;
  canvas.style.height = `${(side * height) / width}px`;
  const context = canvas.getContext("2d")!;
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const [red, green, blue] = colorAt(i);
    image.data.set([red, green, blue, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
  canvas.setAttribute("role", "img");
  return canvas;
}

/** Negative numbers in one colour, positive in another, stronger the further from 0; `largest` is the strongest. */
export function aroundZero(element: Element, largest: number): Ramp {
  const [paper, less, more] = colorsOf(element, ["paper", "wrong", "right"]);
  return (value) => blend(paper!, value < 0 ? less! : more!, Math.min(1, Math.abs(value) / (largest || 1)));
}

/** From the paper's colour for `least` to a strong one for `largest`. */
export function rising(element: Element, least: number, largest: number): Ramp {
  const [paper, ink] = colorsOf(element, ["paper", "right"]);
  return (value) => blend(paper!, ink!, Math.min(1, Math.max(0, (value - least) / (largest - least || 1))));
}

export function colorsOf(
  element: Element,
  names: readonly ColorName[],
): (readonly [number, number, number])[] {
  return names.map((name) => rgbIn(element, name));
}

/** `share` of the second colour over the first; of a number that is not finite the first. */
export function blend(
  from: readonly [number, number, number],
  to: readonly [number, number, number],
  share: number,
): readonly [number, number, number] {
  const part = Number.isFinite(share) ? share : 0;
  return [0, 1, 2].map((i) => from[i]! + part * (to[i]! - from[i]!)) as unknown as [number, number, number];
}

/** The least and the largest of the finite numbers; 0 and 1 where there are none. */
export function extent(values: ArrayLike<number>): readonly [number, number] {
  let [least, largest] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  return least > largest ? [0, 1] : [least, largest];
}
