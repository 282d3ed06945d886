/**
 * A figure of a page: a chart with its caption, and its numbers as a table behind a click, for those who do not see it
 * and for those who want to copy them.
 */
import { type DataTable, dataTable } from "./dataTable.ts";
import { type Html, html, type Part, trusted } from "./html.ts";

export interface ChartFigure {
  /** Id of the element, and name of its files: "accuracy" is figures/accuracy.svg. */
  readonly name: string;
  readonly title: string;
  /** What the chart shows, in a sentence or two with its figures. */
  readonly description: string;
  /** The chart, as `lineChart` or `drawPlot` gives it. */
  readonly svg: string;
  readonly table: DataTable;
  /** Whether the figure takes the whole width of the page; where that is too little, it scrolls, by keys, too. Default false. */
  readonly wide?: boolean;
}

export function chartFigure({ name, title, description, svg, table, wide = false }: ChartFigure): Html {
  return html`<figure id="figure-${name}" aria-labelledby="figure-${name}-title"${wide && trusted(' class="wide"')}>
<figcaption><strong id="figure-${name}-title">${title}</strong> ${description}</figcaption>
<div class="drawing"${wide && html` role="region" aria-label="${title}" tabindex="0"`}>${trusted(svg)}</div>
<details><summary>Numbers of “${title}”</summary>
${dataTable(table)}
</details>
</figure>`;
}

/**
 * Two parts next to each other from 1200 pixels on, else one below the other.
 *
 * @param stacked whether they are too wide to stand side by side on paper. Default false.
 */
export function beside(left: Part, right: Part, { stacked = false }: { stacked?: boolean } = {}): Html {
  return html`<div class="beside${stacked && " stacked"}">
<div>${left}</div>
<div>${right}</div>
</div>`;
}

/** Figures side by side where there is room. */
export function figureGrid(figures: readonly (ChartFigure | Html)[]): Html {
  return html`<div class="figures">
${figures.map((figure) => html`${"text" in figure ? figure : chartFigure(figure)}\n`)}</div>`;
}
