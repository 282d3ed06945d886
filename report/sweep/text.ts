/** A sweep on a terminal: what will be tried, each result as it comes, and what came of it all. */
import { rankingName, rankingScore } from "../../runs/scores.ts";
import { columns } from "../text/columns.ts";
import { shownWidth, textWidth } from "../text/lines.ts";
import { formatCount, formatQuantity, formatScore, formatSeconds, formatShare } from "../text/numbers.ts";
import { bar } from "../text/progress.ts";
import { plain, type Style } from "../text/style.ts";
import { type Cell, factLines, shorten, table } from "../text/table.ts";
import type { Effect } from "./effects.ts";
import type { SweepResult, SweepStart } from "./result.ts";
import {
  compareTrials,
  describeOptions,
  type SweepMetric,
  scoresOfTask,
  shownScore,
  sweepMetrics,
  type Trial,
} from "./trial.ts";

export const methodNames = {
  grid: "grid search",
  random: "random search",
  asha: "successive halving (ASHA)",
} as const;

/** The heading as several lines and an empty one, without the last line break. */
export function headingText(start: SweepStart, style: Style = plain, width = 80): string {
  const { examples, jobs, threads, searched, queue } = start;
  const rows: [string, string][] = [
    ...searched.map(({ name, values }): [string, string] => [
      name,
      shorten(values, width - 4 - widest(searched)),
    ]),
    ["trials", trialsText(start)],
    [
      "data",
      `${formatCount(examples.train)} to train, ${formatCount(examples.validation)} to choose by, ${formatCount(examples.test)} for one test at the end`,
    ],
    [
      "at work",
      `${queue === undefined ? `${plural(jobs, "process", "es")} of ${plural(threads, "thread")}` : `the workers of ${queue}`}, seed ${start.seed}`,
    ],
  ];
  const title = `${style.strong(start.preset)} on ${style.strong(start.dataset)}: ${methodNames[start.method]}`;
  return `${title}\n${factLines(rows, width, style)}\n`;
}

/** "20, of 10 epochs each, the best by val_accuracy". */
export function trialsText({ planned, epochs, rungs, metric, reduction }: SweepStart): string {
  const by = `the best by ${metric}`;
  if (rungs) return `${planned}, after ${rungs.join(", ")} epochs one of ${reduction} goes on; ${by}`;
  return `${planned}${epochs === undefined ? "" : `, of ${plural(epochs, "epoch")} each`}, ${by}`;
}

/** What decides which scores are told of a trial. */
type Judged = Pick<SweepStart, "task" | "metric">;

/** The scores of a trial's line and the ranking: what models of the task are ranked by, what the best is chosen by, the loss. */
function toldScores({ task, metric }: Judged): readonly SweepMetric[] {
  return [...new Set([scoresOfTask[task][0], metric, "val_loss" as const])].toSorted(
    (a, b) => Number(a === "val_loss") - Number(b === "val_loss"),
  );
}

/** One line of at most `width` characters for a trial that has a result. */
export function trialLine(
  trial: Trial,
  { planned, ...judged }: Judged & Pick<SweepStart, "planned">,
  width: number,
  style: Style = plain,
): string {
  const number = `${trial.trial}/${planned}`.padStart(2 * String(planned).length + 3);
  if (trial.status === "failed") {
    const text = `failed: ${trial.failure?.reason ?? ""}`;
    return `${number}  ${style.bad(shorten(text, width - textWidth(number) - 2))}`;
  }
  const scores = toldScores(judged)
    .map((name) => shownScore(name, trial[name]).padStart(Math.max(7, sweepMetrics[name].head.length)))
    .join("  ");
  const epochs = plural(trial.epochs, "epoch").padStart(10);
  const head = `${number}  ${scores}  ${epochs}  `;
  return head + style.quiet(shorten(describeOptions(trial.options), width - textWidth(head)));
}

