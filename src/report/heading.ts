/** The block that opens a run: what is trained, on what, how, and with what. */
import { formatCount } from "./numbers.ts";
import { plain, type Style } from "./style.ts";
import { table } from "./table.ts";

export interface RunHeading {
  readonly preset: string;
  readonly network: string;
  readonly parameters: number;
  readonly dataset: string;
  readonly train: { readonly examples: number; readonly shape: readonly number[] };
  readonly testExamples: number;
  readonly classes: number;
  /** Where the data came from. */
  readonly where: string;
  /** For example "adam 0.001, batches of 64, 4 epochs". */
  readonly recipe: string;
  readonly seed: number;
  readonly engine: { readonly runtime: string; readonly variant: string; readonly threads: number };
}

/** Several lines, without the last line break. */
export function headingBlock(run: RunHeading, style: Style = plain): string {
  const { train, engine } = run;
  const rows: [string, string][] = [
    ["network", `${run.network}: ${formatCount(run.parameters)} parameters`],
    [
      "data",
      `${formatCount(train.examples)} + ${formatCount(run.testExamples)} test examples of ${train.shape.join("×")}, ` +
        `${run.classes} classes`,
    ],
    ["found", run.where],
    ["recipe", `${run.recipe}, seed ${run.seed}`],
    [
      "engine",
      `${engine.runtime}, ${engine.variant}, ${engine.threads} thread${engine.threads === 1 ? "" : "s"}`,
    ],
  ];
  const title = `${style.strong(run.preset)} on ${style.strong(run.dataset)}`;
  return `${title}\n${table(
    rows.map(([name, value]) => [{ text: name, stress: "quiet" }, value]),
    { style },
  )}`;
}
