/**
 * How a report stresses words: a style is passed in, so that the same text is made for terminals, files and tests.
 *
 * Styles change no widths: what is aligned with `plain` is aligned with any.
 */
export interface Style {
  /** What the eye should find first. */
  strong(text: string): string;
  /** What may be overlooked. */
  quiet(text: string): string;
  good(text: string): string;
  bad(text: string): string;
}

const same = (text: string): string => text;

/** No colours: for files, pipes and JSON. */
export const plain: Style = { strong: same, quiet: same, good: same, bad: same };

const sgr =
  (on: number, off: number) =>
  (text: string): string =>
    text === "" ? "" : `\x1b[${on}m${text}\x1b[${off}m`;

/** ANSI colours (ECMA-48 SGR), for terminals. */
export const ansi: Style = { strong: sgr(1, 22), quiet: sgr(2, 22), good: sgr(32, 39), bad: sgr(31, 39) };
