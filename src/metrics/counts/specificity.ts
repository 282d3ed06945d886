/** Specificity: of what does not belong to a class, the share that is not taken for it. */
import { checkCount, checkNumber } from "../../math/checks.ts";
import { strictOptions } from "../../math/options.ts";
import { builtIn } from "../../registry.ts";
import { classesOf, type Metric, predictedClass, trueClass } from "../metric.ts";
import { TableState } from "./table.ts";

/** The options of {@link specificity}. */
export interface SpecificityOptions {
  /** The specificity of this class alone, logged as `specificity_3`. Default: the mean over all classes. */
  readonly classId?: number;
  /** A prediction of one column above it means yes. Default 0.5. */
  readonly threshold?: number;
}

/**
 * The share of negatives that are left alone. Of two classes class 1 is scored, the yes; of more each against the rest, by the
 * largest column, and the result is the mean over the classes that some row does not belong to.
 */
export function specificity(options?: SpecificityOptions): Metric {
  const type = "specificity";
  const { classId, threshold = 0.5 } = strictOptions(type, options, "classId threshold");
  if (classId !== undefined) checkCount(`${type}: classId`, classId, 0);
  checkNumber(`${type}: threshold`, threshold);
  const name = classId === undefined ? type : `${type}_${classId}`;
  return {
    name,
    type,
    config: { ...(classId !== undefined && { classId }), threshold },
    create: builtIn(
      () =>
        new TableState(
          type,
          classesOf,
          (predictions, targets, row, add) =>
            add(
              trueClass(type, targets, row, predictions.columns),
              predictedClass(predictions, row, threshold),
            ),
          ({ classes, counts }) => {
            const all = counts.reduce((sum, count) => sum + count, 0);
            const only = classId ?? (classes === 2 ? 1 : undefined);
            let [sum, present] = [0, 0];
            for (let c = only ?? 0; c < Math.min(classes, (only ?? classes) + 1); c++) {
              let [actual, predicted] = [0, 0];
              for (let other = 0; other < classes; other++) {
                actual += counts[c * classes + other]!;
                predicted += counts[other * classes + c]!;
              }
              if (actual === all) continue;
              sum += (all - actual - predicted + counts[c * classes + c]!) / (all - actual);
              present++;
            }
            return present === 0 ? 0 : sum / present;
          },
        ),
    ),
  };
}
