/** A run from its beginning to its end in a worker of its own, beside the one that is looked at. */
import type { Experiment, RateChange } from "../recipe/experiment.ts";
import { Client, WorkshopError } from "./client.ts";
import type { Finished, OwnData } from "./messages.ts";

export interface SeparateRun {
  readonly experiment: Experiment;
  readonly own: OwnData | undefined;
  readonly rates?: readonly RateChange[];
  readonly signal?: AbortSignal;
  onShare(share: number): void;
}

/** @throws what the run failed by; where the signal is given, its reason */
export async function trainedApart({
  experiment,
  own,
  rates = [],
  signal,
  onShare,
}: SeparateRun): Promise<Finished> {
  let client: Client | undefined;
  try {
    return await new Promise<Finished>((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason));
      client = new Client(
        {
          progress: ({ step, steps }) => onShare(steps > 0 ? step / steps : 0),
          finished: resolve,
          failed: (failure) => reject(new WorkshopError(failure)),
        },
        reject,
      );
      const work = async (worker: Client): Promise<void> => {
        await worker.call("read", { data: experiment.data, own });
        const watching = { surface: false, filters: false, histograms: false };
        await worker.call("begin", { experiment, watching, rates });
        await worker.call("play", undefined);
      };
      work(client).catch(reject);
    });
  } finally {
    client?.close();
  }
}
