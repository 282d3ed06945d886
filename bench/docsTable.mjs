// Tables in pages of docs/ that programs write, each between two comments with its name.
import { readFileSync, writeFileSync } from "node:fs";

/** Writes a table in its place; `note` stands below it. */
export function written(page, name, head, lines, note) {
  const [begin, end] = [`<!-- ${name} table -->`, `<!-- end of ${name} table -->`];
  const text = readFileSync(page, "utf8");
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${page} has no place for the table ${name}`);
  const rows = [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`);
  const below = note === undefined ? "" : `\n\n${note}`;
  writeFileSync(page, `${before}${begin}\n${rows.join("\n")}${below}\n${end}${after}`);
}
