/**
 * A flame chart: what ran when, time to the right, and below each part those that it consists of. Parts too narrow for their name have
 * it as a hint, which a page shows under the pointer.
 */
import { CHARACTER } from "../../../report/charts/axes.ts";
import { colorOf, type Palette } from "../../../report/charts/palette.ts";
import { type ChartText, FONT_SIZE, svgDocument } from "../../../report/charts/svg.ts";

export interface FlamePart {
  readonly name: string;
  /** Begin and length in the unit of the axis. */
  readonly start: number;
  readonly length: number;
  /** Colour as charts name it; default that of rules. */
  readonly color?: keyof Palette;
}

export interface FlameChart extends ChartText {
  /** From the whole to the finest, one row each. */
  readonly levels: readonly (readonly FlamePart[])[];
  readonly x: {
    readonly most: number;
    format(value: number): string;
  };
  /** Pixels before scaling. Default 1200. */
  readonly width?: number;
}

const ROW = 22; // pixels
const MARGIN = 8;
const LEAST = 0.2; // pixels: what is narrower than this is left out
const TICKS = 8;

export function flameChart({ levels, x, width = 1200, ...said }: FlameChart): string {
  const scale = (width - 2 * MARGIN) / x.most;
  const bottom = MARGIN + ROW * levels.length;
  const svg = svgDocument(width, bottom + 24);
  levels.forEach((parts, level) => {
    const y = MARGIN + ROW * level;
    for (const { name, start, length, color } of parts) {
      const wide = length * scale;
      if (wide < LEAST) continue;
      const left = MARGIN + start * scale;
      const gap = wide > 3 ? 1 : 0;
      const fill = color ? colorOf(color) : colorOf("rule");
      svg.element(
        "rect",
        { x: left, y, width: wide - gap, height: ROW - 2, fill },
        undefined,
        `${name}: ${x.format(length)}`,
      );
      const letters = Math.floor((wide - 8) / CHARACTER);
      if (letters < 4) continue;
      const shown = name.length <= letters ? name : `${name.slice(0, letters - 1)}…`;
      const ink = colorOf(color ? "paper" : "ink");
      svg.element(
        "text",
        { x: left + 4, y: y + ROW / 2 + 3, fill: ink, "pointer-events": "none", "font-size": FONT_SIZE - 1 },
        shown,
      );
    }
  });
  for (let tick = 0; tick <= TICKS; tick++) {
    const at = MARGIN + ((width - 2 * MARGIN) * tick) / TICKS;
    const anchor = tick === 0 ? "start" : tick === TICKS ? "end" : "middle";
    svg.element("line", { x1: at, x2: at, y1: bottom, y2: bottom + 5, stroke: colorOf("quiet") });
    svg.element(
      "text",
      { x: at, y: bottom + 18, "text-anchor": anchor, fill: colorOf("quiet") },
      x.format((x.most * tick) / TICKS),
    );
  }
  return svg.finish(said);
}
