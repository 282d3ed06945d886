/** The outputs of a network over a test set, each by itself: what it should have given, and what it gave. */

import { type Dataset, exampleCount } from "../../../src/data/dataset.ts";
import { type Columns, columnsOf, numberAt } from "../../../src/data/given/parts.ts";
import type { Model, Prediction, Predictions } from "../../../src/model/index.ts";
import { type AtLengths, atData } from "../../../src/model/lengths/data.ts";
import { isOpen } from "../../../src/model/network/graph.ts";
import { targetShape } from "../../../src/model/training/batches.ts";
import type { Head } from "../../../src/model/training/head.ts";

/** An output that was tested. */
export interface TestedOutput {
  readonly name: string;
  /** Shape of an example's output. */
  readonly shape: readonly number[];
  /** What its loss takes. */
  readonly targets: "labels" | "dense";
  /** The activation of the layer that gives it. */
  readonly ending: string;
  /** Number of test examples. */
  readonly n: number;
  /** What it should have given, row after row: class indices or numbers. */
  readonly y: ArrayLike<number>;
  /** What it gave, `[n, ...shape]`. */
  readonly predicted: Float32Array;
  /** Names of its classes, as far as they are known. */
  readonly classNames: readonly string[] | undefined;
  /** Its columns of a history: "loss" of "price_loss". */
  readonly logs: readonly string[];
  /** What they begin with in the history: "price_"; empty where there is one output. */
  readonly prefix: string;
}

/**
 * @param test with the targets of several outputs in one row, as `resolvedSet` has it
 * @param classNames of each output by its name
 * @throws AnygradError SHAPE_MISMATCH, DATA_FORMAT for a test set that the network does not take
 */
export async function testedOutputs(
  net: Model<Predictions>,
  test: Dataset,
  classNames: Readonly<Record<string, readonly string[]>> = {},
): Promise<readonly TestedOutput[]> {
  const own = { graph: net.graph, compiled: net.state.compiled };
  // of any length, at that of the test set
  const { graph, compiled } =
    own.compiled && isOpen(own.graph) ? atData("report", own as AtLengths, test) : own;
  const heads = compiled?.heads ?? [];
  const n = exampleCount(test);
  const given = (await net.predict(test)) as Predictions;
  const { outputs: form } = graph.forms;
  const targets = targetsOf(test, heads);
  return heads.map((head) => ({
    name: head.name,
    shape: graph.nodes[graph.outputs[head.output]!.node]!.outputShape,
    targets: head.loss.targets,
    ending: graph.nodes[graph.outputs[head.output]!.node]!.layer.lastActivation,
    n,
    y: targets(head.name),
    predicted: (form === "one"
      ? (given as Prediction)
      : (given as Readonly<Record<string | number, Prediction>>)[form === "list" ? head.output : head.name]!
    ).data,
    classNames:
      classNames[head.name] ?? (heads.length === 1 ? (net.classNames ?? test.classNames) : undefined),
    logs: head.logged.map(({ name }) => name),
    prefix: head.prefix,
  }));
}

function targetsOf({ y }: Dataset, heads: readonly Head[]): (name: string) => ArrayLike<number> {
  if (heads.length === 1) return () => y;
  const columns = columnsOf(
    y,
    heads.map((head) => ({ name: head.name, shape: targetShape(head) })),
  );
  return (name) => cut(columns.get(name)!);
}

/** Columns of longer rows by themselves. */
export function cut(columns: Columns): Float32Array {
  const { values, width, stride = width } = columns;
  return Float32Array.from({ length: (values.length / stride) * width }, (_, i) => numberAt(columns, i));
}
