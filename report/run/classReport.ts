/** What a report tells of an output that tells classes apart: who was taken for whom, how well each class is known, the worst mistakes. */
import { type Places, placeHead, placeWords } from "../../runs/places.ts";
import type { FinishedRun } from "../../runs/reader.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import { pictureChart } from "../charts/pictureChart.ts";
import { type FigureFile, standalone } from "../charts/svg.ts";
import { tableChart } from "../charts/tableChart.ts";
import { type DataTable, dataTable } from "../html/dataTable.ts";
import { beside, type ChartFigure, chartFigure } from "../html/figure.ts";
import { type Html, html, type Part } from "../html/html.ts";
import type { Section } from "../html/page.ts";
import { formatCount } from "../text/numbers.ts";
import {
  classScoreTable,
  classTable,
  confusionFigure,
  confusionOf,
  pairTable,
  scoreFigure,
} from "./classes.ts";
import {
  type CaptionedPicture,
  type Mistake,
  mistakePictures,
  mistakeRows,
  worstMistakes,
} from "./examples.ts";
import { pictureList } from "./pictureList.ts";

/**
 * @param test what mistakes are shown of, where the examples are pictures
 * @param prefix what ids and names of figures begin with, where a page has several such outputs
 */
export function classReport(
  run: FinishedRun,
  test: Dataset,
  prefix = "",
): { readonly sections: readonly Section[]; readonly figures: readonly FigureFile[] } {
  const confusion = confusionOf(run);
  const [matrix, scores] = [confusionFigure(confusion), scoreFigure(confusion)].map((figure) => ({
    ...figure,
    name: prefix + figure.name,
  })) as [ChartFigure, ChartFigure];
  const classes = classTable(confusion);
  const classesText = { title: "Scores of each class", description: classes.caption };
  const mistakes = worstMistakes(run);
  const mistaken = mistakePictures(test, mistakes);
  const mistakesText = {
    title: "Worst mistakes",
    description: mistakesDescription(mistakes.length, confusion.total, confusion.accuracy),
  };
  return {
    sections: [
      {
        id: `${prefix}confusion`,
        title: "What was taken for what",
        body: confusionBody(matrix, pairTable(confusion)),
      },
      {
        id: `${prefix}classes`,
        title: "Classes",
        body: beside(dataTable(classScoreTable(confusion)), chartFigure(scores), { stacked: true }),
      },
      {
        id: `${prefix}mistakes`,
        title: "Worst mistakes",
        body: mistakesBody(mistakesText.description, mistakes, mistaken, run.predictions.places),
      },
    ],
    figures: [
      ...[matrix, scores].map(({ name, svg, ...said }) => ({ name, svg: standalone(svg, said) })),
      {
        name: `${prefix}classes`,
        svg: standalone(tableChart({ ...classesText, ...classes }), classesText),
      },
      ...(mistaken.length > 0
        ? [
            {
              name: `${prefix}mistakes`,
              svg: standalone(
                pictureChart({ ...mistakesText, pictures: mistaken, columns: 6, size: 118 }),
                mistakesText,
              ),
            },
          ]
        : []),
    ],
  };
}

function mistakesDescription(shown: number, total: number, accuracy: number): string {
  if (shown === 0) return "None: every test example was recognised.";
  const wrong = Math.round(total * (1 - accuracy));
  const which = shown < wrong ? `The ${shown} of ${formatCount(wrong)} mistakes` : "The mistakes";
  return `${which} that the network was surest of: what it took the example for and how probable that seemed, then what it is.`;
}

function mistakesBody(
  description: string,
  mistakes: readonly Mistake[],
  pictures: readonly CaptionedPicture[],
  places: Places | undefined,
): Html {
  if (mistakes.length === 0) return html`<p>${description}</p>`;
  const table = dataTable({
    caption: `Test examples ${placeWords(places)}, surest mistake first`,
    columns: [
      { head: placeHead(places) },
      { head: "is", kind: "text" },
      { head: "taken for", kind: "text" },
      { head: "probability of that" },
      { head: "probability of what it is" },
    ],
    rows: mistakeRows(mistakes, places),
  });
  if (pictures.length === 0) return html`<p>${description}</p>\n${table}`;
  return html`<p>${description}</p>
${pictureList(pictures)}
<details><summary>Numbers of “Worst mistakes”</summary>
${table}
</details>`;
}

function confusionBody(matrix: ChartFigure, pairs: DataTable): Part {
  if (pairs.rows.length === 0) return chartFigure(matrix);
  return matrix.wide
    ? html`${chartFigure(matrix)}\n${dataTable(pairs)}`
    : beside(chartFigure(matrix), dataTable(pairs));
}
