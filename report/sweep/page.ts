/** The report of a sweep: the best trial and its test, what each option did, every trial, and how to repeat it. */

import { rankingName, rankingScore } from "../../runs/scores.ts";
import { extent } from "../../src/math/statistics.ts";
import { type FigureFile, figureFiles } from "../charts/svg.ts";
import { dataTable } from "../html/dataTable.ts";
import { type ChartFigure, chartFigure, figureGrid } from "../html/figure.ts";
import { type Html, html, type Part } from "../html/html.ts";
import { page, type Section } from "../html/page.ts";
import {
  formatCount,
  formatQuantity,
  formatScore,
  formatSeconds,
  formatShare,
  plural,
} from "../text/numbers.ts";
import { commandWithoutFolders, withoutFolders } from "../text/paths.ts";
import { curvesChart, effectChart, isWide, sharesChart } from "./charts.ts";
import { type Coloring, coloringOf } from "./coloring.ts";
import { type Effect, type EffectGroup, LEAST_SHARE } from "./effects.ts";
import { type Dimension, parallelChart } from "./parallel.ts";
import type { SweepResult } from "./result.ts";
import { beyondText, type ScoreScale, scoreScale } from "./scale.ts";
import { methodNames, trialsText, unitOf } from "./text.ts";
import {
  compareTrials,
  describeOptions,
  type SweepMetric,
  scoresOfTask,
  shownScore,
  sweepMetrics,
  type Trial,
} from "./trial.ts";

export interface SweepReport {
  /** The whole document. */
  readonly html: string;
  readonly figures: readonly FigureFile[];
}

/** The report of a sweep, and its figures as files. */
export function sweepReport(swept: SweepResult): SweepReport {
  const result = withoutPlaces(swept);
  const { preset, dataset, best, test, trials, examples, metric } = result;
  const failed = trials.filter(({ status }) => status === "failed");
  const epochs = trials.reduce((sum, trial) => sum + trial.epochs, 0);
  const coloring = coloringOf(result.effects);
  const effects = effectFigures(result, coloring);
  const curves = curvesFigure(result, coloring);
  const document = page({
    title: `${preset} on ${dataset}: ${methodNames[result.method]}`,
    headline:
      best && test
        ? html`Trial ${best.trial} is the best of ${trials.length}: ${test.r2 === undefined ? html`<strong>${formatShare(rankingScore(test))}</strong> of ${formatCount(examples.test)} test examples recognised` : html`<strong>R² ${test.r2.toFixed(4)}</strong> on ${formatCount(examples.test)} test rows`}`
        : html`All ${trials.length} trials failed`,
    facts: [
      [`test ${test ? rankingName(test) : "accuracy"}`, test ? rankingScore(test).toFixed(4) : "none"],
      [sweepMetrics[metric].name, best ? shownScore(metric, best[metric]) : "none"],
      ["trials", formatCount(trials.length)],
      ["failed", formatCount(failed.length)],
      ["epochs in all", formatCount(epochs)],
      ["time", formatSeconds(result.seconds)],
    ],
    sections: [
      bestSection(result),
      effectsSection(result, effects),
      curves && { id: "curves", title: "Learning curves", body: chartFigure(curves) },
      trialsSection(result),
      ...(failed.length > 0 ? [failuresSection(failed)] : []),
      repeatSection(result),
    ].filter((section): section is Section => section !== undefined),
    footer: html`Written by anygrad ${result.version}.`,
  });
  return { html: document, figures: figureFiles([...effects, ...(curves ? [curves] : [])]) };
}

/** The result without the folders of the machine: a report is sent to others. */
function withoutPlaces(result: SweepResult): SweepResult {
  const shown = (command: string | undefined) => command && commandWithoutFolders(command);
  return {
    ...result,
    dataset: withoutFolders(result.dataset),
    fixed: commandWithoutFolders(result.fixed),
    command: commandWithoutFolders(result.command),
    bestCommand: shown(result.bestCommand),
    wholeCommand: shown(result.wholeCommand),
    trials: result.trials.map((trial) =>
      trial.failure
        ? { ...trial, failure: { ...trial.failure, reason: commandWithoutFolders(trial.failure.reason) } }
        : trial,
    ),
  };
}

