/**
 * The lines of the doc comment that stands directly before a declaration; none where there is none.
 * @param {string} text of the file
 * @param {{ range: { start: number } }} declaration
 */
export function docOf(text, { range }) {
  const found = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(text.slice(0, range.start));
  if (!found) return [];
  const lines = found[1].split("\n").map((line) => line.replace(/^\s*\*? ?/, "").trimEnd());
  return lines.filter((line, i) => line !== "" || (i > 0 && i < lines.length - 1));
}
