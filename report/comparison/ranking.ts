/** What the rankings of all kinds of models have in common: the columns of costs, which cell is the best, what differs. */
import { dataTable } from "../html/dataTable.ts";
import { type Html, html, type Part } from "../html/html.ts";
import { formatCount, formatMilliseconds, formatSeconds } from "../text/numbers.ts";
import type { ComparedRun } from "./comparison.ts";
import type { Timing } from "./timing.ts";

/** The best of a score among the models, with the places of all that have it. */
export function bestPlaces(values: readonly number[], best: "highest" | "lowest" = "highest"): Set<number> {
  const record = best === "highest" ? Math.max(...values) : Math.min(...values);
  return new Set(values.flatMap((value, place) => (value === record ? [place] : [])));
}

/** The best of its kind: bold and with a sign, so that it needs no colour. */
export function marked(text: string, isBest: boolean): Part {
  return isBest ? html`<strong>★ ${text}</strong>` : text;
}

/** A column of scores. */
export interface ScoreColumn<M> {
  readonly head: string;
  value(model: M): number;
  format(value: number): string;
  /** Which value is marked. */
  readonly best: "highest" | "lowest";
  /** What stands below the score. */
  below?(model: M): string;
}

/** @param columns scores; behind those, what stands beside them unmarked, the costs follow */
export function rankingTable<M extends ComparedRun>(
  models: readonly M[],
  timing: Timing,
  name: string,
  columns: readonly (ScoreColumn<M> | { readonly head: string; text(model: M): string })[],
): Html {
  const scores = columns.map((column) => {
    if ("text" in column) return models.map(column.text);
    const values = models.map(column.value);
    const best = bestPlaces(values, column.best);
    return values.map((value, place): Part => {
      const score = marked(column.format(value), best.has(place));
      return column.below
        ? html`${score}<small class="quiet">${column.below(models[place]!)}</small>`
        : score;
    });
  });
  const lowest = (of: (model: M) => number, format: (value: number) => string, isTime: boolean): Part[] => {
    const values = models.map(of);
    // of times that do not compare, none is the best
    const best = isTime && !timing.comparable ? new Set<number>() : bestPlaces(values, "lowest");
    return values.map((value, place) => marked(format(value), best.has(place)));
  };
  const parameters = lowest((model) => model.parameters, formatCount, false);
  const seconds = lowest((model) => model.seconds, formatSeconds, true);
  const steps = lowest((model) => model.stepMilliseconds, formatMilliseconds, true);
  return dataTable({
    caption: `Ranking by test ${name}; the best of each column is marked${timing.comparable ? "" : ", but not of times, which do not compare"}`,
    columns: [
      { head: "model", kind: "text" },
      ...columns.map(({ head }) => ({ head })),
      { head: "parameters" },
      { head: "training time" },
      { head: "ms per step" },
      { head: "epochs" },
      { head: "digest", kind: "code" },
    ],
    rows: models.map((model, place) => [
      `${place + 1}. ${model.model}`,
      ...scores.map((column) => column[place]!),
      parameters[place]!,
      seconds[place]!,
      steps[place]!,
      model.history.loss?.length ?? 0,
      html`<span title="${model.digest}">${model.digest.slice(0, 12)}</span>`,
    ]),
  });
}

/** The options in which the models differ, side by side; undefined where they do not. */
export function differences(models: readonly ComparedRun[]): Html | undefined {
  const names = [...new Set(models.flatMap(({ options }) => Object.keys(options)))];
  const differing = names.filter((name) =>
    models.some(({ options }) => options[name] !== models[0]!.options[name]),
  );
  if (differing.length === 0) return undefined;
  return dataTable({
    caption: "Options in which the models differ; all others are the same",
    columns: [
      { head: "option", kind: "text" },
      ...models.map(({ model }) => ({ head: model, kind: "text" as const })),
    ],
    rows: differing.map((name) => [name, ...models.map(({ options }) => options[name] ?? "–")]),
  });
}

export function sameWeights(models: readonly ComparedRun[]): Part {
  const twins = models.filter(({ digest }) => models.filter((other) => other.digest === digest).length > 1);
  return (
    twins.length > 0 &&
    html`<p>${listOf(twins.map(({ model }) => model))} ended with the same weights, bit for bit: their settings come to the same.</p>`
  );
}

/** "a", "a and b", "a, b and c" */
export function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