function bestSection(result: SweepResult): Section | undefined {
  const { best, test, examples, metric, task, out } = result;
  if (!best || !test) return undefined;
  const rows: Part[][] = [
    ...Object.entries(best.options).map(([name, value]) => [name, String(value)]),
    ["epochs", formatCount(best.epochs)],
    ...scoresOfTask[task].map((name) => [
      `${sweepMetrics[name].name}, last epoch`,
      shownScore(name, (best as Trial)[name]),
    ]),
    [`test ${rankingName(test)}`, rankingScore(test).toFixed(4)],
    ...(["rmse", "mae"] as const).flatMap((name) =>
      test[name] === undefined
        ? []
        : [[`test ${name.toUpperCase()}${unitOf(result)}`, formatQuantity(test[name])]],
    ),
    ["test loss", formatScore(test.loss)],
    ["digest of its weights", html`<code>${best.digest ?? ""}</code>`],
  ];
  return {
    id: "best",
    title: "The best trial",
    body: html`<p>Chosen by its ${sweepMetrics[metric].name} after the last epoch, on ${plural(examples.validation, "example")} held out
of the training set, ${task === "regression" ? "drawn at random" : "an equal share of each class"}. The test set was not looked at before: it was judged once, with
the trial's own weights, which have learned from ${plural(examples.train, "example")}. As the best of many, a trial tends to do
a little worse on the test than on what it was chosen by.</p>
${dataTable({
  caption: "Options and scores",
  columns: [
    { head: "option or score", kind: "text" },
    { head: "value", kind: "prose" },
  ],
  rows,
})}
${out !== undefined && html`<p>The folder <a href="best/report.html">best</a> holds its model, curves and ${task === "regression" ? "errors" : "mistakes"}.</p>`}`,
  };
}

/** What effects are compared by, in words. */
function comparedScore({ metric, rungs }: SweepResult): string {
  const { name } = sweepMetrics[metric];
  return rungs
    ? `${name} after epoch ${rungs[0]}, which all trials have reached`
    : `${name} of the last epoch`;
}

/** What explains how much, all options at once, and each by itself. */
function effectFigures(result: SweepResult, coloring: Coloring): ChartFigure[] {
  const { effects, metric, searched, best } = result;
  const sorted = effects.toSorted((a, b) => (b.share ?? -1) - (a.share ?? -1));
  const known = sorted.filter(({ share }) => share !== undefined);
  const explained = known.some(({ share }) => share! >= LEAST_SHARE);
  const scores = new Map(
    effects.flatMap(({ groups }) =>
      groups.flatMap((group) => group.scores.map(({ trial, score }) => [trial, score] as const)),
    ),
  );
  const scale = scoreScale([...scores.values()], metric);
  const drawn = { metric, scale, coloring, bestTrial: best?.trial };
  const isLogarithmic = (effect: Effect): boolean => {
    const range = searched.find((one) => one.name === effect.name && one.isRange);
    return effect.grouped && (range ? range.logarithmic : isWide(effect));
  };
  const figures = sorted
    .filter(({ groups }) => groups.length > 0)
    .map((effect): ChartFigure => {
      const { name, groups } = effect;
      const ranked = groups.toSorted((a, b) =>
        sweepMetrics[metric].isError ? a.mean - b.mean : b.mean - a.mean,
      );
      const text = {
        title: `Effect of ${name}`,
        description: `A dot is a trial, the star the best one, a bar the mean. ${comparisonOf(ranked, metric)}${beyondText(scale)}`,
      };
      return {
        name: `effect-${name}`,
        ...text,
        svg: effectChart(effect, { ...text, ...drawn, logarithmic: isLogarithmic(effect) }),
        table: groupsTable(effect, metric),
      };
    });
  const all = parallelFigure(result, scores, { ...drawn, sorted, isLogarithmic });
  return [
    ...(all ? [all] : []),
    ...(explained ? [sharesFigure(known, comparedScore(result))] : []),
    ...figures,
  ];
}

