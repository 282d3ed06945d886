/** All data sets that are downloaded by name. `datasets` imports this when one of them is asked for. */

import { unknownName } from "../../math/options.ts";
import { createHost } from "../../runtime/host.ts";
import type { TrainTest } from "../dataset.ts";
import { type NormalizationMethod, normalize } from "../normalize.ts";
import { take } from "../selection.ts";
import { loadNamedSet, namedSets, type SourceOptions } from "../sources.ts";

/** Options of the sets that are downloaded, such as `datasets.mnist`. */
export interface NamedSetOptions extends SourceOptions {
  /** "simple" (÷ 255, default), "standard" (mean and deviation of the training set) or "none". */
  readonly normalize?: NormalizationMethod;
  /** Number of examples of each of the two sets that are kept, the first ones. Default: all. */
  readonly limit?: number;
}

/** Finds or downloads a set, shortens and normalises it. @throws AnygradError as `datasets.mnist` */
export async function readNamed(name: string, options: NamedSetOptions = {}): Promise<TrainTest> {
  const set = namedSets.find((known) => known.name === name);
  if (!set) {
    const emnist = namedSets.flatMap((known) => (known.folder === "emnist" ? [known.name.slice(7)] : []));
    throw unknownName("datasets.emnist: split", name.slice(7), emnist);
  }
  const { train, test } = await loadNamedSet(createHost(), set, options);
  const { limit = Number.MAX_SAFE_INTEGER } = options;
  return normalize({ train: take(train, limit), test: take(test, limit) }, options.normalize ?? "simple");
}
