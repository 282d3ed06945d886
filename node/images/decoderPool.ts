/**
 * Threads that decode pictures, each one at a time; here in turn where there are few pictures, or no threads.
 */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { ImagePreparation } from "../../src/data/preparation.ts";
import { packageFile } from "../packageFile.ts";
import type { DecodeOrder } from "./decoder.ts";
import { type ExampleOrReason, readExample } from "./readImage.ts";

/** Fewer are decoded before a thread has started. */
const FEW = 16;
/** Each holds a picture of full size: 48 MB for one of 12 million pixels, and again while it is turned. */
const MOST_THREADS = 8;

/**
 * Decodes files, in whatever order they are done.
 *
 * @param visit is told of each file by its index
 * @param options `signal` ends it; the caller looks whether it did
 */
export async function decodeAll(
  files: readonly string[],
  preparation: ImagePreparation,
  visit: (index: number, result: ExampleOrReason) => void,
  { signal, maxPixels }: { readonly signal?: AbortSignal; readonly maxPixels?: number },
): Promise<void> {
  const program = packageFile("dist/node/decoder.js");
  const threads = Math.min(MOST_THREADS, availableParallelism(), Math.ceil(files.length / FEW));
  let next = 0;
  // one queue: whoever is free takes the next
  const drain = async (decode: Decode): Promise<void> => {
    while (next < files.length && !signal?.aborted) {
      const index = next++;
      visit(index, await decode({ file: files[index]!, preparation, maxPixels }));
    }
  };
  const here: Decode = ({ file }) => readExample(file, preparation, maxPixels);
  if (threads < 2 || !existsSync(program)) return drain(here);
  const workers = Array.from({ length: threads }, () => startDecoder(program));
  const abort = (): void => {
    for (const worker of workers) worker.end();
  };
  signal?.addEventListener("abort", abort);
  try {
    await Promise.all(workers.map(({ decode }) => drain(decode)));
  } finally {
    signal?.removeEventListener("abort", abort);
    abort();
  }
}

type Decode = (order: DecodeOrder) => Promise<ExampleOrReason>;

function startDecoder(program: string): { decode: Decode; end(): void } {
  let [pending, state]: [((result?: ExampleOrReason) => void) | undefined, "new" | "works" | "lost"] = [
    undefined,
    "new",
  ];
  const worker = new Worker(program, { execArgv: [] });
  worker.on("message", (result: ExampleOrReason) => {
    state = "works";
    pending?.(result);
  });
  // One that never worked was not started: its picture is decoded here. One that has worked was killed by its picture.
  const lose = (reason: string): void => {
    const result = state === "new" ? undefined : { reason };
    state = "lost";
    pending?.(result);
  };
  worker.on("error", (error: Error) => lose(`its thread has died (${error.message})`));
  worker.on("exit", () => lose("its thread has ended"));
  return {
    async decode(order) {
      const result =
        state === "lost"
          ? undefined
          : await new Promise<ExampleOrReason | undefined>((resolve) => {
              pending = resolve;
              worker.postMessage(order);
            });
      pending = undefined;
      return result ?? readExample(order.file, order.preparation, order.maxPixels);
    },
    end() {
      if (state === "new") state = "works"; // ended on purpose: nothing is decoded here
      void worker.terminate();
    },
  };
}