function parallelFigure(
  { trials, metric }: SweepResult,
  scores: ReadonlyMap<number, number>,
  options: {
    readonly sorted: readonly Effect[];
    readonly scale: ScoreScale;
    readonly coloring: Coloring;
    readonly bestTrial: number | undefined;
    isLogarithmic(effect: Effect): boolean;
  },
): ChartFigure | undefined {
  const { sorted, scale, coloring, bestTrial, isLogarithmic } = options;
  const shown = trials.flatMap((trial) => {
    const score = scores.get(trial.trial);
    return score === undefined ? [] : [{ trial, score }];
  });
  // the strongest option next to the score
  const dimensions = sorted.toReversed().map((effect): Dimension => {
    const values = [...new Set(effect.groups.flatMap((group) => group.scores.map(({ value }) => value)))];
    return {
      name: effect.name,
      logarithmic: isLogarithmic(effect),
      values: effect.grouped ? undefined : values,
    };
  });
  if (shown.length < 2 || dimensions.length === 0) return undefined;
  const colored = coloring.option === undefined ? "" : `, its colour the value of ${coloring.option}`;
  const text = {
    title: "All options and what came of them",
    description: `A line is a trial${colored}; the thick one is the best.${coloring.option === undefined ? "" : " Options that explain more stand further right, the score last."}`,
  };
  return {
    name: "parallel",
    ...text,
    wide: true,
    svg: parallelChart({ ...text, dimensions, trials: shown, metric, scale, coloring, bestTrial }),
    table: {
      caption: text.title,
      columns: [
        { head: "trial" },
        ...dimensions.map(({ name }) => ({ head: name, kind: "text" as const })),
        { head: sweepMetrics[metric].name },
      ],
      rows: shown.map(({ trial, score }) => [
        trial.trial,
        ...dimensions.map(({ name }) => String(trial.options[name])),
        sweepMetrics[metric].format(score),
      ]),
    },
  };
}

function effectsSection(result: SweepResult, figures: readonly ChartFigure[]): Section {
  return {
    id: "effects",
    title: "The effect of each option",
    body: html`<p>Compared is ${comparedScore(result)}. The share is ε² (Kelley 1935) of a one-way analysis of variance: how much of the differences between
trials this option explains by itself, corrected for chance; ranges are cut into groups of equally many trials. What
options do only together is not in it.</p>
${figureGrid(figures)}`,
  };
}

/** @param ranked at least one group, the best first */
function comparisonOf(ranked: readonly EffectGroup[], metric: SweepMetric): string {
  const { format } = sweepMetrics[metric];
  const told = ({ label, mean }: EffectGroup): string => `${label}, ${format(mean)}`;
  const [best, worst] = [ranked[0]!, ranked.at(-1)!];
  return best === worst
    ? `Mean of all: ${format(best.mean)}; too few trials to compare groups.`
    : `Best on average: ${told(best)}; worst: ${told(worst)}.`;
}

function sharesFigure(effects: readonly Effect[], at: string): ChartFigure {
  const first = effects[0]!;
  const text = {
    title: "What explains the differences",
    description: `Of the variance of ${at}, ${first.name} explains the most: ${formatShare(first.share!)}.`,
  };
  return {
    name: "shares",
    ...text,
    svg: sharesChart(effects, text),
    table: {
      caption: "Share of the variance that each option explains",
      columns: [{ head: "option", kind: "text" }, { head: "share" }],
      rows: effects.map(({ name, share }) => [name, formatShare(share!)]),
    },
  };
}

function groupsTable({ name, groups }: Effect, metric: SweepMetric): ChartFigure["table"] {
  const { name: score, format } = sweepMetrics[metric];
  return {
    caption: `${sentence(score)} by ${name}`,
    columns: [
      { head: name, kind: "text" },
      ...["trials", "mean", "deviation", "least", "most"].map((head) => ({ head })),
    ],
    rows: groups.map(({ label, scores, mean, deviation }) => [
      label,
      scores.length,
      format(mean),
      Number.isNaN(deviation) ? "" : format(deviation),
      ...extent(scores.map(({ score }) => score)).map(format),
    ]),
  };
}

