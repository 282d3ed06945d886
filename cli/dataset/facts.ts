/** What is told of a data set by `data info` and `data preview`. */

import type { DatasetFacts } from "../../report/dataset/facts.ts";
import { classCounts, valueStatistics } from "../../src/data/statistics.ts";
import type { Source } from "./source.ts";

export function factsOf({ train, test, classNames, name, where }: Source): DatasetFacts {
  const [inTrain, inTest] = [classCounts(train, classNames.length), classCounts(test, classNames.length)];
  return {
    name,
    where,
    ...(train.preparation?.columns && { table: train.preparation }),
    train: train.shape,
    test: test.shape,
    classes: classNames.map((className, classId) => ({
      name: className,
      train: inTrain[classId]!,
      test: inTest[classId]!,
    })),
    values: { train: valueStatistics(train), test: valueStatistics(test) },
  };
}
