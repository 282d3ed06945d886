/** Tables as data sets: what the columns are is found out and told, rows are divided, numbers are scaled, texts become numbers. */
import { AnygradError } from "../../errors.ts";
import type { Dataset, TrainTest } from "../dataset.ts";
import type { Column, Preparation, TargetColumn, Task, WindowPreparation } from "../preparation.ts";
import { printable } from "../printable.ts";
import { quoted, type RawColumn, type RawTable } from "../raw/rawTable.ts";
import { readRaw, type TableSource } from "../raw/readRaw.ts";
import { meaningOf, steadyStep, type Told } from "./columns.ts";
import { type CellRows, encodeRows, rowWidth } from "./encode.ts";
import { columnNamed, type Label, labelOf } from "./label.ts";
import { alike, findColumn, headingOf, listed } from "./names.ts";
import { checkTableOptions, type TableOptions } from "./options.ts";
import { type Part, rowParts, type Shares, windowParts } from "./parts.ts";
import { keepPlaces } from "./places.ts";
import { finishColumn, type Meant, targetOf } from "./scale.ts";

export type { TableRow, TableSource } from "../raw/readRaw.ts";
export type { TableModel, TableOptions } from "./options.ts";

/** A column that the network does not take. */
export interface LeftOutColumn {
  /** From the header. */
  readonly name: string;
  /** Why, in a few words: "all rows have 7". */
  readonly reason: string;
}

/** A table as data sets, and what was found in it. */
export interface Table extends TrainTest {
  /** Rows held out of the training set; undefined without `validationSplit`. */
  readonly validation?: Dataset;
  /** What is learned. */
  readonly task: Task;
  /** Name of the column that is predicted. */
  readonly label: string;
  /** The columns that the network takes, in their order. */
  readonly columns: readonly Column[];
  /** How the predicted number is scaled; undefined for classes. */
  readonly target?: TargetColumn;
  /** One name a class; undefined for numbers. */
  readonly classNames?: readonly string[];
  /** Columns that are no inputs, in their order, with the reason: asked for, without information, unknown to the model. */
  readonly leftOut: readonly LeftOutColumn[];
  /** Rows of the table. */
  readonly rows: number;
  /** What was chosen, found and left out: sentences for the user. */
  readonly notes: readonly string[];
}

/** What a table was read from, so that windows can be laid over it later. */
const origins = new WeakMap<Table, { raw: RawTable; options: TableOptions }>();

/** @see readTable in ../readTable.ts, which users call */
export async function readTable(source: TableSource, given?: TableOptions): Promise<Table> {
  const options = checkTableOptions("readTable", given);
  const { name = "table", header, separator, limit, maxBytes, signal } = options;
  return tableOf(await readRaw(source, { name, header, separator, limit, maxBytes, signal }), options);
}

/** The table anew, from what it was read from, with other options beside its own. */
export function readAgain(table: Table, options: TableOptions): Table | undefined {
  const origin = origins.get(table);
  if (!origin) return undefined;
  const all = { ...origin.options, ...options };
  checkTableOptions(all.name ?? "table", all);
  return tableOf(origin.raw, all);
}

