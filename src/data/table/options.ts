/** Options of tables: what may be said of them, and the check that nothing else is. */
import { AnygradError } from "../../errors.ts";
import { checkCount, checkNumber, properShare } from "../../math/checks.ts";
import { checkOneOf } from "../../math/oneOf.ts";
import { strictOptions } from "../../math/options.ts";
import type { Preparation, Task } from "../preparation.ts";
import type { Separator } from "../raw/tokenizer.ts";
import type { MissingPolicy } from "./columns.ts";

/** Options of `readTable`. */
export interface TableOptions {
  /**
   * The column that is predicted: its name, or its position from 1; from the end where it is negative. Default: the column called
   * label, class, target, species, outcome, diagnosis or y, else the last; `notes` says which.
   */
  readonly label?: string | number | undefined;
  /** Default: "classification" where the label holds texts, yes and no, or few whole numbers, else "regression"; `notes` says which. */
  readonly task?: Task | undefined;
  /** Columns that are left out. Default: those that count the rows, have one value, or as good as a text of its own in each row. */
  readonly ignore?: readonly string[] | undefined;
  /** Columns whose numbers name categories, such as a postcode. Default: none. */
  readonly categories?: readonly string[] | undefined;
  /** Columns of texts with an order, which become one number: their names (alphabetical), or their texts in order by name. Default: none. */
  readonly ordinal?: readonly string[] | Readonly<Record<string, readonly string[]>> | undefined;
  /**
   * What is done where a value is missing (empty, NA, N/A, NaN, null, ?): the training rows' "mean" or "median" stands in for a
   * number and a category of its own for a text; "drop" leaves the row out; "error" refuses the table. A row without a label is
   * always left out. Default "mean".
   */
  readonly missing?: MissingPolicy | undefined;
  /** Share of the rows that is held out as test set: an equal share of each class, or the end of a series. Default 0.2; 0: none. */
  readonly testSplit?: number | undefined;
  /** Share of the other rows that is held out as validation set. Default 0: none. */
  readonly validationSplit?: number | undefined;
  /** Seed of the split. Default 0. */
  readonly seed?: number | undefined;
  /** Rows of a window: makes a series of the table, whose examples are `[window, columns]`. Default: every row is an example. */
  readonly window?: number | undefined;
  /** Rows from the start of a window to the start of the next. Default 1. */
  readonly stride?: number | undefined;
  /**
   * Rows from the last of a window to the one whose label is predicted; 0: the window's own label, which is that of most of its
   * rows (a class) or of its last (a number). Default 0 for classes, 1 for numbers.
   */
  readonly horizon?: number | undefined;
  /** The column that tells one series from another, such as a subject: no window spans two. Default: the table is one series. */
  readonly group?: string | number | undefined;
  /** Whether the first line has the columns' names. Default: found out. */
  readonly header?: boolean | undefined;
  /** What stands between fields. Default: found out among , ; tab and |. */
  readonly separator?: Separator | undefined;
  /** Rows after which reading stops. Default: all are read. */
  readonly limit?: number | undefined;
  /**
   * The most bytes of memory that the table may take, and of text that it may have, unpacked: small files can become gigabytes. Default 2³⁰,
   * some 90 million cells.
   */
  readonly maxBytes?: number | undefined;
  /** The name of the data sets, with which errors begin. Default: none, and "table" in errors. */
  readonly name?: string | undefined;
  /** A trained model, whose columns, scaling and classes are used instead of the table's own: to evaluate it on other rows. */
  readonly like?: TableModel | undefined;
  /** Ends reading between two pieces of the source. */
  readonly signal?: AbortSignal | undefined;
}

/** What is asked of the model that a table is read for. */
export interface TableModel {
  /** What was made of the rows that it was trained on. */
  readonly preparation?: Preparation | undefined;
  /** One name a class. */
  readonly classNames?: readonly string[] | undefined;
}

const tableNames =
  "label:string|number task:string ignore:object categories:object ordinal:object missing:string testSplit:number validationSplit:number seed:number window:number stride:number horizon:number group:string|number header:boolean separator:string limit:number maxBytes:number name:string like:object signal:AbortSignal";

/** @throws AnygradError INVALID_ARGUMENT */
export function checkTableOptions(name: string, given: TableOptions | undefined): TableOptions {
  const options = strictOptions(name, given, tableNames);
  const { task, missing, testSplit, validationSplit, seed, window, stride, horizon, limit, maxBytes } =
    options;
  checkOneOf(`${name}: task`, task, ["classification", "regression"]);
  checkOneOf(`${name}: missing`, missing, ["mean", "median", "drop", "error"]);
  for (const [option, value] of Object.entries({ testSplit, validationSplit }))
    if (value !== undefined) checkNumber(`${name}: ${option}`, value, properShare);
  for (const [option, value, least] of [
    ["seed", seed, 0],
    ["window", window, 1],
    ["stride", stride, 1],
    ["horizon", horizon, 0],
    ["limit", limit, 1],
    ["maxBytes", maxBytes, 1],
  ] as const)
    if (value !== undefined) checkCount(`${name}: ${option}`, value, least);
  const alone = (["stride", "horizon", "group"] as const).find((option) => options[option] !== undefined);
  if (alone && window === undefined && !options.like?.preparation?.window)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${name}: ${alone} is of use with windows alone; pass { window: … } too, the rows of an example`,
    );
  return options;
}
