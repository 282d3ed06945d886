/**
 * The named data sets, made in a worker of their own: drawing ten thousand digits, or unpacking MNIST, would hold a page
 * up for half a second. They come back without a copy: in shared memory where there is such, else moved.
 */

import type { TrainTest } from "../data/dataset.ts";
import { type Datasets, type NamedSetOptions, namedSetNames } from "../data/datasets.ts";
import { type DigitsOptions, digitsNames } from "../data/digits/digits.ts";
import { AnygradError } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import { connect } from "./connection.ts";
import type { TrainerMethods } from "./protocol.ts";

/** As the named sets and pictures among `datasets` of anygrad. */
export const datasets: Omit<Datasets, "windows"> = {
  digits: (options) =>
    inOwnWorker("digits", options, `${digitsNames} signal:AbortSignal onProgress:function`),
  mnist: (options) => inOwnWorker("mnist", options, namedSetNames),
  fashionMnist: (options) => inOwnWorker("fashionMnist", options, namedSetNames),
  // here: browsers decode beside the page by themselves, and canvases cannot be sent
  fromImages: async (images, options) =>
    (await import("../data/images/index.ts")).fromImages(images, options),
};

async function inOwnWorker<Options extends DigitsOptions | NamedSetOptions>(
  name: Parameters<TrainerMethods["dataset"]>[0]["name"],
  options: Options | undefined,
  names: string,
): Promise<TrainTest> {
  const { signal, onProgress, ...sent }: NamedSetOptions = strictOptions(name, options, names);
  const { link, close } = await connect({
    hook: noTraining,
    restore: noTraining,
    nextBatch: noTraining,
    closeStream: noTraining,
    progress: (progress) => onProgress?.(progress),
  });
  const abort = (): void =>
    close(new AnygradError("ABORTED", `${name}: aborted on its way`, { cause: signal?.reason }));
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort);
  try {
    return await link.call("dataset", { name, options: sent });
  } finally {
    signal?.removeEventListener("abort", abort);
    close(new AnygradError("NOT_READY", `${name}: the worker has done its work`));
  }
}

function noTraining(): never {
  throw new Error("there is no training in this worker");
}
