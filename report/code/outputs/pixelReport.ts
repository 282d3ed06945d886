/** The report of a network that gives a class for every pixel: how well each class is covered, and pictures of it. */
import type { Dataset } from "../../../src/data/dataset.ts";
import { barChart } from "../../charts/barChart.ts";
import { light, type Palette, partColor } from "../../charts/palette.ts";
import { pictureChart } from "../../charts/pictureChart.ts";
import { type ChartText, type FigureFile, standalone } from "../../charts/svg.ts";
import { dataTable } from "../../html/dataTable.ts";
import { beside, type ChartFigure, chartFigure } from "../../html/figure.ts";
import { type Html, html } from "../../html/html.ts";
import type { Picture } from "../../pictures/picture.ts";
import { pngUri } from "../../pictures/sheet.ts";
import { confusionFigure, pairTable } from "../../run/classes.ts";
import { scoreTexts } from "../../text/classScores.ts";
import { formatCount, formatShare, plural } from "../../text/numbers.ts";
import type { OwnPart } from "../scoreReport.ts";
import { intersectionOverUnion, meanOf, type PixelOutcome, type PixelScores, pixelScores } from "./pixels.ts";

const MOST_SHOWN = 8; // examples

/** What the report has besides curves, layers and settings. @param prefix what ids and names of figures begin with */
export function pixelPart(outcome: PixelOutcome, test: Dataset, prefix = ""): OwnPart {
  const { confusion, labels, predicted, noun } = outcome;
  const iou = intersectionOverUnion(labels, predicted, confusion.classes);
  const scores = pixelScores(outcome);
  const named = (figure: ChartFigure): ChartFigure => ({ ...figure, name: prefix + figure.name });
  const known = iou.filter((score) => !Number.isNaN(score)).length;
  const bars = named(iouFigure(outcome, iou));
  const matrix = named(confusionFigure(confusion, `test ${noun}`));
  const shown = scores.toSorted((a, b) => a.right - b.right || a.example - b.example).slice(0, MOST_SHOWN);
  const rows = outcome.shape.length === 2 ? pictureRows(outcome, test, shown) : [];
  const text = {
    title: "Worst examples",
    description: `The ${plural(shown.length, "test example")} with the most ${noun}s wrong: input, actual classes, predicted classes, and in black where these differ.`,
  };
  return {
    headline: html`<strong>${confusion.accuracy.toFixed(4)}</strong> of ${formatCount(confusion.total)} test ${noun}s are right, on ${plural(scores.length, "example")}`,
    facts: [[`mean IoU of ${plural(known, "class", "classes")}`, meanOf(iou).toFixed(4)]],
    sections: [
      {
        id: `${prefix}classes`,
        title: "Classes",
        body: beside(classTable(outcome, iou), chartFigure(bars), { stacked: true }),
      },
      {
        id: `${prefix}confusion`,
        title: "What was taken for what",
        body: beside(chartFigure(matrix), dataTable(pairTable(confusion))),
      },
      {
        id: `${prefix}examples`,
        title: text.title,
        body:
          rows.length === 0
            ? scoreTable(outcome, shown)
            : html`<p>${text.description}</p>\n${legend(outcome)}\n${pictureLists(rows)}\n<details><summary>Numbers of “${text.title}”</summary>
${scoreTable(outcome, shown)}
</details>`,
      },
    ],
    figures: [
      ...[bars, matrix].map(({ name, svg, ...said }) => ({ name, svg: standalone(svg, said) })),
      ...(rows.length > 0 ? [{ ...sheetFile(rows, text), name: `${prefix}pixels` }] : []),
    ],
  };
}

function classTable({ confusion, noun }: PixelOutcome, iou: readonly number[]): Html {
  return dataTable({
    caption: `IoU is the intersection over the union of the ${noun}s that are a class and those that are taken for it`,
    columns: [
      { head: "class", kind: "text" },
      ...[`${noun}s`, "share", "IoU", "precision", "recall"].map((head) => ({ head })),
    ],
    rows: confusion.perClass.map((one) => {
      const { precision, recall } = scoreTexts(one);
      return [
        one.name,
        formatCount(one.support),
        formatShare(one.support / confusion.total),
        scoreText(iou[one.classId]!),
        precision,
        recall,
      ];
    }),
  });
}

function iouFigure({ confusion, noun }: PixelOutcome, iou: readonly number[]): ChartFigure {
  const text = {
    title: "IoU of each class",
    description: `Of 1, over all test ${noun}s; the mean is ${meanOf(iou).toFixed(3)}.`,
  };
  return {
    name: "iou",
    ...text,
    svg: barChart({
      ...text,
      rows: confusion.classNames,
      series: [{ name: "IoU", color: partColor("test"), values: iou }],
      x: { label: "IoU", most: 1, format: (value) => value.toFixed(3), tick: String },
    }),
    table: {
      caption: text.title,
      columns: [{ head: "class", kind: "text" }, { head: "IoU" }],
      rows: confusion.classNames.map((name, classId) => [name, scoreText(iou[classId]!)]),
    },
  };
}

