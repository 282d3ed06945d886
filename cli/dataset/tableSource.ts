/** `--dataset FILE` of a table: read, divided and told. A lone file is divided by readTable; …train… has its test in …test… beside it. */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { LeftOut } from "../../runs/schema.ts";
import type { Dataset, TrainTest } from "../../src/data/dataset.ts";
import { checkTableOptions } from "../../src/data/table/options.ts";
import { readTable, type Table, type TableModel } from "../../src/data/table/readTable.ts";
import { AnygradError } from "../../src/errors.ts";
import type { Task } from "../../src/presets/index.ts";
import { givenTableOptions, readTableOptions, type TableCliOptions } from "../options/tableOptions.ts";
import { dashed } from "../process/flags.ts";
import { testFileOf } from "./partner.ts";
import { openTableFile, tableEndings } from "./tableFile.ts";

export interface TableSourceOptions extends TableCliOptions {
  readonly dataset: string;
  readonly limit?: number | undefined;
  readonly validationSplit?: number | undefined;
  /** A trained model, whose columns and scaling the rows get. */
  readonly like?: TableModel | undefined;
  /** A lone file is not divided: all of it is the test set. */
  readonly whole?: boolean | undefined;
  readonly signal: AbortSignal;
}

/** A table as a run needs it. */
export interface TableSets extends TrainTest {
  readonly validation?: Dataset;
  readonly task: Task;
  readonly classNames: readonly string[];
  readonly where: string;
  readonly isWhole?: boolean;
  /** What was chosen and found, for the user. */
  readonly notes: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

/** The sets of a table; undefined: it is none. @throws AnygradError as readTable; INVALID_ARGUMENT for options of tables without one */
export async function tableSets(options: TableSourceOptions): Promise<TableSets | undefined> {
  const { dataset: path, limit, validationSplit, like, signal, whole = false } = options;
  const given = givenTableOptions(options);
  const isFile = tableEndings.test(path) && (await stat(path).catch(() => undefined))?.isFile();
  if (!isFile) {
    if (/[.](xlsx?|ods|numbers)$/i.test(path))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `--dataset: ${path} is a spreadsheet; save the table as CSV in UTF-8, and pass that`,
      );
    if (given)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `--${dashed(Object.keys(given)[0]!)} is of use with tables, and ${path} is none; pass a file .csv, .tsv, .jsonl or .parquet, or leave it out`,
      );
    return undefined;
  }
  const own = { ...readTableOptions(options), limit, validationSplit, like, signal };
  checkTableOptions("readTable", own); // before a file is opened
  const asTable = given !== undefined || like?.preparation?.columns !== undefined;
  const file = await openTableFile(path, asTable, options.maxBytes);
  if (file.kind === "pixels") return undefined;
  const partner = await testFileOf(path);
  const table = await readTable(file.source, {
    ...own,
    name: path,
    ...((partner !== undefined || whole) && { testSplit: 0 }),
  });
  if (partner === undefined && whole) return { ...setsOf(table, table.train, path), isWhole: true };
  if (partner === undefined) return setsOf(table, table.test, `${path}, ${shareText(table)}`);
  const model = {
    preparation: table.train.preparation,
    ...(table.classNames && { classNames: table.classNames }),
  };
  const other = await openTableFile(partner, true, options.maxBytes);
  const { train: test } = await readTable(other.source, {
    name: partner,
    testSplit: 0,
    like: model,
    limit,
    maxBytes: options.maxBytes,
    signal,
  });
  return setsOf(table, test, `${path} and ${basename(partner)}`);
}

function shareText({ train }: Table): string {
  return train.preparation?.window ? "its last fifth for the test" : "a fifth of it for the test";
}

function setsOf(table: Table, test: Dataset, where: string): TableSets {
  const { train, validation, task, classNames = [], notes } = table;
  const leftOut = table.leftOut.map((column) => ({ what: "column" as const, ...column }));
  return { train, test, ...(validation && { validation }), task, classNames, where, notes, leftOut };
}
