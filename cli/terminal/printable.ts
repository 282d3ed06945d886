/** Text for a terminal: what a terminal would obey is shown as text. */
import { printable as printableLine } from "../../src/errors.ts";

/** Colours and weights, which our own texts have. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: ours begin with one
const styles = /\u001b\[[0-9;]*m/;
/** With every control character but the line break as `\\x1b`. */
export function printable(text: string): string {
  return text.split("\n").map(printableLine).join("\n");
}

/** The same, with styles as they are. */
export function printableStyled(text: string): string {
  return text
    .split(new RegExp(`(${styles.source})`))
    .map((part, i) => (i % 2 === 1 ? part : printable(part)))
    .join("");
}
