/** What an earlier report has left in a folder: what is written anew, with a report or without one, takes it away. */
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileNames } from "../schema.ts";

/**
 * All figures that the report of a run may have; samples, mistakes and filters need pictures, curves more than one point. The last two are
 * of earlier versions.
 */
export const runFigures: readonly string[] = [
  "samples",
  "architecture",
  "accuracy",
  "loss",
  "accuracy-steps",
  "loss-steps",
  "learning-rate",
  "confusion",
  "classes",
  "f1",
  "mistakes",
  "balance",
  "filters",
  "r2",
  "rmse",
  "predicted-actual",
  "errors",
  "confusion-counts",
  "confusion-rates",
];

const isFigure = {
  run: (name: string) => runFigures.includes(name),
  comparison: (name: string) =>
    /-(parameters|seconds|(val-)?(accuracy|loss|r2|rmse|mae)|classes|hardest|within|(confusion|confused|alone|fit|errors)-\d+)$/.test(
      name,
    ),
  sweep: (name: string) => /^(parallel|shares|curves|effect-.+)$/.test(name),
};

/** The names of its files that are there; what else lies among the figures is the user's. A link is not followed. */
export async function formerReport(folder: string, of: keyof typeof isFigure): Promise<string[]> {
  const figures = join(folder, "figures");
  const isFolder = (await lstat(figures).catch(() => undefined))?.isDirectory();
  const names = isFolder ? await readdir(figures) : [];
  const ours = names.filter((name) => /[.](svg|png)$/.test(name) && isFigure[of](name.slice(0, -4)));
  return [fileNames.report, ...ours.map((name) => `figures/${name}`)];
}
