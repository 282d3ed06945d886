/** Whether what was passed as a run is one: a model, its history and the examples to test it on, in this order. */

import type { Dataset } from "../../src/data/dataset.ts";
import { checkDataset } from "../../src/data/given/checkDataset.ts";
import { AnygradError, quote } from "../../src/errors.ts";
import type { History, Model, Predictions } from "../../src/model/index.ts";

/** @throws AnygradError INVALID_ARGUMENT; UNSUPPORTED for a model of several outputs */
export function checkRun(subject: string, net: Model, history: History, test: Dataset): void {
  checkModel(subject, net);
  if (net.outputNames?.length > 1)
    throw new AnygradError(
      "UNSUPPORTED",
      `${subject}: the model has ${net.outputNames.length} outputs, and a report is of one; make it of model({ inputs: net.inputs, outputs: net.outputs[0] })`,
    );
  const { loss } = Object(history) as Partial<History>;
  if (!Array.isArray(loss))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: history is ${quote(history)}; pass what net.fit() gave, behind the model`,
    );
  if (loss.length === 0)
    throw new AnygradError("INVALID_ARGUMENT", `${subject}: history has no epochs; pass what net.fit() gave`);
  checkDataset(`${subject}: test`, test);
}

/** @throws AnygradError INVALID_ARGUMENT */
export function checkModel(subject: string, net: Model<Predictions>): void {
  if (typeof Object(net).predict === "function" && typeof Object(net).save === "function") return;
  throw new AnygradError("INVALID_ARGUMENT", `${subject}: net is ${quote(net)}; pass a model`);
}
