/** Blocks of lines next to each other, as many as a line holds: wide terminals are used, narrow ones not overrun. */
import { shownWidth } from "./lines.ts";

const GAP = 3; // blanks between blocks

/**
 * The blocks in rows, in their order; a block that does not fit beside the one before it begins a row of its own. Colours
 * count as nothing. Without the last line break.
 */
export function columns(blocks: readonly string[], width: number, gap: number = GAP): string {
  const rows: string[][] = [];
  let used = 0;
  for (const block of blocks) {
    const needed = widthOf(block);
    if (rows.length === 0 || used + gap + needed > width) {
      rows.push([block]);
      used = needed;
    } else {
      rows.at(-1)!.push(block);
      used += gap + needed;
    }
  }
  return rows.map((row) => joined(row, gap)).join("\n\n");
}

/**
 * How wide each of `count` equal blocks is that stand side by side: as many as have `least` characters, none wider than
 * `most`.
 */
export function equalWidth(
  count: number,
  width: number,
  { least, most, gap }: { least: number; most: number; gap: number },
): number {
  const across = Math.max(1, Math.min(count, Math.floor((width + gap) / (least + gap))));
  return Math.max(least, Math.min(most, Math.floor((width - gap * (across - 1)) / across)));
}

function joined(row: readonly string[], gap: number): string {
  const blocks = row.map((block) => ({ lines: block.split("\n"), width: widthOf(block) }));
  const height = Math.max(...blocks.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, i) =>
    blocks
      .map(({ lines, width }) => {
        const line = lines[i] ?? "";
        return line + " ".repeat(width - shownWidth(line));
      })
      .join(" ".repeat(gap))
      .trimEnd(),
  ).join("\n");
}

function widthOf(block: string): number {
  return Math.max(...block.split("\n").map(shownWidth));
}