/** @param options checked */
export function tableOf(raw: RawTable, options: TableOptions): Table {
  const notes: string[] = [];
  const known = options.like?.preparation;
  const label = labelOf(
    raw,
    options.label ?? known?.target?.name ?? known?.label,
    options.task ?? taskOf(known),
    options.like?.classNames,
  );
  const window = windowOf(options, label.task);
  if (raw.columns.length < 2 && !window?.horizon)
    throw new AnygradError(
      "DATA_FORMAT",
      `${raw.name}: there is one column alone; wanted one that is predicted, and others to predict it from`,
    );
  const group = window?.group === undefined ? undefined : columnNamed(raw, window.group, "group");
  notes.push(label.note, ...raw.notes, ...alikeNote("classes", label.classNames));
  const { columns, ignored, leftOut }: Chosen<Meant & { column?: Column }> = known?.columns
    ? knownColumns(raw, known.columns, label.column, notes)
    : meantColumns(raw, options, label, group, window, notes);
  const sources = columns.map(({ raw: column }) => column);
  const kept = keptRows(raw, sources, label.column, options, notes);
  const labels = labelsOf(label);
  const shares: Shares = {
    test: options.testSplit ?? 0.2,
    validation: options.validationSplit ?? 0,
    seed: options.seed ?? 0,
  };
  const isClassification = label.task === "classification";
  const parts = window
    ? windowParts(raw.name, seriesOf(kept, raw.rows, group), labels, isClassification, window, shares)
    : { ...rowParts(raw.name, kept, labels, isClassification, shares), trainRows: undefined };
  const trainRows = parts.trainRows ?? parts.train.rows;
  const finished: Column[] = columns.map(
    (column) => column.column ?? finishColumn(column, trainRows, options.missing ?? "mean"),
  );
  const target = isClassification ? undefined : (known?.target ?? targetOf(label.column, parts.train.labels));
  const preparation: Preparation = {
    columns: finished,
    ...(!target && { label: label.column.name }),
    ...(ignored.length > 0 && { ignored }),
    ...(window && { window }),
    ...(target && { target }),
  };
  const setOf = ({ rows, labels: wanted }: Part): Dataset => {
    const cells: CellRows = {
      name: raw.name,
      rows: rows.length,
      at: (row, column) => sources[column]!.at(rows[row]!),
      place: (row) => raw.place(rows[row]!),
    };
    const width = rowWidth(finished);
    const set = printable({
      x: encodeRows(cells, finished),
      shape: window ? [wanted.length, window.steps, width] : [wanted.length, width],
      y: target
        ? Float32Array.from(wanted, (value) => (value - target.mean) / target.deviation)
        : Int32Array.from(wanted),
      ...(isClassification && { classNames: label.classNames }),
      ...(options.name !== undefined && { name: options.name }),
      preparation,
    });
    return keepPlaces(set, raw, rows, window?.steps ?? 1);
  };
  const table: Table = {
    train: setOf(parts.train),
    test: setOf(parts.test),
    ...(shares.validation > 0 && { validation: setOf(parts.validation) }),
    task: label.task,
    label: label.column.name,
    columns: finished,
    ...(target && { target }),
    ...(isClassification && { classNames: label.classNames }),
    leftOut,
    rows: raw.rows,
    notes,
  };
  origins.set(table, { raw, options });
  return table;
}

/** Tells of texts that are perhaps one thing written in several ways. */
function alikeNote(what: string, texts: readonly string[]): string[] {
  const found = alike(texts);
  if (!found) return [];
  return [
    `${what} that differ in case or blanks alone: ${found.slice(0, 4).map(quoted).join(", ")}; write them alike if they are one`,
  ];
}

/** What a model's own table was for; undefined where it names no column that is predicted. */
const taskOf = (known: Preparation | undefined): Task | undefined =>
  known?.target ? "regression" : known?.label === undefined ? undefined : "classification";

function windowOf({ like, ...options }: TableOptions, task: Task): WindowPreparation | undefined {
  const { window, stride = 1, horizon = task === "classification" ? 0 : 1, group } = options;
  if (window === undefined) return like?.preparation?.window;
  return { steps: window, stride, horizon, ...(group !== undefined && { group: String(group) }) };
}

/** Columns that become inputs; names of all others; and those among these that might have been inputs. */
interface Chosen<T> {
  readonly columns: T[];
  readonly ignored: string[];
  readonly leftOut: LeftOutColumn[];
}

/** The columns of a trained model, found in another table. */
function knownColumns(
  raw: RawTable,
  columns: readonly Column[],
  label: RawColumn,
  notes: string[],
): Chosen<Meant & { column: Column }> {
  const found = columns.map((column) => {
    const index = findColumn(raw.columns, headingOf(column)) ?? findColumn(raw.columns, column.name);
    if (index === undefined)
      throw new AnygradError(
        "DATA_FORMAT",
        `${raw.name}: there is no column ${quoted(column.name)}, which the model takes; it takes ${listed(columns.map(({ name }) => name))}`,
      );
    return { raw: raw.columns[index]!, meaning: { kind: "number" } as const, column };
  });
  const ignored = raw.columns.filter((each) => each !== label && !found.some((one) => one.raw === each));
  if (ignored.length > 0)
    notes.push(`left out: ${listed(ignored.map(({ name }) => name))}, which the model does not take`);
  return {
    columns: found,
    ignored: [label.name, ...ignored.map(({ name }) => name)],
    leftOut: ignored.map(({ name }) => ({ name, reason: "the model does not take it" })),
  };
}

