/**
 * Data of networks of several inputs or outputs. What is given by name, or as lists in the order of inputs and outputs, is checked
 * against each of them and becomes one row of numbers an example, which the batches divide again (batches.ts): shuffling,
 * streams, workers and resuming see one x and one y. Imported where a network has several.
 */
import type { Dataset, Normalization, Part } from "../../../data/dataset.ts";
import { givenExamples } from "../../../data/given/examples.ts";
import { isNamedData } from "../../../data/given/namedData.ts";
import { type Columns, columnsOf, joinColumns, numberAt } from "../../../data/given/parts.ts";
import { readTargets } from "../../../data/given/targets.ts";
import { AnygradError, quote } from "../../../errors.ts";
import { unknownName } from "../../../math/options.ts";
import { formatShape, type Shape, sameShape, sizeOf } from "../../../tensor/shape.ts";
import type { Graph } from "../../network/graph.ts";
import { checkDataset } from "../checkData.ts";
import type { Head } from "../head.ts";

/** What a model of several inputs or outputs tells of itself. */
export interface SeveralTaker {
  readonly graph: Graph;
  /** The outputs that have targets. */
  readonly heads: readonly Pick<Head, "name" | "shape" | "loss">[];
  /** How the bytes of inputs become floats, by their names. */
  readonly normalizations?: Readonly<Record<string, Normalization>> | undefined;
}

/** The data set of what was given. @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH, DATA_FORMAT */
export async function severalDataset(
  subject: string,
  given: unknown,
  y: unknown,
  taker: SeveralTaker & { readonly classNames: readonly string[] | undefined },
): Promise<Dataset> {
  const { graph, heads } = taker;
  const whole: Fields = y === undefined ? fieldsOf(subject, given) : { x: given, y };
  const inputs = severalInputs(subject, whole.parts?.x ? whole : whole.x, taker);
  const { n } = inputs;
  if (heads.length === 1 && graph.forms.outputs === "one") {
    // one target an example is read as ever, names of classes too
    const { values, classNames } = readTargets(
      whole.y,
      n,
      `${subject}: y`,
      whole.classNames ?? taker.classNames,
    );
    return {
      x: inputs.rows,
      shape: inputs.shape,
      y: values,
      ...(classNames && { classNames }),
      ...inputs.about,
    };
  }
  const known = whole.parts?.y && columnsOf(whole.y as Float32Array, whole.parts.y);
  const names = graph.outputs.map(({ name }) => name);
  const wanted = heads.map(({ name }) => name);
  const found: ReadonlyMap<string, unknown> = known ?? bySide(subject, "y", names, wanted, whole.y);
  const columns: Columns[] = [];
  for (const { name, shape, loss } of heads) {
    const path = `${subject}: output ${JSON.stringify(name)}`;
    if (!found.has(name))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: y has nothing for the output ${quote(name)}, which has a loss; pass targets for ${wanted.join(", ")}`,
      );
    const own = known ? (found.get(name) as Columns) : targetsOf(path, found.get(name), n);
    const values = known
      ? Float32Array.from({ length: n * own.width }, (_, i) => numberAt(own, i))
      : own.values;
    const { rows: x, shape: all } = inputs;
    const aim = { kind: loss.targets, shape };
    await checkDataset(path, { x, shape: all, y: values as Float32Array }, graph.inputShape, aim);
    columns.push({ values, width: values.length / n });
  }
  return { x: inputs.rows, shape: inputs.shape, y: joinColumns(columns, n), ...inputs.about };
}

/** The inputs of examples as rows, and how bytes among them became floats. @throws AnygradError as `severalDataset` does */
export function severalInputs(
  subject: string,
  given: unknown,
  { graph, normalizations }: Pick<SeveralTaker, "graph" | "normalizations">,
): {
  readonly rows: Dataset["x"];
  readonly shape: readonly number[];
  readonly n: number;
  readonly about: Pick<Dataset, "normalization" | "normalizations" | "preparation" | "parts">;
} {
  const { inputs, forms } = graph;
  const set = Object(given) as Partial<Dataset>;
  if (forms.inputs === "one" && !set.parts?.x) {
    const { values, shape, normalization } = givenExamples(subject, given, inputs[0]!.shape);
    const { preparation } = set;
    const about = { ...(normalization && { normalization }), ...(preparation && { preparation }) };
    return { rows: values, shape, n: shape[0]!, about };
  }
  const names = inputs.map(({ name }) => name!);
  const parts = { x: inputs.map(({ name, shape }) => ({ name: name!, shape })) }; // at what lengths they are, where the network takes any
  if (set.parts?.x) {
    const { x, parts: given, shape = [] } = set as Dataset;
    const n = shape[0]!;
    const columns = inputs.map((each) => partOf(subject, each.name!, each.shape, x, given!.x!));
    const same = names.join("/") === given!.x!.map(({ name }) => name).join("/");
    const rows = same && x instanceof Float32Array ? x : joinColumns(columns, n);
    return { rows, shape: [n, rows.length / n], n, about: { parts } };
  }
  const isWrapped = isNamedData(given) && "x" in given && !names.includes("x");
  const data = isWrapped ? given.x : given;
  const found = bySide(subject, "x", names, names, data);
  const used: Record<string, Normalization> = {};
  let first: { name: string; n: number } | undefined;
  const columns = inputs.map(({ name, shape }, k): Columns => {
    const path = `${subject}: input ${JSON.stringify(name)}`;
    if (!found.has(name!))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: x has nothing for the input ${quote(name)}; pass ${names.join(", ")}`,
      );
    const { values, shape: whole, normalization: own } = givenExamples(path, found.get(name!), shape);
    const [n = 0] = whole;
    first ??= { name: name!, n };
    if (n !== first.n)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${path} has ${n} examples but ${quote(first.name)} has ${first.n}; pass as many for each input`,
      );
    const isRaw = values instanceof Uint8Array && !rescales(graph, k);
    const normalization = isRaw ? (normalizations?.[name!] ?? own) : undefined;
    if (normalization) used[name!] = normalization;
    return { values, width: sizeOf(shape), normalization };
  });
  const { n } = first!;
  const rows = joinColumns(columns, n);
  const about = { ...(Object.keys(used).length > 0 && { normalizations: used }), parts };
  return { rows, shape: [n, rows.length / n], n, about };
}

/** What a data set, a batch or a pair holds. */
type Fields = Pick<Partial<Dataset>, "parts" | "classNames"> & { readonly x: unknown; readonly y: unknown };

/** @throws AnygradError INVALID_ARGUMENT */
function fieldsOf(subject: string, given: unknown): Fields {
  if (Array.isArray(given) && given.length === 2) return { x: given[0], y: given[1] };
  const { x, y } = Object(given) as { x?: unknown; y?: unknown };
  if (x !== undefined && y !== undefined) return given as Fields;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: got ${quote(given)} where x and y are wanted; pass { x, y } or x and y, each by the names of inputs and outputs`,
  );
}

