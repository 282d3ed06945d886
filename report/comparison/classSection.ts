/** The part of the page of a data set of classes: its ranking, charts, who wins where, and the images models part on. */
import { rankingScore } from "../../runs/scores.ts";
import { dataTable } from "../html/dataTable.ts";
import { figureGrid } from "../html/figure.ts";
import { type Html, html, type Part } from "../html/html.ts";
import { isUntested, meanScores } from "../text/classScores.ts";
import { formatCount, formatScore, formatShare, plural } from "../text/numbers.ts";
import { type ClassWinner, type Comparison, classScores, type Model } from "./comparison.ts";
import { type ComparisonFigures, intervalText } from "./figures.ts";
import { significance } from "./noise.ts";
import type { PageSet } from "./page.ts";
import { type Gallery, galleryList } from "./pictures.ts";
import { bestPlaces, differences, marked, rankingTable, sameWeights } from "./ranking.ts";
import { formatP, verdictOf } from "./text.ts";
import type { Timing } from "./timing.ts";

export interface ClassSet {
  readonly comparison: Comparison;
  readonly timing: Timing;
  readonly figures: ComparisonFigures;
  readonly galleries: Galleries;
  /** For example "60,000 + 10,000 test examples of 28×28×1, found in …". */
  readonly data: string;
}

/** Pictures of a data set; all empty where its images are not at hand. */
export interface Galleries {
  readonly hardest: Gallery;
  /** In the order of the comparison's confusions. */
  readonly confusions: readonly Gallery[];
  /** In the order of the models. */
  readonly alone: readonly Gallery[];
}

export function classSection({ comparison, timing, figures, galleries, data }: ClassSet): PageSet {
  const { dataset, models, duel } = comparison;
  const part = (id: string, title: string, body: Part, open = true) => ({ id, title, body, open });
  const differ = differences(models);
  return {
    dataset,
    models,
    timing,
    lead: duel.clear ? "" : `, level with ${duel.second} within the noise`,
    body: html`<p>${data}</p>
<p><strong>${verdictOf(duel)}</strong></p>
${ranking(models, timing)}
<p>${timing.note}</p>
<p class="quiet">Below each accuracy is its 95 % interval, Wilson's (1927), of the test examples; McNemar's exact test (1947) asks whether two models part by more than the luck of these examples. Neither speaks of other seeds.</p>
${sameWeights(models)}
${differ}
${figureGrid(figures.costs)}`,
    parts: [
      part("learning", "Learning curves", figureGrid(figures.learning)),
      part("winners", "Who wins where", winners(comparison, figures)),
      part(
        "scores",
        "Precision, recall and F1",
        figureGrid((["f1", "precision", "recall"] as const).map((score) => scoreTable(comparison, score))),
        false,
      ),
      part("matrices", "Confusion matrices", figureGrid(figures.confusions), false),
      part("confusions", "Most common confusions", confusions(comparison, galleries.confusions), false),
      part("hardest", "Examples that most models get wrong", hardest(comparison, galleries.hardest), false),
      part("alone", "Examples that one model alone gets right", alone(comparison, galleries.alone), false),
    ],
  };
}

function ranking(models: readonly Model[], timing: Timing): Html {
  return rankingTable<Model>(models, timing, "accuracy", [
    {
      head: "accuracy",
      value: ({ test }) => rankingScore(test),
      format: (value) => value.toFixed(4),
      best: "highest",
      below: intervalText,
    },
    { head: "loss", value: ({ test }) => test.loss, format: formatScore, best: "lowest" },
    { head: "macro F1", text: ({ confusion }) => meanScores(confusion).f1.toFixed(4) },
  ]);
}

