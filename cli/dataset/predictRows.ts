/** `anygrad predict` for a model of a table: each row of the files, or each window over them, with what is predicted of it. */
import { formatQuantity, formatShare } from "../../report/text/numbers.ts";
import type { Style } from "../../report/text/style.ts";
import { type Cell, table } from "../../report/text/table.ts";
import { readRaw } from "../../src/data/raw/readRaw.ts";
import { encodeTable } from "../../src/data/table/rows.ts";
import { AnygradError } from "../../src/errors.ts";
import { argmax } from "../../src/metrics/index.ts";
import type { Model } from "../../src/model/index.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { openTableFile, tableEndings } from "./tableFile.ts";

/** A row or window as `--json` prints it. */
export type RowPrediction = {
  readonly file: string;
  /** Number of the row or window, from 0. */
  readonly row: number;
  /** First and last row of a window, from 0. */
  readonly rows?: readonly [number, number];
} & (
  | { readonly value: number }
  | {
      readonly classId: number;
      readonly class: string;
      readonly probability: number;
      readonly probabilities: readonly number[];
    }
);

/** @param maxBytes that the rows may take @throws AnygradError as readTable; DATA_FORMAT where a column is missing */
export async function predictRows(
  net: Model,
  file: string,
  terminal: Terminal,
  maxBytes?: number,
): Promise<Iterable<RowPrediction>> {
  if (!tableEndings.test(file))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${file}: the model was trained on a table; pass rows in a file .csv, .tsv, .jsonl or .parquet`,
    );
  const { source } = await openTableFile(file, true, maxBytes);
  const { x, shape, ignored, spans } = encodeTable(
    await readRaw(source, { name: file, maxBytes }),
    net.preparation!,
  );
  if (ignored.length > 0) terminal.note(`${file}: not used: ${ignored.join(", ")}`);
  const { data } = await net.predict({ x, shape });
  const [count, columns] = [shape[0]!, data.length / shape[0]!];
  const place = (row: number): Pick<RowPrediction, "file" | "row" | "rows"> => ({
    file,
    row,
    ...(net.preparation!.window && { rows: spans[row]! }),
  });
  const prediction = (row: number): RowPrediction => {
    if (net.preparation!.target) return { ...place(row), value: data[row]! };
    const probabilities = Array.from(data.subarray(row * columns, (row + 1) * columns));
    const classId = argmax(data, row, columns);
    const name = net.classNames?.[classId] ?? String(classId);
    return { ...place(row), classId, class: name, probability: probabilities[classId]!, probabilities };
  };
  return numbered(count, prediction);
}

/** Items that are made when they are asked for: a million take 300 MB. */
export function numbered<T>(count: number, item: (i: number) => T): Iterable<T> {
  return {
    *[Symbol.iterator]() {
      for (let i = 0; i < count; i++) yield item(i);
    },
  };
}

/** The predictions as a table. */
export function rowsText(predictions: Iterable<RowPrediction>, net: Model, style: Style): string {
  const { target, window } = net.preparation!;
  const unit = target?.unit === undefined ? "" : ` (${target.unit})`;
  const heads = [
    "file",
    ...(window ? ["window", "rows"] : ["row"]),
    ...(target ? [`${target.name}${unit}`] : ["class", "probability"]),
  ];
  const rows = Array.from(predictions, (each) => [
    each.file,
    String(each.row + 1),
    ...(each.rows ? [`${each.rows[0] + 1}–${each.rows[1] + 1}`] : []),
    ...("value" in each
      ? [{ text: formatQuantity(each.value), stress: "strong" } as const]
      : [{ text: each.class, stress: "strong" } as const, formatShare(each.probability)]),
  ]);
  const heading = heads.map((text): Cell => ({ text, stress: "quiet" }));
  return table([heading, ...rows], {
    align: ["left", "right", ...(window ? ["right"] : []), target ? "right" : "left", "right"].slice(
      0,
      heads.length,
    ) as ("left" | "right")[],
    indent: 0,
    style,
  });
}