function curvesFigure(
  { trials, metric, best, rungs }: SweepResult,
  coloring: Coloring,
): ChartFigure | undefined {
  const learned = trials.filter(({ history }) => history[metric]?.some((value) => value !== null));
  if (learned.length === 0) return undefined;
  const stopped = learned.filter(({ status }) => status === "stopped").length;
  const ends = learned.map(
    ({ history }) => history[metric]?.findLast((value) => value !== null) ?? Number.NaN,
  );
  const scale = scoreScale(ends, metric);
  const text = {
    title: `${sentence(sweepMetrics[metric].name)} by epoch`,
    description: `A line a trial${best ? `; the thick one is trial ${best.trial}, the best` : ""}.${
      rungs ? ` ${stopped} of ${learned.length} were stopped early: pale.` : ""
    }${scale.beyond > 0 ? " Where a line runs along the edge, it is beyond it." : ""}`,
  };
  return {
    name: "curves",
    ...text,
    svg: curvesChart(learned, { ...text, metric, scale, coloring, bestTrial: best?.trial }),
    wide: true,
    table: {
      caption: `${sentence(sweepMetrics[metric].name)} of each trial by epoch`,
      columns: [
        { head: "trial" },
        ...Array.from({ length: Math.max(...learned.map(({ epochs }) => epochs)) }, (_, i) => ({
          head: i + 1,
        })),
      ],
      rows: learned.map(({ trial, history }) => [
        trial,
        ...(history[metric] ?? []).map((value) => shownScore(metric, value)),
      ]),
    },
  };
}

function trialsSection({ trials, metric, task, searched, best }: SweepResult): Section {
  const scores: readonly SweepMetric[] = scoresOfTask[task];
  const names = searched.map(({ name }) => name);
  const sorted = trials.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || b.epochs - a.epochs || compareTrials(metric)(a, b),
  );
  return {
    id: "trials",
    title: "All trials",
    body: dataTable({
      caption: "The best first; failed ones last",
      columns: [
        { head: "trial" },
        ...names.map((head) => ({ head, kind: "text" as const })),
        { head: "status", kind: "text" },
        ...["epochs", ...scores.map((name) => sweepMetrics[name].name), "time"].map((head) => ({ head })),
      ],
      rows: sorted.map((trial) => [
        trial.trial,
        ...names.map((name) => String(trial.options[name])),
        trial.trial === best?.trial ? html`<strong>best</strong>` : trial.status,
        trial.epochs,
        ...scores.map((name) => {
          const value = trial[name];
          return typeof value === "number" ? sweepMetrics[name].format(value) : "";
        }),
        formatSeconds(trial.seconds),
      ]),
    }),
  };
}

function sentence(words: string): string {
  return words[0]!.toUpperCase() + words.slice(1);
}

function rankOf({ status }: Trial): number {
  return status === "failed" ? 1 : 0;
}

function failuresSection(failed: readonly Trial[]): Section {
  return {
    id: "failures",
    title: "Failed trials",
    body: html`<p>The sweep went on without them.</p>
${dataTable({
  caption: "Why they failed",
  columns: [{ head: "trial" }, { head: "options", kind: "text" }, { head: "reason", kind: "text" }],
  rows: failed.map(({ trial, options, failure }) => [trial, describeOptions(options), failure?.reason ?? ""]),
})}`,
  };
}

function repeatSection(result: SweepResult): Section {
  const { command, bestCommand, wholeCommand } = result;
  const commands: (readonly [string, string | undefined])[] = [
    ["The sweep again, the same trials and scores:", command],
    ["The best trial alone:", bestCommand],
    ["Its options on the whole training set:", wholeCommand],
  ];
  return {
    id: "repeat",
    title: "Settings and how to repeat it",
    body: html`${settings(result)}
${commands.map(([about, text]) => text !== undefined && html`<p>${about}</p>\n<pre>${text}</pre>\n`)}`,
  };
}

function settings(result: SweepResult): Html {
  const { examples } = result;
  const rows: Part[][] = [
    ...result.searched.map(({ name, values }) => [`${name}, searched`, values]),
    ["trials", trialsText(result)],
    ["of every trial", result.fixed || "the preset's own"],
    ["seed", String(result.seed)],
    [
      "examples",
      `${formatCount(examples.train)} to train, ${formatCount(examples.validation)} held out to choose by, ${formatCount(examples.test)} to test`,
    ],
    [
      "at work",
      result.queue === undefined
        ? `${result.jobs} at a time, threads of each: ${result.threads}`
        : "the workers of a queue",
    ],
  ];
  return dataTable({
    caption: "What was searched",
    columns: [
      { head: "setting", kind: "text" },
      { head: "value", kind: "prose" },
    ],
    rows,
  });
}