function winners({ classWinners, models }: Comparison, figures: ComparisonFigures): Html {
  const count = (name: string): number => classWinners.filter(({ model }) => model === name).length;
  const summary = models.map(({ model }) => `${model} ${count(model)}`).join(", ");
  return html`<p>Classes won by F1: ${summary}. A lead is clear where McNemar's exact test, on “this class or another?” over all examples, has p below ${significance}; with ${plural(classWinners.length, "class", "classes")}, luck alone makes at least one lead look clear in up to ${Math.round(100 * (1 - (1 - significance) ** classWinners.length))} % of comparisons.</p>
${figureGrid([figures.classes])}
${dataTable({
  caption: "The best model of each class by F1, and the next",
  columns: [
    { head: "class", kind: "text" },
    { head: "best", kind: "text" },
    { head: "F1" },
    { head: "next", kind: "text" },
    { head: "F1" },
    { head: "only the best is right" },
    { head: "only the next is right" },
    { head: "McNemar" },
    { head: "lead", kind: "text" },
  ],
  rows: classWinners.map(winnerRow),
})}`;
}

function winnerRow({ name, model, f1, second, duel }: ClassWinner): Part[] {
  return [
    name,
    model,
    f1.toFixed(4),
    second.model,
    second.f1.toFixed(4),
    formatCount(duel.onlyFirst),
    formatCount(duel.onlySecond),
    formatP(duel.p),
    duel.clear ? html`<strong>clear</strong>` : "within the noise",
  ];
}

const scoreNames = { f1: "F1", precision: "Precision", recall: "Recall" } as const;

function scoreTable({ models, classNames }: Comparison, score: keyof typeof scoreNames): Html {
  const rows = classNames.map((name, classId) => {
    const reports = classScores(models, classId);
    const values = reports.map((report) => report[score]);
    const best = bestPlaces(values);
    return [
      name,
      formatCount(reports[0]!.support),
      ...values.map((value, place) =>
        isUntested(reports[place]!) ? "–" : marked(value.toFixed(4), best.has(place)),
      ),
    ];
  });
  const means = models.map(({ confusion }) => meanScores(confusion)[score]);
  const best = bestPlaces(means);
  const total = [
    meanScores(models[0]!.confusion).words,
    "",
    ...means.map((value, place) => marked(value.toFixed(4), best.has(place))),
  ];
  return dataTable({
    caption: `${scoreNames[score]} by class; the best of each row is marked`,
    columns: [
      { head: "class", kind: "text" },
      { head: "examples" },
      ...models.map(({ model }) => ({ head: model })),
    ],
    rows: [...rows, total],
    lastIsTotal: true,
  });
}

function confusions(
  { confusions: pairs, models, classNames }: Comparison,
  galleries: readonly Gallery[],
): Html {
  if (pairs.length === 0) return html`<p>None: every model recognises every example.</p>`;
  return html`${dataTable({
    caption: "Pairs of classes confused most often, by all models together",
    columns: [
      { head: "is", kind: "text" },
      { head: "taken for", kind: "text" },
      { head: "together" },
      ...models.map(({ model }) => ({ head: model })),
    ],
    rows: pairs.map(({ labelName, predictedName, total, counts }) => [
      labelName,
      predictedName,
      formatCount(total),
      ...counts.map(formatCount),
    ]),
  })}
${galleries.map((gallery) => html`<h4>${gallery.title}</h4>\n${galleryList(gallery, classNames)}\n`)}`;
}

function hardest({ models, rightByCount, testExamples, classNames }: Comparison, gallery: Gallery): Html {
  const [none, all] = [rightByCount[0]!, rightByCount.at(-1)!];
  const many = models.length;
  return html`<p>All ${many} models are right on ${plural(all, "example")} (${formatShare(all / testExamples)}), none on ${formatCount(none)} (${formatShare(none / testExamples)}). ${gallery.images.length > 0 && "The hardest first; ✓ is right, ✗ wrong, with the probability that the model gave its answer."}</p>
${gallery.images.length > 0 && galleryList(gallery, classNames)}`;
}

function alone({ alone: own, classNames }: Comparison, galleries: readonly Gallery[]): Html {
  return html`${own.map(({ model, count }, place) => {
    const gallery = galleries[place];
    return html`<h4>${model}: ${formatCount(count)} ${count === 1 ? "example" : "examples"}</h4>
${gallery && gallery.images.length > 0 && galleryList(gallery, classNames)}`;
  })}`;
}
