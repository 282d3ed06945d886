/**
 * A CSV of file names and labels: a header with `file` (or filename, image, path) and `label` (or class), perhaps `split` with
 * train, test and validation. Paths are relative to the CSV, which is read as tables are.
 */
import { basename, dirname, isAbsolute, join } from "node:path";
import type { UnreadableImage } from "../../src/data/images/fromImages.ts";
import { findSeparator, firstRows, Tokenizer } from "../../src/data/raw/tokenizer.ts";
import { AnygradError } from "../../src/errors.ts";
import { createHost } from "../../src/runtime/host.ts";
import { checkClasses, type ImageList, type LabelledFile, otherReason, type PartName } from "./folder.ts";

const fileColumns = ["file", "filename", "file_name", "image", "path", "filepath", "image_path"];
const labelColumns = ["label", "class", "labels", "category", "class_name"];
const splitColumns = ["split", "set", "subset"];

/** Whether the first line of a CSV names a column of files and one of labels. */
export function isImageTable(start: string): boolean {
  const line = (start.split(/\r?\n|\r/)[0] ?? "").replace(/^\ufeff/, "");
  const [header = []] = firstRows(line, true, findSeparator(line, true));
  return columnOf(header, fileColumns) >= 0 && columnOf(header, labelColumns) >= 0;
}

/** @throws AnygradError DATA_MISSING, DATA_FORMAT with the line */
export async function listTable(path: string, known?: readonly string[]): Promise<ImageList> {
  const bytes = await createHost().readFile(path);
  if (!bytes) throw new AnygradError("DATA_MISSING", `${path}: no such file; check the path`);
  const text = new TextDecoder().decode(bytes);
  const [header = [], ...rows] = rowsOf(path, text);
  const file = columnOf(header, fileColumns);
  const label = columnOf(header, labelColumns);
  const split = columnOf(header, splitColumns);
  if (file < 0 || label < 0)
    throw new AnygradError(
      "DATA_FORMAT",
      `${path}: its header is ${header.join(", ").slice(0, 200)}; wanted are a column file (or ${fileColumns.slice(1).join(", ")}) and a column label (or class)`,
    );
  const parts: Partial<Record<PartName, LabelledFile[]>> = {};
  const others: UnreadableImage[] = [];
  for (const [i, row] of rows.entries()) {
    const [name = "", of = ""] = [row[file]?.trim(), row[label]?.trim().normalize("NFC")];
    const part = split < 0 ? "train" : partOf(row[split]?.trim() ?? "");
    if (name === "" || of === "" || !part)
      throw new AnygradError(
        "DATA_FORMAT",
        `${path}: row ${i + 2} has no ${name === "" ? "file" : of === "" ? "label" : "split that is train, validation or test"}; complete it, or take it away`,
      );
    const reason = otherReason(name);
    if (reason !== undefined) others.push({ file: name, reason });
    else {
      parts[part] ??= [];
      parts[part].push({ path: isAbsolute(name) ? name : join(dirname(path), name), name, label: of });
    }
  }
  if (!parts.train)
    throw new AnygradError(
      "DATA_FORMAT",
      `${basename(path)}: no PNG or JPEG files to train on in ${rows.length} rows${others[0] ? ` (${others[0].file}: ${others[0].reason})` : ""}; list at least two`,
    );
  return checkClasses(path, parts, others, known);
}

function partOf(text: string): PartName | undefined {
  if (/^train(ing)?$/i.test(text)) return "train";
  if (/^val(id(ation)?)?$/i.test(text)) return "validation";
  return /^test(ing)?$/i.test(text) ? "test" : undefined;
}

function columnOf(header: readonly string[], known: readonly string[]): number {
  const names = header.map((name) => name.trim().toLowerCase());
  return known.map((name) => names.indexOf(name)).find((at) => at >= 0) ?? -1;
}

const LOOK = 1 << 16; // characters that the separator is found by

/** Rows of fields, without a byte order mark. @throws AnygradError DATA_FORMAT for quotes in the wrong places */
function rowsOf(name: string, text: string): string[][] {
  const bare = text.replace(/^\ufeff/, "");
  const rows: string[][] = [];
  const separator = findSeparator(bare.slice(0, LOOK), bare.length <= LOOK);
  const tokenizer = new Tokenizer(name, separator, (fields) => void rows.push(fields));
  tokenizer.push(bare);
  tokenizer.end();
  return rows;
}
