/** A table of a run as its file has it: CSV, names in the first line, numbers in full below. */
import { damaged, nameText } from "./check.ts";

/** Columns of numbers by name, all equally long; NaN where a line has none. */
export type Columns = Readonly<Record<string, readonly number[]>>;

/** @param lines a value for each name */
export function writeTable(
  names: readonly string[],
  lines: readonly (readonly (number | string | undefined)[])[],
): string {
  return [names.join(","), ...lines.map((line) => line.join(",")), ""].join("\n");
}

/** Columns that number the lines. */
const counters: readonly string[] = ["epoch", "step", "example"];
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/**
 * @param wanted columns that must be there
 * @throws AnygradError DATA_FORMAT
 */
export function readTable(content: string, file: string, wanted: readonly string[]): Columns {
  const [heads = "", ...lines] = content.trimEnd().split(/\r?\n/);
  const names = heads.split(",").map((name) => nameText(name, file));
  const missing = wanted.find((name) => !names.includes(name));
  if (missing !== undefined) throw damaged(file, `lacks the column "${missing}"`);
  const columns: number[][] = names.map(() => []);
  for (const [i, line] of lines.entries()) {
    const fields = line.split(",");
    if (fields.length !== names.length)
      throw damaged(file, `line ${i + 2} has ${fields.length} columns, the first ${names.length}`);
    for (const [column, field] of fields.entries())
      columns[column]!.push(field === "" ? Number.NaN : Number(field));
  }
  for (const [column, name] of names.entries()) {
    const stray = counters.includes(name) ? columns[column]!.findIndex((value) => !isCount(value)) : -1;
    if (stray >= 0)
      throw damaged(
        file,
        `line ${stray + 2}: the ${name} is ${columns[column]![stray]}, wanted a whole number`,
      );
  }
  return Object.fromEntries(names.map((name, column) => [name, columns[column]!]));
}