/** The heading over trials' lines. */
export function trialHeading(
  { planned, ...judged }: Judged & Pick<SweepStart, "planned">,
  style: Style = plain,
): string {
  const heads = toldScores(judged).map((name) => sweepMetrics[name].head.padStart(7));
  return style.quiet(`${"trial".padStart(2 * String(planned).length + 3)}  ${heads.join("  ")}`);
}

/** The progress of a sweep that runs. */
export interface SweepProgress {
  /** Share of the sweep that is done, 0 to 1. */
  readonly done: number;
  readonly ended: number;
  readonly planned: number;
  readonly running: number;
  readonly failed: number;
  readonly best: Trial | undefined;
  readonly metric: SweepMetric;
}

/** The progress as one line of at most `width` characters. */
export function sweepBar(progress: SweepProgress, width: number, style: Style = plain): string {
  const { ended, planned, running, failed, best, metric } = progress;
  const facts = [
    `${ended}/${planned} trials`,
    `${running} running`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(best ? [`best ${metric} ${shownScore(metric, best[metric])} (trial ${best.trial})`] : []),
  ];
  while (facts.length > 1 && textWidth(facts.join("  ")) > width - 12) facts.pop();
  const room = width - textWidth(facts.join("  ")) - 4;
  return `  ${bar(progress.done, Math.max(0, Math.min(30, room)), style)}  ${facts.join("  ")}`;
}

const MOST_TRIALS = 10; // of the table
const LEAST_EFFECTS = 64; // characters of the effects, with something beside them
const MOST_FAILURES = 5;

/** What came of it: the best trials, the effects, the failures, the test; without the last line break. */
export function summaryText(
  result: SweepResult,
  { style = plain, width = 80 }: { style?: Style; width?: number } = {},
): string {
  const trials = `${style.strong("Trials")}\n${rankingText(result, style, width)}`;
  const rest = width - 3 - Math.max(...trials.split("\n").map(shownWidth));
  const effects = effectsText(result, style, rest >= LEAST_EFFECTS ? rest : width).join("\n");
  return [
    "",
    columns([trials, effects], width),
    ...failuresText(result.trials, style, width),
    "",
    style.strong("Result"),
    factLines(resultRows(result, style, width), width, style),
  ].join("\n");
}

// A column an option; where that is too wide, the options in one column, cut short.
function rankingText(
  { trials, best, metric, task, searched }: SweepResult,
  style: Style,
  width: number,
): string {
  const told = toldScores({ task, metric });
  const ended = trials.filter(({ status }) => status !== "failed").toSorted(order(metric));
  const shown = ended.slice(0, MOST_TRIALS);
  const ranking = (heads: readonly string[], cells: (trial: Trial) => string[], look: Style): string =>
    table(
      [
        ["trial", ...told.map((name) => sweepMetrics[name].head), "epochs", "time", ...heads].map(
          (text): Cell => ({ text, stress: "quiet" }),
        ),
        ...shown.map((trial) => [
          { text: String(trial.trial), ...(trial === best && { stress: "strong" as const }) },
          ...told.map((name, place) => ({
            text: shownScore(name, trial[name]),
            ...(trial === best && place === 0 && { stress: "good" as const }),
          })),
          String(trial.epochs),
          formatSeconds(trial.seconds),
          ...cells(trial),
        ]),
      ],
      { align: ["right", ...told.map(() => "right" as const), "right", "right"], style: look },
    );
  const names = searched.map(({ name }) => name);
  const inColumns = (look: Style): string =>
    ranking(names, ({ options }) => names.map((name) => shorten(String(options[name]), 16)), look);
  const room =
    width -
    Math.max(
      ...ranking([], () => [], plain)
        .split("\n")
        .map(textWidth),
    ) -
    2;
  const text =
    Math.max(...inColumns(plain).split("\n").map(textWidth)) <= width
      ? inColumns(style)
      : ranking(["options"], ({ options }) => [shorten(describeOptions(options), room)], style);
  const left = ended.length - shown.length;
  return left > 0 ? `${text}\n${style.quiet(`  and ${plural(left, "trial")} more`)}` : text;
}

