/** anygrad/worker as users import it: a worker needs a program in a file, so `npm test` has built it before. */
import { onTestFinished } from "vitest";
import type { CompileOptions, Model } from "../../src/model/index.ts";
import type { WorkerModel, WorkerModelOptions } from "../../src/worker/index.ts";

const name = "anygrad/worker"; // a variable: the type check runs before there is a build
export const { inWorker, datasets }: typeof import("../../src/worker/index.ts") = await import(name);

export const options: CompileOptions = {
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
};

/** A model in a worker that ends with the test, on one thread. */
export function working(
  model: Model,
  settings: WorkerModelOptions = { engine: { threads: 1 } },
): WorkerModel {
  const net = inWorker(model, settings);
  onTestFinished(() => net.dispose());
  return net;
}

export async function compiled(model: Model, settings?: WorkerModelOptions): Promise<WorkerModel> {
  const net = working(model, settings);
  await net.compile(options);
  return net;
}
