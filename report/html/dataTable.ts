/** A table of data: heads with their scope, numbers to the right, in a box of its own that scrolls where it is wide. */
import { type Html, html, type Part } from "./html.ts";

export interface Column {
  readonly head: Part;
  /** Kind of the column. Default "number": aligned right, digits equally wide. Only "prose" is broken into lines. */
  readonly kind?: "text" | "number" | "prose" | "code";
}

export interface DataTable {
  /** Caption: what the table holds. It is read out, and shown unless `quiet`. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** The rows; the first cell of each is its head. */
  readonly rows: readonly (readonly Part[])[];
  /** Whether the last row sums up the others. */
  readonly lastIsTotal?: boolean;
}

const SHORT = 20; // characters of a text that no line break divides

export function dataTable({ caption, columns, rows, lastIsTotal = false }: DataTable): Html {
  const kindOf = (column: number): string => columns[column]?.kind ?? "number";
  const classOf = (cell: Part, i: number): string =>
    kindOf(i) === "text" && typeof cell === "string" && cell.length <= SHORT ? "text short" : kindOf(i);
  const row = (cells: readonly Part[]): Html =>
    html`<tr>${cells.map((cell, i) =>
      i === 0
        ? html`<th scope="row" class="${classOf(cell, i)}">${cell}</th>`
        : html`<td class="${classOf(cell, i)}">${cell}</td>`,
    )}</tr>\n`;
  const body = lastIsTotal ? rows.slice(0, -1) : rows;
  // The caption that is seen stands outside of what scrolls. tabindex: what scrolls must be reached by keys; a region with a name, so that it is said what was reached
  return html`<div class="data"><p class="caption" aria-hidden="true">${caption}</p>
<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map(({ head }, i) => html`<th scope="col" class="${kindOf(i)}">${head}</th>`)}</tr></thead>
<tbody>
${body.map(row)}</tbody>${
    lastIsTotal &&
    html`
<tfoot>${row(rows.at(-1) ?? [])}</tfoot>`
  }
</table></div></div>`;
}
