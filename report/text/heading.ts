/** The block that opens a run: what is trained, on what, how, and with what. */

import { type ExampleKind, nounOf, sizeText } from "./noun.ts";
import { formatCount, plural } from "./numbers.ts";
import { plain, type Style } from "./style.ts";
import { factLines } from "./table.ts";

export interface RunHeading {
  readonly preset: string;
  readonly network: string;
  readonly parameters: number;
  readonly dataset: string;
  readonly train: ExampleKind;
  /** Examples that were held out of the training set; undefined where there are none. */
  readonly validationExamples?: number | undefined;
  readonly testExamples: number;
  readonly classes: number;
  /** Name of the number that is predicted, where no classes are told apart. */
  readonly target?: string | undefined;
  /** Where the data came from. */
  readonly where: string;
  /** The recipe in words, for example "adam 0.001, batches of 64, 4 epochs". */
  readonly recipe: string;
  readonly seed: number;
  readonly engine: { readonly runtime: string; readonly variant: string; readonly threads: number };
}

/** The block as several lines of at most `width` characters, without the last line break. */
export function headingBlock(
  run: RunHeading,
  style: Style = plain,
  width = Number.POSITIVE_INFINITY,
): string {
  const { train, engine, validationExamples } = run;
  const [toTrain, toTest] = [formatCount(train.shape[0] ?? 0), formatCount(run.testExamples)];
  const size = train.preparation?.columns ? sizeText(train) : sizeText(train).replaceAll(" × ", "×");
  const noun = `${nounOf(train)}s`;
  const learned =
    run.target === undefined ? plural(run.classes, "class", "classes") : `to predict ${run.target}`;
  const rows: [string, string][] = [
    ["network", `${run.network}: ${plural(run.parameters, "parameter")}`],
    [
      "data",
      validationExamples === undefined
        ? `${toTrain} + ${toTest} test ${noun} of ${size}, ${learned}`
        : `${toTrain} to train, ${formatCount(validationExamples)} to validate, ${toTest} to test: ${noun === "images" ? size : `${noun} of ${size}`}, ${learned}`,
    ],
    ["found", run.where],
    ["recipe", `${run.recipe}, seed ${run.seed}`],
    ["engine", `${engine.runtime}, ${engine.variant}, ${plural(engine.threads, "thread")}`],
  ];
  const title = `${style.strong(run.preset)} on ${style.strong(run.dataset)}`;
  return `${title}\n${factLines(rows, width, style)}`;
}
