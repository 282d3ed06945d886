/** What a report of a run from code may be told besides. */
import type { Dataset } from "../../src/data/dataset.ts";
import { strictOptions } from "../../src/math/options.ts";
import type { SeveralSet } from "../../src/model/index.ts";

/** What is known of one of several outputs. */
export interface OutputText {
  /** One name a class, where it tells classes apart. Default: their indices. */
  readonly classNames?: readonly string[];
  /** What its number is, such as "price". Default: the output's name. */
  readonly name?: string;
  /** What its number is counted in, such as "€". Default: not told. */
  readonly unit?: string;
}

/** Options of {@link reportHtml}. */
export interface ReportOptions {
  /** The training set, of which samples and class counts are shown. Default: the test set's samples alone. */
  readonly train?: Dataset | SeveralSet;
  /** Name of the network in the title. Default: the model's. */
  readonly name?: string;
  /** Name of the data in the title. Default: the test set's name. */
  readonly dataset?: string;
  /** What a regression predicts, and in what unit. Default: as the table says that it was trained on. */
  readonly target?: {
    /** What the number is, such as "price". */
    readonly name?: string;
    /** What it is counted in, such as "€". */
    readonly unit?: string;
  };
  /** What is known of each of several outputs, by their names. */
  readonly outputs?: Readonly<Record<string, OutputText>>;
}

/** @throws AnygradError INVALID_ARGUMENT */
export function reportOptions(subject: string, given: ReportOptions | undefined): ReportOptions {
  const options = strictOptions(
    subject,
    given,
    "train:object name:string dataset:string target:object outputs:object",
  );
  for (const [name, text] of Object.entries(options.outputs ?? {}))
    strictOptions(`${subject}: outputs: ${name}`, text, "classNames:object name:string unit:string");
  return options;
}
