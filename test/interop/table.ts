/** Tables of docs/formats.md, each between two comments with its name. */
import { readFileSync, writeFileSync } from "node:fs";

/** Writes a table in its place. */
export function written(
  page: string,
  name: string,
  head: readonly string[],
  lines: readonly (readonly string[])[],
): void {
  const [begin, end] = [`<!-- ${name} table -->`, `<!-- end of ${name} table -->`];
  const text = readFileSync(page, "utf8");
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${page} has no place for the table ${name}`);
  const rows = [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`);
  writeFileSync(page, `${before}${begin}\n${rows.join("\n")}\n${end}${after}`);
}
