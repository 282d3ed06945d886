/** Whether what was passed as a run is one: a model, its history and the examples to test it on, in this order. */

import type { Dataset } from "../../src/data/dataset.ts";
import { checkDataset } from "../../src/data/given/checkDataset.ts";
import { AnygradError, quote } from "../../src/errors.ts";
import { unknownName } from "../../src/math/options.ts";
import type { History, Model, Predictions, SeveralSet } from "../../src/model/index.ts";
import { targetShape } from "../../src/model/training/batches.ts";
import { atLengths } from "../../src/model/training/given.ts";
import type { ReportOptions } from "./options.ts";

/** A run as it is reported: its sets are data sets, also where they were given by the names of inputs and outputs. */
export interface GivenRun {
  readonly net: Model<Predictions>;
  readonly history: History;
  readonly test: Dataset;
  readonly options: Omit<ReportOptions, "train"> & { readonly train?: Dataset };
}

/** @throws AnygradError INVALID_ARGUMENT, NOT_READY, SHAPE_MISMATCH, DATA_FORMAT */
export async function givenRun(
  subject: string,
  net: Model<Predictions>,
  history: History,
  test: Dataset | SeveralSet,
  { train, ...others }: ReportOptions,
): Promise<GivenRun> {
  checkModel(subject, net);
  const { loss } = Object(history) as Partial<History>;
  if (!Array.isArray(loss))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: history is ${quote(history)}; pass what net.fit() gave, behind the model`,
    );
  if (loss.length === 0)
    throw new AnygradError("INVALID_ARGUMENT", `${subject}: history has no epochs; pass what net.fit() gave`);
  for (const name of Object.keys(others.outputs ?? {}))
    if (!net.outputNames.includes(name))
      throw unknownName(`${subject}: outputs: output`, name, net.outputNames);
  return {
    net,
    history,
    test: await setOf(`${subject}: test`, net, test),
    options: { ...others, ...(train && { train: await setOf(`${subject}: train`, net, train) }) },
  };
}

/** @throws AnygradError INVALID_ARGUMENT */
export function checkModel(subject: string, net: Model<Predictions>): void {
  if (typeof Object(net).predict === "function" && typeof Object(net).save === "function") return;
  throw new AnygradError("INVALID_ARGUMENT", `${subject}: net is ${quote(net)}; pass a model`);
}

/** The set itself; of a network of several inputs or outputs one whose rows hold them in the network's order, which it names. */
async function setOf(
  subject: string,
  net: Model<Predictions>,
  given: Dataset | SeveralSet,
): Promise<Dataset> {
  if (!net.isNamed) {
    checkDataset(subject, given as Dataset);
    return given as Dataset;
  }
  const { state, classNames } = net;
  const { graph, compiled } = state.compiled
    ? await atLengths(subject, { graph: net.graph, compiled: state.compiled }, given)
    : { graph: net.graph, compiled: undefined };
  const heads = compiled?.heads ?? [];
  const { severalDataset } = await import("../../src/model/training/several/rows.ts");
  const set = await severalDataset(subject, given, undefined, {
    graph,
    heads,
    classNames,
    normalizations: state.inputs.normalizations,
  });
  const { name } = given as Partial<Dataset>;
  return {
    ...set,
    ...(name !== undefined && { name }),
    parts: {
      ...(graph.forms.inputs !== "one" && {
        x: graph.inputs.map((input) => ({ name: input.name!, shape: input.shape })),
      }),
      ...(graph.forms.outputs !== "one" && {
        y: heads.map((head) => ({ name: head.name, shape: targetShape(head) })),
      }),
    },
  };
}
