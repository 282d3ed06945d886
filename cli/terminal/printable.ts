/**
 * Text for a terminal: what a terminal would obey is shown as text. Names of files, classes and columns come from strangers, and
 * ESC ] or ESC [ in one could retitle a window, hide a line or move the cursor.
 */

/** Colours and weights, which our own texts have. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: ours begin with one
const styles = /\u001b\[[0-9;]*m/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not get through
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** With every control character but the line break as `\\x1b`. */
export function printable(text: string): string {
  return text.replace(controls, (sign) => {
    const code = sign.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
  });
}

/** The same, with styles as they are. */
export function printableStyled(text: string): string {
  return text
    .split(new RegExp(`(${styles.source})`))
    .map((part, i) => (i % 2 === 1 ? part : printable(part)))
    .join("");
}
