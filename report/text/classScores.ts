/**
 * The scores of the classes as reports show them: of a class without test examples nothing is known, and it does not count
 * in the means, which say over how many classes they go.
 */
import type { ClassReport, ConfusionMatrix } from "../../src/metrics/index.ts";
import { formatCount, formatShare } from "./numbers.ts";

/** A score that is not known. */
const UNKNOWN = "–";

/** A class of which nothing is known, since the test set has no example of it. */
export function isUntested({ support }: Pick<ClassReport, "support">): boolean {
  return support === 0;
}

/** The scores of a class in words. @param digits of F1 behind the point */
export function scoreTexts(
  report: Pick<ClassReport, "support" | "precision" | "recall" | "f1">,
  digits = 3,
): { precision: string; recall: string; f1: string } {
  if (isUntested(report)) return { precision: UNKNOWN, recall: UNKNOWN, f1: UNKNOWN };
  const { precision, recall, f1 } = report;
  return { precision: formatShare(precision), recall: formatShare(recall), f1: f1.toFixed(digits) };
}

/** Means over the classes that have test examples. */
export interface MeanScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** The number of classes that have test examples. */
  readonly tested: number;
  /** "the means of the 10 classes", or "the means of the 3 classes (of 4) that have test examples". */
  readonly words: string;
}

export function meanScores({ perClass }: Pick<ConfusionMatrix, "perClass">): MeanScores {
  const tested = perClass.filter((report) => !isUntested(report));
  const mean = (score: "precision" | "recall" | "f1"): number =>
    tested.reduce((sum, report) => sum + report[score], 0) / tested.length;
  const [count, all] = [formatCount(tested.length), formatCount(perClass.length)];
  return {
    precision: mean("precision"),
    recall: mean("recall"),
    f1: mean("f1"),
    tested: tested.length,
    words:
      tested.length === perClass.length
        ? `the means of the ${all} classes`
        : `the means of the ${count} of ${all} classes that have test examples`,
  };
}