/** What was given for each name: by a record, or by a list in the order of the names. @throws AnygradError INVALID_ARGUMENT */
function bySide(
  subject: string,
  side: "x" | "y",
  names: readonly string[],
  wanted: readonly string[],
  given: unknown,
): ReadonlyMap<string, unknown> {
  const what = side === "x" ? "input" : "output";
  if (isNamedData(given)) {
    for (const name of Object.keys(given))
      if (!names.includes(name)) throw unknownName(`${subject}: ${side}: ${what}`, name, names);
    return new Map(Object.entries(given).filter(([, value]) => value !== undefined));
  }
  if (wanted.length === 1) return new Map([[wanted[0]!, given]]);
  const order = Array.isArray(given) && given.length === wanted.length ? wanted : names;
  if (Array.isArray(given) && given.length === order.length)
    return new Map(order.map((name, i) => [name, given[i] as unknown]));
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: ${side} is ${Array.isArray(given) ? `a list of ${given.length}` : quote(given)} but the model has the ${what}s ${names.join(", ")}; pass a record by these names, or a list in this order`,
  );
}

/** Targets of one output. @throws AnygradError SHAPE_MISMATCH, DATA_FORMAT, INVALID_ARGUMENT */
function targetsOf(path: string, given: unknown, n: number): Columns {
  const { values, classNames } = readTargets(given, n, `${path}: y`, undefined);
  if (!classNames) return { values, width: values.length / n };
  throw new AnygradError(
    "DATA_FORMAT",
    `${path}: y has names of classes; pass class indices: of several outputs no names of classes are kept`,
  );
}

/** The columns of an input in rows that were joined by name. @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH */
function partOf(
  subject: string,
  name: string,
  shape: Shape,
  rows: Dataset["x"],
  parts: readonly Part[],
): Columns {
  const columns = columnsOf(rows, parts).get(name);
  const names = parts.map((part) => part.name);
  if (!columns)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: the data set has ${names.join(", ")} but the model takes ${quote(name)}; name the data as the inputs`,
    );
  const part = parts[names.indexOf(name)]!.shape;
  if (columns.width === sizeOf(shape) && (part.length <= 1 || sameShape(part, shape))) return columns;
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `${subject}: ${quote(name)} has the shape ${formatShape(part)} but the model takes ${formatShape(shape)}; pass examples of that shape`,
  );
}

/** Whether all layers that take the input bring raw numbers to the network's scale by themselves. */
function rescales({ nodes }: Graph, input: number): boolean {
  return nodes.every(({ inputs, layer }) => !inputs.includes(-1 - input) || layer.traits?.rescales);
}
