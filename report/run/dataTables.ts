/** What was made of a table's columns, and what of the data was left out. */
import type { RunJson } from "../../runs/schema.ts";
import type { Column } from "../../src/data/preparation.ts";
import { dataTable } from "../html/dataTable.ts";
import { type Html, html } from "../html/html.ts";
import { formatQuantity, plural } from "../text/numbers.ts";

type DatasetFacts = RunJson["dataset"];

const MOST_LEFT_OUT = 50; // of each kind; run.json has all
const MOST_CATEGORIES = 8;

/** The columns that the network takes, what was left out, and what was found; undefined where there is none of it. */
export function dataTables({ preparation, leftOut = [], notes = [] }: DatasetFacts): Html | undefined {
  const columns = preparation?.columns ?? [];
  const told = notes.filter((note) => !note.startsWith("left out:")); // these stand in a table
  if (columns.length + leftOut.length + told.length === 0) return undefined;
  const kinds = [...new Set(leftOut.map(({ what }) => what))];
  return html`${columns.length > 0 && columnTable(columns)}
${kinds.map((kind) =>
  leftOutTable(
    kind,
    leftOut.filter(({ what }) => what === kind),
  ),
)}
${
  told.length > 0 &&
  html`<p>While the data were read:</p>
<ul>
${told.map((note) => html`<li>${note}</li>\n`)}</ul>`
}`;
}

function columnTable(columns: readonly Column[]): Html {
  return dataTable({
    caption: "Columns that the network takes",
    columns: [
      { head: "column", kind: "text" },
      { head: "is", kind: "prose" },
      { head: "becomes", kind: "prose" },
    ],
    rows: columns.map((column) => [
      column.kind === "number" && column.unit !== undefined ? `${column.name} (${column.unit})` : column.name,
      ...meaningOf(column),
    ]),
  });
}

function meaningOf(column: Column): [is: string, becomes: string] {
  if (column.kind === "number")
    return [
      "a number",
      `an input, less the mean ${formatQuantity(column.mean)}, over the deviation ${formatQuantity(column.deviation)}`,
    ];
  const { categories, encoding } = column;
  const shown = categories.slice(0, MOST_CATEGORIES).join(", ");
  const more = categories.length > MOST_CATEGORIES ? ` and ${categories.length - MOST_CATEGORIES} more` : "";
  return encoding === "oneHot"
    ? [`one of ${shown}${more}`, `${plural(categories.length, "input")}, of which one is 1`]
    : [`from ${shown}${more}`, "an input from 0 to 1, its position in that order"];
}

function leftOutTable(kind: string, leftOut: NonNullable<DatasetFacts["leftOut"]>): Html {
  const more = leftOut.length > MOST_LEFT_OUT ? `; the first ${MOST_LEFT_OUT}, all are in run.json` : "";
  return dataTable({
    caption: `${plural(leftOut.length, kind)} left out${more}`,
    columns: [
      { head: kind, kind: "text" },
      { head: "since", kind: "prose" },
    ],
    rows: leftOut.slice(0, MOST_LEFT_OUT).map(({ name, reason }) => [name, reason]),
  });
}
