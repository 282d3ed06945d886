/** The reader of tables, loaded when it is called. */

import type { TableSource } from "./raw/readRaw.ts";
import type { TableOptions } from "./table/options.ts";
import type { Table } from "./table/readTable.ts";

/**
 * Reads a table of numbers and texts, such as a CSV file, and divides it into a training and a test set. Separator, header, units,
 * number formats and the columns' kinds are found out; what would be misunderstood is refused by name. Models that are trained on
 * it keep names, scaling and categories, so that `predict` takes raw rows.
 *
 * @param source CSV as text, bytes (gzip or not), a Blob or a stream; or rows as objects
 * @example
 * ```js
 * import { readTable } from "anygrad";
 *
 * const csv = "size (m²),town,price (€)\n50,Rome,200000.5\n80,Oslo,420000\n65,Rome,250000\n90,Oslo,480000\n70,Rome,270000\n";
 * const { train, test, target, notes } = await readTable(csv, { label: "price" });
 * console.log(train.shape, test.shape, target.unit); // [4, 3] [1, 3] €
 * console.log(notes[0]); // predicts "price" (€), as asked: numbers, a regression
 * ```
 * @throws AnygradError DATA_FORMAT, naming line and column; INVALID_ARGUMENT for options that do not fit the table; ABORTED
 */
export async function readTable(source: TableSource, options?: TableOptions): Promise<Table> {
  return (await import("./table/index.ts")).readTable(source, options);
}
