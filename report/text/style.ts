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
  /** What was measured on a part of the data set. */
  training(text: string): string;
  validation(text: string): string;
  test(text: string): string;
}

const same = (text: string): string => text;

/** No colours: for files, pipes and JSON. */
export const plain: Style = {
  strong: same,
  quiet: same,
  good: same,
  bad: same,
  training: same,
  validation: same,
  test: same,
};

const sgr =
  (on: number | string, off: number) =>
  (text: string): string =>
    text === "" ? "" : `\x1b[${on}m${text}\x1b[${off}m`;

const green = sgr(32, 39);

/** ANSI colours (ECMA-48 SGR), for terminals. */
export const ansi: Style = {
  strong: sgr(1, 22),
  quiet: sgr(2, 22),
  good: green,
  bad: sgr(31, 39),
  training: green,
  validation: green,
  test: green,
};

/** The style with colours of its own, of xterm's 256, for the parts of a data set. */
export function withPartColors(
  style: Style,
  colors: Readonly<Record<"training" | "validation" | "test", number>>,
): Style {
  const colored = (color: number): ((text: string) => string) => sgr(`38;5;${color}`, 39);
  return {
    ...style,
    training: colored(colors.training),
    validation: colored(colors.validation),
    test: colored(colors.test),
  };
}
