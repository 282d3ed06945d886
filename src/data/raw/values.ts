/** What the text of one cell means: nothing, a number, a date, yes or no. */

const missing = new Set(["", "na", "n/a", "#n/a", "nan", "null", "?"]);

/** Whether the cell says that there is no value: empty, NA, N/A, NaN, null or ?. */
export function isMissing(text: string): boolean {
  return text.length <= 4 && missing.has(text.toLowerCase());
}

const point = /^[+-]?(\d+[.]?\d*|[.]\d+)(e[+-]?\d+)?$/i;
const comma = /^[+-]?(\d+,\d*|,\d+)(e[+-]?\d+)?$/i;

/** Whether 32 bits hold the number, as networks take it. */
export function isHeld(value: number): boolean {
  return Number.isFinite(Math.fround(value));
}

/** The number that the text is, with a decimal point; undefined: it is none, or one that 32 bits do not hold. */
export function numberOf(text: string): number | undefined {
  if (!point.test(text)) return undefined;
  const value = Number(text);
  return isHeld(value) ? value : undefined;
}

/** The number that the text is, with a decimal comma, as in 3,5; undefined: it has none. */
export function commaNumberOf(text: string): number | undefined {
  return comma.test(text) ? numberOf(text.replace(",", ".")) : undefined;
}

const month = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[.]?";
const time = "\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?\\s*([ap][.]?m[.]?)?\\s*(z|utc|[+-]\\d{2}:?\\d{2})?";
const day = `(\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.](\\d{4}|\\d{2})|\\d{1,2}[ -]${month}[ -]\\d{2,4}|${month} \\d{1,2},? \\d{4}|\\d{4}[-/]\\d{1,2}|${month}[ -]\\d{4})`;
const date = new RegExp(`^(${day}([T ]+${time})?|${time})$`, "i");

/** Whether the text is a date or a time of day. */
export function isDate(text: string): boolean {
  return text.length <= 40 && date.test(text);
}

/** Whether the number is a date written as 20260131. */
export function isCompactDate(value: number): boolean {
  if (!Number.isInteger(value) || value < 19000101 || value > 21001231) return false;
  const [monthOfYear, dayOfMonth] = [Math.floor(value / 100) % 100, value % 100];
  return monthOfYear >= 1 && monthOfYear <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31;
}

/** What a text that begins or ends like a number has in it; undefined: it is a plain text. */
export function adornmentOf(text: string): string | undefined {
  if (/^[+-]?(inf|infinity)$/i.test(text)) return "an infinite number";
  if (point.test(text) && numberOf(text) === undefined) return "a number beyond 3.4e38";
  if (/^[+-]?\d{1,3}([,.' \u00a0\u202f]\d{3})+([.,]\d+)?$/.test(text)) return "a thousands separator";
  if (comma.test(text)) return "a decimal comma";
  if (/^[+-]?\s?[$€£¥₹]\s?[\d.,]+$/.test(text) || /^[\d.,]+\s?[$€£¥₹]$/.test(text)) return "a currency";
  if (/^[+-]?[\d.,]+\s?%$/.test(text)) return "a percent sign";
  if (/^[<>≤≥~]\s?[\d.,]+$/.test(text)) return "a sign before it";
  if (/^0x[\da-f]+$/i.test(text)) return "hexadecimal digits";
  return undefined;
}

/** The unit behind a number, such as m² of "87.6 m²"; undefined: it is no number with a unit. */
export function unitOf(text: string): string | undefined {
  return /^[+-]?\d+(?:[.,]\d+)?\s?([^\d\s.,][^\d]{0,11})$/.exec(text)?.[1];
}

const falseWords = ["no", "false", "n", "f", "off"];
const trueWords = ["yes", "true", "y", "t", "on"];

/** Which of a pair of words such as no and yes the text is: the kind of pair, and 0 or 1; undefined: it is no such word. */
export function booleanOf(text: string): { readonly pair: number; readonly value: 0 | 1 } | undefined {
  const word = text.toLowerCase();
  const no = falseWords.indexOf(word);
  if (no >= 0) return { pair: no, value: 0 };
  const yes = trueWords.indexOf(word);
  return yes >= 0 ? { pair: yes, value: 1 } : undefined;
}
