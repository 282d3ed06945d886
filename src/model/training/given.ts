/**
 * What users give as data, in any form: which argument is what, and whether it is a data set. What makes a data set of other
 * forms is imported when it is needed.
 */
import type { Dataset } from "../../data/dataset.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { AtLengths } from "../lengths/data.ts";
import { type Graph, isNamed, isOpen } from "../network/graph.ts";
import type { Compiled } from "./context.ts";
import type { SeveralTaker } from "./several/rows.ts";

/** What a model tells of itself to who makes data sets for it. */
export interface Taker {
  readonly inputShape: Shape;
  readonly classNames: readonly string[] | undefined;
  /** Where it has several inputs or outputs. */
  readonly several?: SeveralTaker | undefined;
}

/** The network at the lengths of data, where it takes any; else as it is. */
export async function atLengths(subject: string, whole: AtLengths, given: unknown): Promise<AtLengths> {
  return isOpen(whole.graph) ? (await import("../lengths/data.ts")).atData(subject, whole, given) : whole;
}

/** What a model tells of itself. @param normalizations how bytes of several inputs become floats */
export function takerOf(
  graph: Graph,
  { heads }: Pick<Compiled, "heads">,
  classNames: readonly string[] | undefined,
  normalizations?: SeveralTaker["normalizations"],
): Taker {
  const several = isNamed(graph) ? { graph, heads, normalizations } : undefined;
  return { inputShape: graph.inputShape, classNames, several };
}

/**
 * Targets and options of `fit(data, options)` and `fit(x, y, options)`: the second argument is one or the other. The options
 * are not checked yet.
 * @param outputs names of outputs, which a record of targets has and options have not
 */
export function targetsAndOptions<Options extends object>(
  second: unknown,
  third: Options | undefined,
  outputs: readonly string[] = [],
): [y: unknown, options: Options | undefined] {
  const isOptions =
    Object(second) === second &&
    !(Symbol.iterator in (second as object)) &&
    !("data" in (second as object)) &&
    !ArrayBuffer.isView(second) &&
    !outputs.some((name) => Object.hasOwn(second as object, name));
  return isOptions && third === undefined ? [undefined, second as Options] : [second, third];
}

/**
 * The data set that was given: itself where it is one, else made of x and y. What is needed for that is imported then.
 * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH, DATA_FORMAT
 */
export async function resolveDataset(
  subject: string,
  given: unknown,
  y: unknown,
  taker: Taker,
): Promise<Dataset> {
  const { several, classNames: known } = taker;
  if (several)
    return (await import("./several/rows.ts")).severalDataset(subject, given, y, {
      ...several,
      classNames: known,
    });
  if (y === undefined && isDataset(given)) {
    const { classNames } = given;
    const differ = classNames && taker.classNames && String(classNames) !== String(taker.classNames);
    if (differ) (await examples()).checkSameClasses(subject, classNames, taker);
    return given;
  }
  return (await examples()).givenDataset(subject, given, y, taker);
}

const examples = (): Promise<typeof import("../../data/given/examples.ts")> =>
  import("../../data/given/examples.ts");

/** Whether its arrays can be read as they are. */
export function isDataset(given: unknown): given is Dataset {
  const { x, y, shape } = (given ?? {}) as Partial<Dataset>;
  const isInputs = x instanceof Uint8Array || x instanceof Float32Array;
  return (
    isInputs &&
    (y instanceof Uint8Array || y instanceof Int32Array || y instanceof Float32Array) &&
    Array.isArray(shape)
  );
}
