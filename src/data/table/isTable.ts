/** Whether a CSV is a table, or lines of a label and pixels, which are read faster and whose columns have no meaning of their own. */

import { findSeparator, firstRows, separatorLine } from "../raw/tokenizer.ts";
import { usualNames } from "./label.ts";

/** Bytes that are looked at. */
export const LOOK_BYTES: number = 1 << 15;

const MANY = 64; // columns: more are pixels, unless a later one is named as a label

/**
 * Pixels are whole numbers from 0 to 255 behind a label: no header, or one that begins with the label's name. A table is what has
 * another separator than the comma, in most of its first rows a fraction, a text, a gap or a larger number, or a header that
 * begins with something else.
 */
export function isTable(start: Uint8Array, isWhole: boolean, header?: boolean): boolean {
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) return true;
  const text = new TextDecoder().decode(start).replace(/^\ufeff/, "");
  if (separatorLine(text)) return true;
  const separator = findSeparator(text, isWhole);
  const rows = firstRows(text, isWhole, separator);
  const [first = []] = rows;
  if (separator !== ",") return rows.length > 1 && first.length > 1;
  const hasHeader = header ?? !/^[\d+.-]/.test(first[0] ?? "");
  const others = hasHeader ? rows.slice(1) : rows;
  if (first.length < 2 || others.length < 2) return false;
  const pixels = others.filter((row) => row.every(isByte)).length;
  if (2 * pixels < others.length) return true;
  if (!hasHeader) return false;
  const isLabel = (name: string): boolean =>
    usualNames.includes(name.toLowerCase()) || /^(y|digit|letter)$/i.test(name);
  return !isLabel(first[0]!) && (first.length < MANY || first.some(isLabel));
}

function isByte(text: string): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) <= 255;
}
