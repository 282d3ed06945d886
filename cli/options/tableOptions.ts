/** Options of tables: CSV, JSON lines and Parquet files of numbers and texts. */
import { type Command, Option } from "commander";
import type { TableOptions } from "../../src/data/table/readTable.ts";
import { dashed } from "../process/flags.ts";
import { choice, wholeNumber } from "./arguments.ts";

/** The options as they are typed. */
export interface TableCliOptions {
  /** A name, or a number from 1; negative: from the end. */
  readonly label?: string;
  readonly task?: "classification" | "regression";
  /** Names with commas between them. */
  readonly ignore?: string;
  readonly categories?: string;
  readonly ordinal?: string;
  readonly missing?: "mean" | "median" | "drop" | "error";
  readonly window?: number;
  readonly stride?: number;
  readonly horizon?: number;
  readonly group?: string;
  /** Bytes of memory. */
  readonly maxBytes?: number;
}

/** The option that raises what a table may take. */
export function maxBytesOption(): Option {
  return new Option(
    "--max-bytes <n>",
    "of memory that a table may take, and of its text, unpacked (default: 1073741824)",
  ).argParser(wholeNumber("--max-bytes", 1));
}

export function addTableOptions(command: Command): Command {
  return command
    .optionsGroup("Tables:")
    .option(
      "--label <column>",
      "that is predicted: a name, or a number from 1, from the end with − (default: told)",
    )
    .option(
      "--task <kind>",
      "classification or regression (default: by the label, and told)",
      choice("--task", ["classification", "regression"]),
    )
    .option("--ignore <columns>", "left out; names with commas between them")
    .option("--categories <columns>", "whose numbers name categories, such as a postcode")
    .option("--ordinal <columns>", "of texts that have an order, the alphabet's, and become one number")
    .option(
      "--missing <policy>",
      "mean or median stand in for missing numbers; drop the row; error (default: mean)",
      choice("--missing", ["mean", "median", "drop", "error"]),
    )
    .option("--window <n>", "rows of an example: the table is a series", wholeNumber("--window", 1))
    .option("--stride <n>", "rows from window to window (default: 1)", wholeNumber("--stride", 1))
    .option(
      "--horizon <n>",
      "rows from a window's last to the one that is predicted; 0: its own (default: 0 for classes, 1 for numbers)",
      wholeNumber("--horizon", 0),
    )
    .option("--group <column>", "that tells series apart: no window spans two")
    .addOption(maxBytesOption());
}

/** The names, by which options are told apart from those of other kinds. */
export const tableOptionNames: readonly (keyof TableCliOptions)[] = [
  "label",
  "task",
  "ignore",
  "categories",
  "ordinal",
  "missing",
  "window",
  "stride",
  "horizon",
  "group",
  "maxBytes",
];

/** Those of the options that concern tables, as they were typed; undefined where there are none. */
export function givenTableOptions(options: object): TableCliOptions | undefined {
  const given = Object.entries(options).filter(
    ([name, value]) => tableOptionNames.some((each) => each === name) && value !== undefined,
  );
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

/** Options of `train` that another command keeps as texts, as they were typed. */
export function tableOptionsOfTexts(texts: Readonly<Record<string, string>>): TableCliOptions {
  const numbers: readonly string[] = ["window", "stride", "horizon", "maxBytes"];
  const given = tableOptionNames.flatMap((name) => {
    const text = texts[dashed(name)];
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries(
    given.map(([name, text]) => [name, numbers.includes(name) ? Number(text) : text]),
  );
}

/** The options as `readTable` takes them. */
export function readTableOptions(options: TableCliOptions): TableOptions {
  const { label, ignore, categories, ordinal, task, missing, window, stride, horizon, group, maxBytes } =
    options;
  const names = (text: string | undefined): string[] | undefined =>
    text?.split(",").map((name) => name.trim());
  return {
    task,
    missing,
    window,
    stride,
    horizon,
    maxBytes,
    ...(label !== undefined && { label: /^[-−]?\d+$/.test(label) ? Number(label.replace("−", "-")) : label }),
    ...(group !== undefined && { group }),
    ignore: names(ignore),
    categories: names(categories),
    ordinal: names(ordinal),
  };
}
