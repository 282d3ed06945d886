/** `anygrad predict` for a model of a table: each row of the files, or each window over them, with what is predicted of it. */
import { formatQuantity, formatShare } from "../../../report/text/numbers.ts";
import type { Style } from "../../../report/text/style.ts";
import { type Cell, type Row, tableLines } from "../../../report/text/table.ts";
import type { RawTable } from "../../../src/data/raw/rawTable.ts";
import { encodeTable, hasColumns } from "../../../src/data/table/rows.ts";
import { AnygradError } from "../../../src/errors.ts";
import { argmax } from "../../../src/metrics/index.ts";
import type { Model } from "../../../src/model/index.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { joined, mapped, numbered } from "../manyItems.ts";
import { tableEndings, tableParts } from "../tableFile.ts";
import { WindowStream } from "./windowStream.ts";

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

/** Rows that are read and predicted at once. */
const PART = 2 ** 14;

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
  const preparation = net.preparation!;
  const { window } = preparation;
  const stream = window && new WindowStream(file, preparation);
  // as many numbers at once with windows as with rows
  const rows = window ? Math.max(256, Math.ceil((PART * window.stride) / window.steps)) : PART;
  const isWhole = (part: RawTable): boolean =>
    hasColumns(part, preparation) && (stream?.isWhole(part) ?? true);
  const outputs: Float32Array[] = [];
  let [count, isFirst] = [0, true];
  for await (const part of tableParts(file, rows, isWhole, maxBytes)) {
    const { x, shape, ignored } = stream?.add(part) ?? encodeTable(part, preparation);
    if (isFirst && ignored.length > 0) terminal.note(`${file}: not used: ${ignored.join(", ")}`);
    isFirst = false;
    count += shape[0]!;
    if (shape[0] === 0) continue;
    const { data } = await net.predict({ x, shape });
    if (stream) stream.keep(data);
    else outputs.push(data);
  }
  const ended = stream?.end();
  const data = ended?.data ?? concatenated(outputs);
  const columns = data.length / count;
  const place = (row: number): Pick<RowPrediction, "file" | "row" | "rows"> => ({
    file,
    row,
    ...(ended && { rows: ended.spanOf(row) }),
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

function concatenated(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The predictions as a table, line by line. */
export function rowLines(predictions: Iterable<RowPrediction>, net: Model, style: Style): Iterable<string> {
  const { target, window } = net.preparation!;
  const unit = target?.unit === undefined ? "" : ` (${target.unit})`;
  const heads = [
    "file",
    ...(window ? ["window", "rows"] : ["row"]),
    ...(target ? [`${target.name}${unit}`] : ["class", "probability"]),
  ];
  const rows = mapped(
    predictions,
    (each): Row => [
      each.file,
      String(each.row + 1),
      ...(each.rows ? [`${each.rows[0] + 1}–${each.rows[1] + 1}`] : []),
      ...("value" in each
        ? [{ text: formatQuantity(each.value), stress: "strong" } as const]
        : [{ text: each.class, stress: "strong" } as const, formatShare(each.probability)]),
    ],
  );
  const heading = heads.map((text): Cell => ({ text, stress: "quiet" }));
  return tableLines(joined([[heading], rows]), {
    align: ["left", "right", ...(window ? ["right"] : []), target ? "right" : "left", "right"].slice(
      0,
      heads.length,
    ) as ("left" | "right")[],
    indent: 0,
    style,
  });
}
