/** A comparison as one HTML file: for each data set a ranking, charts, who wins where, and the images models part on. */
import { rankingScore } from "../../runs/scores.ts";
import { dataTable } from "../html/dataTable.ts";
import { figureGrid } from "../html/figure.ts";
import { type Html, html, type Part } from "../html/html.ts";
import { page, type Section, type SectionPart } from "../html/page.ts";
import { isUntested, meanScores } from "../text/classScores.ts";
import { formatCount, formatMilliseconds, formatScore, formatSeconds, formatShare } from "../text/numbers.ts";
import { commandWithoutFolders, withoutFolders } from "../text/paths.ts";
import { bestPlaces, type ClassWinner, type Comparison, classScores, type Model } from "./comparison.ts";
import { type ComparisonFigures, intervalText } from "./figures.ts";
import { significance } from "./noise.ts";
import { type Gallery, galleryList } from "./pictures.ts";
import { formatP, verdictOf } from "./text.ts";
import type { Timing } from "./timing.ts";

/** One data set of the page. */
export interface PageSet {
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

export interface PageContent {
  readonly sets: readonly PageSet[];
  readonly failed: readonly { readonly model: string; readonly dataset: string; readonly reason: string }[];
  /** The command that repeats the comparison. */
  readonly command: string;
  readonly version: string;
  /** Processor, cores, system, runtime. */
  readonly machine: string;
}

export function comparisonPage(content: PageContent): string {
  const { sets, version, machine } = content;
  const command = commandWithoutFolders(content.command);
  const failed = content.failed.map(({ model, dataset, reason }) => ({
    model,
    dataset: withoutFolders(dataset),
    reason: commandWithoutFolders(reason),
  }));
  const models = modelNames(sets);
  const datasets = sets.map(({ comparison }) => comparison.dataset);
  const runs = sets.reduce((sum, { comparison }) => sum + comparison.models.length, 0);
  return page({
    title: `${models.length} models compared on ${listOf(datasets)}`,
    headline: sets.map(({ comparison }) => headline(comparison)),
    facts: [
      ["models", models.length],
      ["data sets", datasets.length],
      ["runs", failed.length > 0 ? `${runs}, ${failed.length} more failed` : runs],
      ["training time, all runs", formatSeconds(sum(sets, ({ seconds }) => seconds))],
      ["times compare", sets.every(({ timing }) => timing.comparable) ? "yes" : "no: see the rankings"],
    ],
    sections: [
      ...(sets.length > 1 ? [overview(sets, models)] : []),
      ...sets.map(datasetSection),
      ...(failed.length > 0 ? [failures(failed)] : []),
      settings({ ...content, command }),
    ],
    sideNavigation: true,
    footer: html`Written by anygrad ${version} on ${machine}. <code>${command}</code>`,
  });
}

/** The names of all models, in the order in which they first come. */
function modelNames(sets: readonly { readonly comparison: Comparison }[]): string[] {
  return [...new Set(sets.flatMap(({ comparison }) => comparison.models.map(({ model }) => model)))];
}

function headline({ dataset, models, duel }: Comparison): Html {
  const [best] = models;
  const lead = duel.clear ? "" : `, level with ${duel.second} within the noise`;
  return html`<span style="display:block">${dataset}: <strong>${rankingScore(best!.test).toFixed(4)}</strong> by ${best!.model}${lead}.</span>`;
}

function overview(sets: readonly PageSet[], models: readonly string[]): Section {
  const accuracies = sets.map(({ comparison }) =>
    models.map((name) => {
      const found = comparison.models.find(({ model }) => model === name);
      return found ? rankingScore(found.test) : Number.NaN;
    }),
  );
  const best = accuracies.map((column) =>
    bestPlaces(column.map((value) => (Number.isNaN(value) ? 0 : value))),
  );
  return {
    id: "overview",
    title: "All data sets",
    body: dataTable({
      caption: "Test accuracy; the best of each data set is marked",
      columns: [
        { head: "model", kind: "text" },
        ...sets.map(({ comparison }) => ({ head: comparison.dataset })),
      ],
      rows: models.map((name, place) => [
        name,
        ...accuracies.map((column, set) =>
          Number.isNaN(column[place]!) ? "" : marked(column[place]!.toFixed(4), best[set]!.has(place)),
        ),
      ]),
    }),
  };
}

/** The best of its kind: bold and with a sign, so that it needs no colour. */
function marked(text: string, isBest: boolean): Part {
  return isBest ? html`<strong>★ ${text}</strong>` : text;
}

function datasetSection(set: PageSet, place: number): Section {
  const { comparison, timing, figures, galleries, data } = set;
  const id = `set-${place + 1}`;
  const part = (name: string, title: string, body: Part, open = true): SectionPart => ({
    id: `${id}-${name}`,
    title,
    body,
    open,
  });
  return {
    id,
    title: comparison.dataset,
    body: html`<p>${data}</p>
<p><strong>${verdictOf(comparison.duel)}</strong></p>
${rankingTable(comparison.models, timing)}
<p>${timing.note}</p>
<p class="quiet">The interval is Wilson's (1927), of the test examples; McNemar's exact test (1947) asks whether two models part by more than the luck of these examples. Neither speaks of other seeds.</p>
${sameWeights(comparison.models)}
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
      part("hardest", "Images that most models get wrong", hardest(comparison, galleries.hardest), false),
      part("alone", "Images that one model alone gets right", alone(comparison, galleries.alone), false),
    ],
  };
}

function rankingTable(models: readonly Model[], timing: Timing): Html {
  // of times that do not compare, none is the best
  const quickest = (times: readonly number[]): Set<number> =>
    timing.comparable ? bestPlaces(times, "lowest") : new Set();
  const best = {
    accuracy: bestPlaces(models.map(({ test }) => rankingScore(test))),
    loss: bestPlaces(
      models.map(({ test }) => test.loss),
      "lowest",
    ),
    parameters: bestPlaces(
      models.map(({ parameters }) => parameters),
      "lowest",
    ),
    seconds: quickest(models.map(({ seconds }) => seconds)),
    step: quickest(models.map(({ stepMilliseconds }) => stepMilliseconds)),
  };
  return dataTable({
    caption: `Ranking by test accuracy; the best of each column is marked${timing.comparable ? "" : ", but not of times, which do not compare"}`,
    columns: [
      { head: "model", kind: "text" },
      { head: "accuracy" },
      { head: "95 % interval" },
      { head: "loss" },
      { head: "macro F1" },
      { head: "parameters" },
      { head: "training time" },
      { head: "ms per step" },
      { head: "epochs" },
      { head: "digest", kind: "code" },
    ],
    rows: models.map((model, place) => [
      `${place + 1}. ${model.model}`,
      marked(rankingScore(model.test).toFixed(4), best.accuracy.has(place)),
      intervalText(model),
      marked(formatScore(model.test.loss), best.loss.has(place)),
      meanScores(model.confusion).f1.toFixed(4),
      marked(formatCount(model.parameters), best.parameters.has(place)),
      marked(formatSeconds(model.seconds), best.seconds.has(place)),
      marked(formatMilliseconds(model.stepMilliseconds), best.step.has(place)),
      epochsOf(model),
      html`<span title="${model.digest}">${model.digest.slice(0, 12)}</span>`,
    ]),
  });
}

function epochsOf({ history }: Model): number {
  return history.loss?.length ?? 0;
}

function sameWeights(models: readonly Model[]): Part {
  const twins = models.filter(({ digest }) => models.filter((other) => other.digest === digest).length > 1);
  return (
    twins.length > 0 &&
    html`<p>${listOf(twins.map(({ model }) => model))} ended with the same weights, bit for bit: their settings come to the same.</p>`
  );
}

function winners({ classWinners, models }: Comparison, figures: ComparisonFigures): Html {
  const count = (name: string): number => classWinners.filter(({ model }) => model === name).length;
  const summary = models.map(({ model }) => `${model} ${count(model)}`).join(", ");
  return html`<p>Classes won by F1: ${summary}. A lead is clear where McNemar's exact test, on “this class or another?” over all examples, has p below ${significance}; with ${classWinners.length} classes, luck alone makes at least one lead look clear in up to ${Math.round(100 * (1 - (1 - significance) ** classWinners.length))} % of comparisons.</p>
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
  if (pairs.length === 0) return html`<p>None: every model recognises every image.</p>`;
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
  return html`<p>All ${many} models are right on ${formatCount(all)} examples (${formatShare(all / testExamples)}), none on ${formatCount(none)} (${formatShare(none / testExamples)}). ${gallery.images.length > 0 && "The hardest first; ✓ is right, ✗ wrong, with the probability that the model gave its answer."}</p>
${gallery.images.length > 0 && galleryList(gallery, classNames)}`;
}

function alone({ alone: own, classNames }: Comparison, galleries: readonly Gallery[]): Html {
  return html`${own.map(({ model, count }, place) => {
    const gallery = galleries[place];
    return html`<h4>${model}: ${formatCount(count)} ${count === 1 ? "example" : "examples"}</h4>
${gallery && gallery.images.length > 0 && galleryList(gallery, classNames)}`;
  })}`;
}

function failures(failed: PageContent["failed"]): Section {
  return {
    id: "failed",
    title: "Runs that failed",
    body: dataTable({
      caption: "They are missing above; the same command tries them again",
      columns: [
        { head: "model", kind: "text" },
        { head: "data set", kind: "text" },
        { head: "reason", kind: "text" },
      ],
      rows: failed.map(({ model, dataset, reason }) => [model, dataset, reason]),
    }),
  };
}

function settings({ sets, command, machine, version }: PageContent): Section {
  const runs = sets.flatMap(({ comparison }) => comparison.models.map((model) => ({ model, comparison })));
  return {
    id: "settings",
    title: "Settings, environment, commands",
    body: html`<p>anygrad ${version}, ${machine}. The whole comparison again:</p>
<pre>${command}</pre>
${dataTable({
  caption: "Settings of each run",
  columns: (["model", "data set", "recipe", "seed", "engine", "digest"] as const).map((head) => ({
    head,
    kind: head === "digest" ? "code" : "text",
  })),
  rows: runs.map(({ model, comparison }) => [
    model.model,
    comparison.dataset,
    model.recipe,
    model.seed,
    `${model.engine.runtime}, ${model.engine.variant}, ${model.engine.precision}, ${model.engine.threads} ${model.engine.threads === 1 ? "thread" : "threads"}`,
    model.digest,
  ]),
})}
<h3>One run again</h3>
<pre>${runs.map(({ model }) => `${model.command}\n`)}</pre>`,
  };
}

function sum(sets: readonly PageSet[], value: (model: Model) => number): number {
  return sets
    .flatMap(({ comparison }) => comparison.models.map(value))
    .reduce((total, one) => total + one, 0);
}

/** "a", "a and b", "a, b and c" */
function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
