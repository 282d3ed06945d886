/** Names of colours above a chart: as many in a row as fit. */
import type { RenderFunction } from "@observablehq/plot";
import { textWidth } from "../text/lines.ts";
import { CHARACTER, LINE } from "./axes.ts";
import { colorOf } from "./palette.ts";
import { svgElement } from "./svg.ts";

/** @param before pixels between an entry's left end and its name */
export function legendRows<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  width: number,
  before: number,
): (Entry & { readonly left: number })[][] {
  const rows: (Entry & { readonly left: number })[][] = [[]];
  let left = 8;
  for (const entry of entries) {
    const needed = before + CHARACTER * textWidth(entry.name) + 14;
    if (left + needed > width && rows.at(-1)!.length > 0) {
      rows.push([]);
      left = 8;
    }
    rows.at(-1)!.push({ ...entry, left });
    left += needed;
  }
  return rows;
}

const SQUARE = 10; // pixels

/** A square of each colour with its name; `head` says what they are. */
export function colorLegend(
  entries: readonly { readonly name: string; readonly color: string }[],
  width: number,
  head?: string,
): { readonly height: number; readonly mark: RenderFunction } {
  const all = head === undefined ? entries : [{ name: head, color: undefined }, ...entries];
  const rows = entries.length === 0 ? [] : legendRows(all, width, SQUARE + 5);
  return {
    height: LINE * rows.length,
    mark: (_index, _scales, _values, _dimensions, { document }) => {
      const group = svgElement(document, "g", { "text-anchor": "start" });
      for (const [line, row] of rows.entries())
        for (const { name, color, left } of row) {
          const y = 9 + LINE * line;
          if (color !== undefined) {
            const square = { x: left, y: y - SQUARE / 2, width: SQUARE, height: SQUARE, fill: color };
            group.appendChild(svgElement(document, "rect", square));
          }
          const x = color === undefined ? left : left + SQUARE + 5;
          const place = { x, y, dy: "0.35em", fill: colorOf(color === undefined ? "quiet" : "ink") };
          group.appendChild(svgElement(document, "text", place, name));
        }
      return group;
    },
  };
}
