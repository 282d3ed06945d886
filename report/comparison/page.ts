/** A comparison as one HTML file: a part for each data set, whatever is predicted there, and how to repeat it all. */
import { rankingName, rankingScore } from "../../runs/scores.ts";
import { dataTable } from "../html/dataTable.ts";
import { type Html, html, type Part } from "../html/html.ts";
import { page, type Section, type SectionPart } from "../html/page.ts";
import { formatSeconds } from "../text/numbers.ts";
import { commandWithoutFolders, withoutFolders } from "../text/paths.ts";
import type { ComparedRun } from "./comparison.ts";
import { bestPlaces, listOf, marked } from "./ranking.ts";
import type { Timing } from "./timing.ts";

/** One data set of the page. */
export interface PageSet {
  readonly dataset: string;
  /** The best first. */
  readonly models: readonly ComparedRun[];
  readonly timing: Timing;
  /** What is said behind the best model's name: that another is level with it. */
  readonly lead: string;
  /** Ranking, charts and what else there is to say. */
  readonly body: Part;
  /** Their ids are made those of the data set. */
  readonly parts: readonly SectionPart[];
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
  const datasets = sets.map(({ dataset }) => dataset);
  const all = sets.flatMap((set) => set.models);
  return page({
    title: `${models.length} models compared on ${listOf(datasets)}`,
    headline: sets.map(headline),
    facts: [
      ["models", models.length],
      ["data sets", datasets.length],
      ["runs", failed.length > 0 ? `${all.length}, ${failed.length} more failed` : all.length],
      ["training time, all runs", formatSeconds(all.reduce((sum, { seconds }) => sum + seconds, 0))],
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
function modelNames(sets: readonly PageSet[]): string[] {
  return [...new Set(sets.flatMap(({ models }) => models.map(({ model }) => model)))];
}

function headline({ dataset, models, lead }: PageSet): Html {
  const [best] = models;
  const score = `${rankingName(best!.test) === "R²" ? "R² " : ""}${rankingScore(best!.test).toFixed(4)}`;
  return html`<span style="display:block">${dataset}: <strong>${score}</strong> by ${best!.model}${lead}.</span>`;
}

function overview(sets: readonly PageSet[], models: readonly string[]): Section {
  const scores = sets.map((set) =>
    models.map((name) => {
      const found = set.models.find(({ model }) => model === name);
      return found ? rankingScore(found.test) : Number.NaN;
    }),
  );
  const best = scores.map((column) =>
    bestPlaces(column.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value))),
  );
  const names = sets.map((set) => rankingName(set.models[0]!.test));
  const mixed = new Set(names).size > 1;
  return {
    id: "overview",
    title: "All data sets",
    body: dataTable({
      caption: `Test ${mixed ? "accuracy, or R² where numbers are predicted" : names[0]}; the best of each data set is marked`,
      columns: [
        { head: "model", kind: "text" },
        ...sets.map(({ dataset }, set) => ({ head: mixed ? `${dataset}, ${names[set]}` : dataset })),
      ],
      rows: models.map((name, place) => [
        name,
        ...scores.map((column, set) =>
          Number.isNaN(column[place]!) ? "" : marked(column[place]!.toFixed(4), best[set]!.has(place)),
        ),
      ]),
    }),
  };
}

function datasetSection({ dataset, body, parts }: PageSet, place: number): Section {
  const id = `set-${place + 1}`;
  return { id, title: dataset, body, parts: parts.map((part) => ({ ...part, id: `${id}-${part.id}` })) };
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
  const runs = sets.flatMap(({ dataset, models }) => models.map((model) => ({ model, dataset })));
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
  rows: runs.map(({ model, dataset }) => [
    model.model,
    dataset,
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
