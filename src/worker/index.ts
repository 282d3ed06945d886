/**
 * anygrad/worker: training in a worker, so that a page stays responsive.
 *
 * ```ts
 * const net = inWorker(sequential([…], { inputShape: [28, 28, 1] }));
 * await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
 * const history = await net.fit(train, { epochs: 5, callbacks: [{ onEpochEnd: (epoch, logs) => show(logs) }] });
 * net.dispose();
 * ```
 *
 * A run in a worker gives the same bits as on the page. When not: in runtimes without workers (edge workers); there `net.train` makes a step
 * at a time.
 * @module anygrad/worker
 */
import type { Model } from "../model/index.ts";
import type { Predictions } from "../model/predictions/predict.ts";
import { WorkerModel, type WorkerModelOptions } from "./workerModel.ts";

export type { WorkerCompileOptions } from "./compileOptions.ts";
export { datasets } from "./datasets.ts";
export type { TransferOptions } from "./pageData.ts";
export type { WorkerModel, WorkerModelOptions } from "./workerModel.ts";

/**
 * The model in a worker of its own. One that is compiled takes weights and optimizer along; the model on the page
 * stays as it is.
 * @throws AnygradError UNSUPPORTED for a model with layers, or options of layers, of your own: functions cannot be sent
 */
export function inWorker<Outputs extends Predictions>(
  model: Model<Outputs>,
  options?: WorkerModelOptions,
): WorkerModel<Outputs> {
  return new WorkerModel(model, options);
}