function scoreTable({ confusion, noun }: PixelOutcome, scores: readonly PixelScores[]): Html {
  return dataTable({
    caption: `Test examples counted from 0, those with the most ${noun}s wrong first; IoU of each class`,
    columns: ["example", "right", ...confusion.classNames].map((head) => ({ head })),
    rows: scores.map(({ example, right, places, iou }) => [
      formatCount(example),
      formatShare(right / places),
      ...iou.map(scoreText),
    ]),
  });
}

function scoreText(score: number): string {
  return Number.isNaN(score) ? "–" : score.toFixed(4);
}

interface PictureRow {
  readonly scores: PixelScores;
  readonly pictures: readonly { readonly picture: Picture; readonly name: string }[];
}

/** Input, actual, predicted and wrong, side by side; without the input where it is no picture. */
function pictureRows(
  { shape, labels, predicted }: PixelOutcome,
  test: Dataset,
  shown: readonly PixelScores[],
): PictureRow[] {
  const [height = 0, width = 0] = shape;
  const range = rangeOf(test.x);
  return shown.map((scores) => {
    const { example, places } = scores;
    const [is, taken] = [labels, predicted].map((classes) =>
      classes.subarray(example * places, (example + 1) * places),
    ) as [Int32Array, Int32Array];
    const painted = (colorOf: (place: number) => readonly number[]): Picture => ({
      pixels: Uint8Array.from(Array.from({ length: places }, (_, place) => colorOf(place)).flat()),
      width,
      height,
      channels: 3,
    });
    const input = inputOf(test, example, range);
    return {
      scores,
      pictures: [
        ...(input ? [{ picture: input, name: "input" }] : []),
        { picture: painted((place) => classColor(is[place]!)), name: "actual" },
        { picture: painted((place) => classColor(taken[place]!)), name: "predicted" },
        { picture: painted((place) => (is[place] === taken[place] ? right : wrong)), name: "wrong" },
      ],
    };
  });
}

const [right, wrong] = [light.raised, light.ink].map(rgb) as [number[], number[]];

/** Classes have the colours of series; the first, often the background, is light. */
function classColor(classId: number): number[] {
  return rgb(classHex(classId));
}

function classHex(classId: number): string {
  return classId === 0 ? light.rule : light[`series-${1 + ((classId - 1) % 8)}` as keyof Palette];
}

function rgb(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

type Range = readonly [least: number, most: number];

function rangeOf(x: Dataset["x"]): Range {
  if (x instanceof Uint8Array) return [0, 255];
  return (x as Float32Array).reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** The input as a picture, its values from the least to the most of the whole set; undefined for what is none. */
function inputOf({ x, shape }: Dataset, example: number, [least, most]: Range): Picture | undefined {
  if (shape.length !== 3 && shape.length !== 4) return undefined;
  const [, height = 0, width = 0, channels = 1] = shape;
  const size = height * width * channels;
  const kept = channels === 3 ? 3 : 1;
  const pixels = Uint8Array.from({ length: height * width * kept }, (_, i) => {
    const value = x[example * size + Math.floor(i / kept) * channels + (i % kept)]!;
    return Math.round((255 * (value - least)) / (most - least || 1));
  });
  return { pixels, width, height, channels: kept };
}

function pictureLists(rows: readonly PictureRow[]): Html {
  return html`<ul class="samples large">
${rows.map(
  ({
    scores: { example, right: count, places },
    pictures,
  }) => html`<li><b>example ${formatCount(example)}<br><small class="quiet">${formatShare(count / places)} right</small></b><span>${pictures.map(
    ({ picture, name }) =>
      html`<img src="${pngUri(picture)}" width="${picture.width}" height="${picture.height}" title="${name}" alt="test example ${example}: ${name}">`,
  )}</span></li>
`,
)}</ul>`;
}

function legend({ confusion }: PixelOutcome): Html {
  return html`<p class="legend">${confusion.classNames.map(
    (name, classId) => html`<span><i style="background:${classHex(classId)}"></i>${name}</span> `,
  )}</p>`;
}

function sheetFile(rows: readonly PictureRow[], text: ChartText): FigureFile {
  const columns = rows[0]!.pictures.length;
  const pictures = rows.flatMap(({ scores: { example, right: count, places }, pictures: ofRow }) =>
    ofRow.map(({ picture, name }, i) => ({
      picture,
      lines: i === 0 ? [name, `example ${example}: ${formatShare(count / places)}`] : [name],
    })),
  );
  return { name: "pixels", svg: standalone(pictureChart({ ...text, pictures, columns, size: 118 }), text) };
}
