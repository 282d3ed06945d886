/** What the axes, names and signs of all charts have in common. */
import type { RenderFunction, SymbolType } from "@observablehq/plot";
import { textWidth } from "../text/lines.ts";
import { colorOf } from "./palette.ts";
import { svgElement } from "./svg.ts";

/** Pixels, of the average letter at FONT_SIZE: in the widest of the fonts that stand in for Open Sans. */
export const CHARACTER = 7.3;

/** Pixels from name to name. */
export const LINE = 16;

export const axisLook: { color: string; tickSize: number; tickPadding: number } = {
  color: colorOf("quiet"),
  tickSize: 0,
  tickPadding: 6,
};

// the first four differ in outline when they are small, too
const signs = ["circle", "square", "triangle", "diamond2", "star", "cross", "wye", "hexagon"] as const;

/** The sign of a series counted from 0: with its colour, it tells it apart. */
export function signOf(look: number): SymbolType {
  return signs[look % signs.length]!;
}

/** 1, 2 and 5 of each power of ten; powers alone where those are many; equal steps where they are few. */
export function logarithmicTicks([from, to]: readonly [number, number]): number[] {
  const powers = Array.from({ length: 41 }, (_, i) => Number(`1e${i - 20}`));
  const within = (value: number): boolean => value >= from && value <= to;
  const all = powers.flatMap((power) => [power, 2 * power, 5 * power]).filter(within);
  if (all.length < 3) return roundTicks([from, to], 4);
  return all.length <= 7 ? all : powers.filter(within);
}

/** At least two equal steps of 1, 2 or 5 times a power of ten within the bounds, at most `most` of them. */
export function roundTicks([from, to]: readonly [number, number], most: number): number[] {
  const powers = Array.from({ length: 41 }, (_, i) => Number(`1e${i - 20}`));
  const step = powers.flatMap((power) => [power, 2 * power, 5 * power]).find((s) => (to - from) / s <= most);
  if (step === undefined) return [];
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** As many round ticks of a horizontal axis as have room for what is written at them, seven at most. */
export function spacedTicks(
  domain: readonly [number, number],
  pixels: number,
  format: (value: number) => string,
): number[] {
  for (let most = 7; most > 1; most--) {
    const ticks = roundTicks(domain, most);
    const widest = Math.max(...ticks.map((tick) => textWidth(format(tick))));
    if ((ticks.length - 1) * (CHARACTER * widest + 12) <= pixels) return ticks;
  }
  return roundTicks(domain, 1);
}

/** Pixels at the left of an axis for its numbers, written so. */
export function axisRoom(labels: readonly string[]): number {
  return Math.max(50, 14 + CHARACTER * Math.max(...labels.map(textWidth)));
}

/** The axis's name above it, at the left edge. */
export function headOfAxis(label: string): RenderFunction {
  return (_index, _scales, _values, { marginTop }, { document }) =>
    svgElement(
      document,
      "text",
      { x: 4, y: marginTop - 14, "text-anchor": "start", fill: colorOf("quiet") },
      label,
    );
}
