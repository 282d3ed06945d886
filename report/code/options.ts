/** What a report of a run from code may be told besides. */
import type { Dataset } from "../../src/data/dataset.ts";

/** Options of {@link reportHtml}. */
export interface ReportOptions {
  /** The training set, of which samples and class counts are shown. Default: the test set's samples alone. */
  readonly train?: Dataset;
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
}

/** Their types. */
export const reportNames = "train:object name:string dataset:string target:object";
