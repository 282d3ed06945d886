/** The end of `compare` where the runs predict numbers: what is written, told and printed as JSON. */
import {
  type NamedRegression,
  rankRegressions,
  regressionsPage,
  regressionsText,
} from "../../report/comparison/regression.ts";
import type { Style } from "../../report/text/style.ts";
import { AnygradError } from "../../src/errors.ts";
import { version } from "../process/packageRoot.ts";
import type { FailedRun } from "./runs.ts";

export interface RegressionComparison {
  readonly html: string;
  readonly text: string;
  /** What `--json` and compare.json hold. */
  readonly record: object;
}

/** Whether a run predicts numbers. */
export function isRegression({ settings }: Pick<NamedRegression, "settings">): boolean {
  return settings.test.r2 !== undefined;
}

/** @throws AnygradError INVALID_ARGUMENT where some runs tell classes apart, or runs were tested on other rows */
export function compareRegressions(
  runs: readonly NamedRegression[],
  {
    command,
    out,
    failed,
    style,
  }: {
    readonly command: string;
    readonly out: string | null;
    readonly failed: readonly FailedRun[];
    readonly style: Style;
  },
): RegressionComparison {
  const other = runs.find((run) => !isRegression(run));
  if (other)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `compare: ${other.path} tells classes apart, other runs predict numbers; compare runs of one kind`,
    );
  const sets = [...new Set(runs.map(({ dataset }) => dataset))].map((name) => {
    const members = runs.filter(({ dataset }) => dataset === name);
    const [first, ...others] = members;
    const stray = others.find(
      ({ predictions }) => String(predictions.labels) !== String(first!.predictions.labels),
    );
    if (others.length === 0 || stray)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        stray
          ? `compare: ${first!.path} and ${stray.path} were tested on different rows; compare runs with the same data, split and --limit`
          : `compare: ${first!.path} is the only run on ${name}; compare at least two runs of a data set`,
      );
    return rankRegressions(members);
  });
  return {
    html: regressionsPage(sets, command),
    text: sets.map((ranked) => regressionsText(ranked, style)).join("\n\n"),
    record: {
      anygrad: version(),
      command,
      out,
      datasets: sets.map((ranked) => ({
        name: ranked[0]!.dataset,
        testExamples: ranked[0]!.predictions.labels.length,
        target: ranked[0]!.settings.dataset.target,
        models: ranked.map(({ model, settings }) => ({
          model,
          preset: settings.preset,
          seed: settings.seed,
          ...settings.test,
          parameters: settings.params.total,
          seconds: settings.seconds,
          secondsPerEpoch: settings.secondsPerEpoch,
          stepMilliseconds: settings.stepMilliseconds,
          digest: settings.digest,
          command: settings.command,
        })),
      })),
      failed,
    },
  };
}
