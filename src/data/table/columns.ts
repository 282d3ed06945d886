/**
 * What the columns of a table mean: numbers, categories, yes and no, or nothing that a network could learn from. What would be
 * misunderstood (dates, 1,234, 12 %, a word among numbers) is refused by name.
 */
import { AnygradError } from "../../errors.ts";
import { quoted, type RawColumn, type RawTable } from "../raw/rawTable.ts";
import { adornmentOf, booleanOf, isCompactDate, isDate, unitOf } from "../raw/values.ts";

/** What stands in for missing values: the training rows' mean or median of numbers; of texts a category of their own. */
export type MissingPolicy = "mean" | "median" | "drop" | "error";

/** What a column is, before numbers are taken from its training rows. */
export type Meaning =
  | { readonly kind: "number" }
  | {
      readonly kind: "category";
      readonly categories: readonly string[];
      readonly encoding: "oneHot" | "ordinal";
    }
  /** Left out of the inputs, and why. */
  | { readonly kind: "nothing"; readonly reason: string };

/** What a user says of a column, where it is not to be found out. */
export type Told = "category" | "ordinal" | readonly string[] | undefined;

const MOST_CATEGORIES = 50;
const FEW_WITH_UNIT = 12; // "2 doors" and "4 doors" are categories

/** @throws AnygradError DATA_FORMAT for values that would be misunderstood, naming the first */
export function meaningOf(table: RawTable, column: RawColumn, told: Told): Meaning {
  const { numbers, texts } = column;
  const present = column.length - column.gaps;
  if (present === 0) return { kind: "nothing", reason: "it has no values" };
  if (told !== undefined) {
    const found = categoriesOf(column);
    const categories = typeof told === "string" ? found : told;
    const stray = found.find((category) => !categories.includes(category));
    if (stray !== undefined)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${table.name}: column ${quoted(column.name)} holds ${quoted(stray)}, which is not in the order given for it; add it there`,
      );
    return { kind: "category", categories, encoding: told === "category" ? "oneHot" : "ordinal" };
  }
  if (texts.length === 0) return numberMeaning(table, column, present);
  refuseDates(table, column);
  if (numbers > 0 && 2 * numbers >= present) throw strayText(table, column);
  refuseAdorned(table, column);
  refuseUnits(table, column);
  const words = texts.map(booleanOf);
  if (numbers === 0 && texts.length <= 2 && words.every((word) => word && word.pair === words[0]!.pair)) {
    const categories = texts.toSorted((a, b) => booleanOf(a)!.value - booleanOf(b)!.value);
    if (categories.length === 2) return { kind: "category", categories, encoding: "ordinal" };
  }
  const categories = categoriesOf(column);
  if (categories.length === 1 && column.gaps === 0)
    return { kind: "nothing", reason: `all rows have ${quoted(categories[0]!)}` };
  if (categories.length > MOST_CATEGORIES || (categories.length === present && present > 2))
    return {
      kind: "nothing",
      reason:
        categories.length === present
          ? "each row has a text of its own"
          : `${categories.length} different texts are too many categories`,
    };
  return { kind: "category", categories, encoding: "oneHot" };
}

function numberMeaning(table: RawTable, column: RawColumn, present: number): Meaning {
  const first = column.at(firstWhere(column, (cell) => typeof cell === "number"));
  let [areDates, areAlike, areCounted] = [true, true, column.gaps === 0];
  for (let row = 0; row < column.length; row++) {
    const cell = column.at(row);
    if (typeof cell !== "number") continue;
    areDates &&= isCompactDate(cell);
    areAlike &&= cell === first;
    areCounted &&= row === 0 || cell === (column.at(row - 1) as number) + 1;
  }
  if (areDates)
    throw dateFault(
      table,
      column,
      firstWhere(column, (cell) => cell !== undefined),
    );
  if (areAlike && column.gaps === 0 && present > 1)
    return { kind: "nothing", reason: `all rows have ${first}` };
  const isFirst = table.columns[0] === column;
  const isId = /^(#|id|idx|index|row|rownames|no|nr|unnamed:?\s*\d*)$|[_\s.-]id$/i.test(column.name);
  if (
    areCounted &&
    present > 2 &&
    Number.isInteger(first) &&
    (isId || (isFirst && column.name === "column 1" && table.columns.length > 2))
  )
    return { kind: "nothing", reason: "it counts the rows" };
  return { kind: "number" };
}

const LEAST_STEPS = 20; // fewer rows may rise so by chance

/** By how much the numbers rise or fall from each row to the next, where that is the same throughout, as of a clock. */
export function steadyStep(column: RawColumn): number | undefined {
  if (column.gaps > 0 || column.texts.length > 0 || column.length < LEAST_STEPS) return undefined;
  const [first, last] = [column.at(0) as number, column.at(column.length - 1) as number];
  const step = (last - first) / (column.length - 1);
  for (let row = 1; row < column.length; row++) {
    const own = (column.at(row) as number) - (column.at(row - 1) as number);
    if (step === 0 || Math.abs(own - step) > Math.abs(step) / 10) return undefined; // as far as times are rounded
  }
  return Number(step.toPrecision(4));
}

/** The different values as texts: numbers in their order, then texts in the order of their characters. */
export function categoriesOf(column: RawColumn): string[] {
  const values = new Set<number>();
  if (column.numbers > 0)
    for (let row = 0; row < column.length; row++) {
      const cell = column.at(row);
      if (typeof cell === "number") values.add(cell);
    }
  return [...[...values].sort((a, b) => a - b).map(String), ...column.texts.toSorted()];
}

function refuseDates(table: RawTable, column: RawColumn): void {
  const dates = column.texts.filter(isDate).length;
  if (dates > 0 && 2 * dates >= column.texts.length)
    throw dateFault(
      table,
      column,
      firstWhere(column, (cell) => typeof cell === "string" && isDate(cell)),
    );
}

function dateFault(table: RawTable, column: RawColumn, row: number): AnygradError {
  return new AnygradError(
    "DATA_FORMAT",
    `${table.name}: column ${quoted(column.name)} holds dates or times, such as ${quoted(String(column.at(row)))} (${table.place(row)}), which are no numbers; leave it out (${option("ignore", column)}), or write what matters of them as columns of their own, such as month, weekday or hours since the start`,
  );
}

function strayText(table: RawTable, column: RawColumn): AnygradError {
  const row = firstWhere(column, (cell) => typeof cell === "string");
  const text = column.at(row) as string;
  const adornment = adornmentOf(text);
  return new AnygradError(
    "DATA_FORMAT",
    `${table.name}: ${table.place(row)}: ${quoted(column.name)} is ${quoted(text)} where other rows have numbers; ${
      adornment
        ? `it has ${adornment}: write it as a plain number`
        : `correct it, leave it empty if it is missing, or take the column as categories (${option("categories", column)})`
    }`,
  );
}

function refuseAdorned(table: RawTable, column: RawColumn): void {
  const isAdorned = (cell: string | number | undefined): boolean =>
    typeof cell === "string" && adornmentOf(cell) !== undefined;
  const adorned = column.texts.filter(isAdorned).length;
  if (adorned === 0 || 2 * adorned < column.texts.length) return;
  const row = firstWhere(column, isAdorned);
  const text = column.at(row) as string;
  throw new AnygradError(
    "DATA_FORMAT",
    `${table.name}: ${table.place(row)}: ${quoted(column.name)} is ${quoted(text)}, which has ${adornmentOf(text)}; write plain numbers, such as 1234.5`,
  );
}

/** Numbers with one unit behind them are no categories, where there are more than a few. */
function refuseUnits(table: RawTable, column: RawColumn): void {
  const { texts } = column;
  if (texts.length <= FEW_WITH_UNIT) return;
  const counts = new Map<string, number>();
  for (const text of texts) {
    const unit = unitOf(text);
    if (unit !== undefined) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  const [unit, count] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? ["", 0];
  if (count < 0.9 * texts.length) return;
  const row = firstWhere(column, (cell) => typeof cell === "string" && unitOf(cell) === unit);
  throw new AnygradError(
    "DATA_FORMAT",
    `${table.name}: ${table.place(row)}: ${quoted(column.name)} is ${quoted(column.at(row) as string)}, a number with a unit; write plain numbers below a header such as "${column.name} (${unit})", or take the column as categories (${option("categories", column)})`,
  );
}

/** An option of columns as messages spell it; the command line makes a flag of it. */
function option(name: "ignore" | "categories", column: RawColumn): string {
  return `{ ${name}: [${quoted(column.name)}] }`;
}

function firstWhere(column: RawColumn, holds: (cell: string | number | undefined) => boolean): number {
  for (let row = 0; row < column.length; row++) if (holds(column.at(row))) return row;
  return 0;
}