/** What the columns of a new table mean. */
function meantColumns(
  raw: RawTable,
  options: TableOptions,
  label: Label,
  group: RawColumn | undefined,
  window: WindowPreparation | undefined,
  notes: string[],
): Chosen<Meant> {
  const { ordinal = [] } = options;
  const named = (names: readonly string[], option: string): RawColumn[] =>
    names.map((name) => columnNamed(raw, name, option));
  const ignore = named(options.ignore ?? [], "ignore");
  const categories = named(options.categories ?? [], "categories");
  const orders = new Map<RawColumn, Told>(categories.map((column) => [column, "category"]));
  for (const [name, order] of isNames(ordinal)
    ? ordinal.map((each) => [each, "ordinal"] as const)
    : Object.entries(ordinal))
    orders.set(columnNamed(raw, name, "ordinal"), order);
  const columns: Meant[] = [];
  const ignored: string[] = [];
  const leftOut: LeftOutColumn[] = [];
  for (const column of raw.columns) {
    const isPast = window !== undefined && window.horizon > 0; // the label's own past helps to predict it
    if ((column === label.column && !isPast) || column === group || ignore.includes(column)) {
      ignored.push(column.name);
      if (ignore.includes(column)) leftOut.push({ name: column.name, reason: "as asked" });
      continue;
    }
    const meaning = meaningOf(raw, column, orders.get(column));
    if (meaning.kind === "nothing") {
      ignored.push(column.name);
      leftOut.push({ name: column.name, reason: meaning.reason });
      notes.push(`left out: ${quoted(column.name)}, since ${meaning.reason}`);
      continue;
    }
    columns.push({ raw: column, meaning });
    if (meaning.kind === "category")
      notes.push(...alikeNote(`texts of ${quoted(column.name)}`, meaning.categories));
    const step = meaning.kind === "number" ? steadyStep(column) : undefined;
    if (step !== undefined)
      notes.push(
        `${quoted(column.name)} changes by ${step} from row to row, as a clock does, and is an input; ignore it where it tells nothing`,
      );
  }
  if (columns.length === 0)
    throw new AnygradError(
      "DATA_FORMAT",
      `${raw.name}: no column is left to predict ${quoted(label.column.name)} from; ${notes.filter((note) => note.startsWith("left out")).join("; ") || "bring columns of numbers or categories"}`.slice(
        0,
        480,
      ),
    );
  return { columns, ignored, leftOut };
}

function isNames(
  ordinal: readonly string[] | Readonly<Record<string, readonly string[]>>,
): ordinal is readonly string[] {
  return Array.isArray(ordinal);
}

/** Positions of the rows that have a label, and all values where rows without are dropped. */
function keptRows(
  raw: RawTable,
  columns: readonly RawColumn[],
  label: RawColumn,
  { missing = "mean" }: TableOptions,
  notes: string[],
): number[] {
  const kept: number[] = [];
  let [unlabelled, dropped] = [0, 0];
  for (let row = 0; row < raw.rows; row++) {
    const gap = columns.find((column) => column.gaps > 0 && column.at(row) === undefined);
    const isUnlabelled = label.at(row) === undefined;
    if (missing === "error" && (gap || isUnlabelled))
      throw new AnygradError(
        "DATA_FORMAT",
        `${raw.name}: ${raw.place(row)}: ${quoted((gap ?? label).name)} is missing; fill it in, or have { missing: "mean" }, "median" or "drop" deal with it`,
      );
    if (isUnlabelled) unlabelled++;
    else if (gap && missing === "drop") dropped++;
    else kept.push(row);
  }
  const withGaps = columns.filter(({ gaps }) => gaps > 0);
  if (unlabelled > 0) notes.push(`${plural(unlabelled, "row")} without a label ${were(unlabelled)} left out`);
  if (dropped > 0) notes.push(`${plural(dropped, "row")} with missing values ${were(dropped)} left out`);
  if (missing !== "drop" && withGaps.length > 0)
    notes.push(
      `missing values in ${listed(withGaps.map(({ name, gaps }) => `${name} (${gaps})`))}: the training rows' ${missing} stands in for a number, a category of its own for a text`,
    );
  if (kept.length === 0)
    throw new AnygradError(
      "DATA_FORMAT",
      `${raw.name}: no row is left: in each a value is missing; pass { missing: "mean" } or "median"`,
    );
  return kept;
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

function were(n: number): string {
  return n === 1 ? "is" : "are";
}

/** Class or number of every row; NaN where it has none. */
function labelsOf({ column, task, classNames }: Label): Float64Array {
  const numbers = new Map(classNames.map((name, i) => [name, i]));
  return Float64Array.from({ length: column.length }, (_, row) => {
    const cell = column.at(row);
    if (cell === undefined) return Number.NaN;
    return task === "regression" ? (cell as number) : numbers.get(String(cell))!;
  });
}

/** Runs of rows of one group, with no row between them that was left out. */
function seriesOf(kept: readonly number[], rows: number, group: RawColumn | undefined): number[][] {
  const isKept = new Uint8Array(rows);
  for (const row of kept) isKept[row] = 1;
  const open = new Map<string, number[]>();
  const series: number[][] = [];
  for (let row = 0; row < rows; row++) {
    const key = String(group?.at(row));
    if (isKept[row] === 0) {
      open.delete(key);
      continue;
    }
    let run = open.get(key);
    if (!run) {
      run = [];
      open.set(key, run);
      series.push(run);
    }
    run.push(row);
  }
  return series;
}
