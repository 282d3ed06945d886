/**
 * The named data sets, made in a worker of their own: drawing ten thousand digits, or unpacking MNIST, would hold a page
 * up for half a second. They come back without a copy: in shared memory where there is such, else moved.
 */

import { dataset, type TrainTest } from "../data/dataset.ts";
import { type Datasets, type NamedSetOptions, namedSetNames } from "../data/datasets.ts";
import { type DigitsOptions, digitsNames } from "../data/digits/digits.ts";
import { printable } from "../data/printable.ts";
import { AnygradError } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import { hostGlobals } from "../runtime/capabilities.ts";
import { connect } from "./connection.ts";
import type { TrainerMethods } from "./messages/protocol.ts";

/** As the named sets and pictures among `datasets` of anygrad. */
export const datasets: Omit<Datasets, "windows"> = {
  from: (options) => dataset(options),
  digits: (options) =>
    inOwnWorker("digits", options, `${digitsNames} signal:AbortSignal onProgress:function`),
  mnist: (options) => inOwnWorker("mnist", options, namedSetNames),
  fashionMnist: (options) => inOwnWorker("fashionMnist", options, namedSetNames),
  emnist: (options) => inOwnWorker("emnist", options, `${namedSetNames} split:string`),
  kmnist: (options) => inOwnWorker("kmnist", options, namedSetNames),
  qmnist: (options) => inOwnWorker("qmnist", options, namedSetNames),
  cifar10: (options) => inOwnWorker("cifar10", options, namedSetNames),
  cifar100: (options) => inOwnWorker("cifar100", options, namedSetNames),
  // here: browsers decode beside the page by themselves, and canvases cannot be sent
  fromImages: async (images, options) =>
    (await import("../data/images/index.ts")).fromImages(images, options),
};

async function inOwnWorker<Options extends DigitsOptions | NamedSetOptions>(
  name: Parameters<TrainerMethods["dataset"]>[0]["name"],
  options: Options | undefined,
  names: string,
): Promise<TrainTest> {
  const { signal, onProgress, url, ...others }: NamedSetOptions = strictOptions(name, options, names);
  // the worker has an address of its own, and would read a relative one by that
  const sent = { ...others, ...(url !== undefined && { url: absolute(url) }) };
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
    const { train, test } = await link.call("dataset", { name, options: sent });
    return { train: printable(train), test: printable(test) };
  } finally {
    signal?.removeEventListener("abort", abort);
    close(new AnygradError("NOT_READY", `${name}: the worker has done its work`));
  }
}

function absolute(url: string): string {
  const { location } = hostGlobals();
  return location?.href === undefined ? url : new URL(url, location.href).href;
}

function noTraining(): never {
  throw new Error("there is no training in this worker");
}
