/** The program of a thread that decodes pictures: a file and how it is prepared in, an example or the reason out. */
import { parentPort } from "node:worker_threads";
import type { ImagePreparation } from "../../src/data/preparation.ts";
import { type ExampleOrReason, readExample } from "./readImage.ts";

/** What a thread is asked. */
export interface DecodeOrder {
  readonly file: string;
  readonly preparation: ImagePreparation;
  readonly maxPixels?: number | undefined;
}

parentPort?.on("message", async ({ file, preparation, maxPixels }: DecodeOrder) => {
  const answer: ExampleOrReason = await readExample(file, preparation, maxPixels).catch((error: unknown) => ({
    reason: String(error),
  }));
  const moved = "example" in answer ? [answer.example.buffer as ArrayBuffer] : [];
  parentPort!.postMessage(answer, moved);
});