// trained to the end before stopped, then by the metric
function order(metric: SweepMetric): (a: Trial, b: Trial) => number {
  return (a, b) => b.epochs - a.epochs || compareTrials(metric)(a, b);
}

function effectsText({ effects, metric, rungs }: SweepResult, style: Style, width: number): string[] {
  const at = rungs ? `${metric} after ${plural(rungs[0]!, "epoch")}` : metric;
  const rows = effects
    .toSorted((a, b) => (b.share ?? -1) - (a.share ?? -1))
    .map((effect) => [
      { text: effect.name, stress: "strong" as const },
      effect.share === undefined ? "too few" : formatShare(effect.share),
      { text: shorten(groupsText(effect, metric), width - 14 - widest(effects)), stress: "quiet" as const },
    ]);
  const about = style.quiet(`${at}: share of its variance, mean of each value`);
  return [`${style.strong("Effects")}  ${about}`, table(rows, { align: ["left", "right", "left"], style })];
}

function groupsText({ groups }: Effect, metric: SweepMetric): string {
  return groups.map(({ label, mean }) => `${label}: ${sweepMetrics[metric].format(mean)}`).join("   ");
}

function failuresText(trials: readonly Trial[], style: Style, width: number): string[] {
  const failed = trials.filter(({ status }) => status === "failed");
  if (failed.length === 0) return [];
  const lines = failed
    .slice(0, MOST_FAILURES)
    .map(({ trial, failure }) => shorten(`  trial ${trial}: ${failure?.reason ?? ""}`, width));
  const left = failed.length - lines.length;
  return [
    "",
    `${style.bad(`${failed.length} of ${plural(trials.length, "trial")} failed`)}`,
    ...lines,
    ...(left > 0 ? [style.quiet(`  and ${left} more`)] : []),
  ];
}

function resultRows(result: SweepResult, style: Style, width: number): [string, string][] {
  const { best, test, examples, trials, out, report = true } = result;
  const epochs = trials.reduce((sum, trial) => sum + trial.epochs, 0);
  return [
    ["best", `trial ${best?.trial}: ${shorten(describeOptions(best?.options ?? {}), width - 22)}`],
    [
      "chosen by",
      `${result.metric} ${style.strong(shownScore(result.metric, best?.[result.metric]))} on ${formatCount(examples.validation)} held-out examples, after its last epoch`,
    ],
    [
      "test",
      `${test ? rankingName(test) : "accuracy"} ${style.strong(test ? rankingScore(test).toFixed(4) : "")}, loss ${formatScore(test?.loss ?? Number.NaN)} on ${formatCount(examples.test)} examples: its own weights, once`,
    ],
    ...(test?.rmse === undefined || test.mae === undefined
      ? []
      : [
          [
            "errors",
            `rmse ${formatQuantity(test.rmse)}, mae ${formatQuantity(test.mae)}${unitOf(result)}`,
          ] as [string, string],
        ]),
    [
      "trained",
      `${plural(trials.length, "trial")}, ${plural(epochs, "epoch")}, in ${formatSeconds(result.seconds)}`,
    ],
    [
      "written",
      out === undefined
        ? style.quiet("nothing; --out DIR keeps trials, report and the best run")
        : `${report ? "report.html, figures/, " : ""}trials.jsonl, best/ in ${out}`,
    ],
  ];
}

/** ", in m/s" behind errors; "" where the unit is not known. */
export function unitOf({ target }: Pick<SweepStart, "target">): string {
  return target?.unit === undefined ? "" : `, in ${target.unit}`;
}

function plural(count: number, noun: string, ending = "s"): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : ending}`;
}

function widest(named: readonly { readonly name: string }[]): number {
  return Math.max(...named.map(({ name }) => textWidth(name)));
}
