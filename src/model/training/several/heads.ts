/**
 * What is trained of a network of several outputs: `compile`'s losses, weights and metrics, told apart by the outputs' names or
 * their order. Imported where a network has several.
 */
import { AnygradError, quote } from "../../../errors.ts";
import type { LossLike } from "../../../losses/index.ts";
import { checkNumber } from "../../../math/checks.ts";
import { unknownName } from "../../../math/options.ts";
import type { Metric, MetricState, Rows } from "../../../metrics/index.ts";
import { Mean } from "../../../metrics/mean.ts";
import type { Graph } from "../../network/graph.ts";
import { type GivenMetrics, type Head, headOf } from "../head.ts";

/** The outputs that have a loss. @throws AnygradError INVALID_ARGUMENT */
export async function severalHeads(
  graph: Graph,
  {
    loss,
    lossWeights,
    metrics,
    weightedMetrics,
  }: {
    readonly loss: unknown;
    readonly lossWeights?: unknown;
    readonly metrics?: unknown;
    readonly weightedMetrics?: unknown;
  },
): Promise<readonly Head[]> {
  const names = graph.outputs.map(({ name }) => name);
  const losses = byOutput<LossLike>("loss", names, loss, isLoss);
  const weights = byOutput<number>("lossWeights", names, lossWeights ?? 1, isNumber);
  const counted = byOutput<GivenMetrics>("metrics", names, metrics ?? {}, isMetric);
  const further = byOutput<GivenMetrics>("weightedMetrics", names, weightedMetrics ?? {}, isMetric);
  const heads: Head[] = [];
  for (const [output, name] of names.entries()) {
    const [given, own, weight] = [losses.get(name), counted.get(name), weights.get(name)];
    if (given === undefined) {
      const without =
        own !== undefined
          ? "metrics"
          : further.has(name)
            ? "weightedMetrics"
            : weight !== undefined && lossWeights !== undefined && !isNumber(lossWeights)
              ? "lossWeights"
              : undefined;
      if (without)
        throw wrong(
          `${without} has ${quote(name)}, but loss has none for that output; give it one, or leave it out of ${without}`,
        );
      continue;
    }
    const factor = checkNumber(`compile: lossWeights: ${name}`, weight ?? 1, { from: 0 });
    heads.push(await headOf(graph, output, given, own ?? [], factor, further.get(name)));
  }
  if (heads.length === 0) throw wrong(`loss is empty; give one for an output: ${names.join(", ")}`);
  if (names.length === 1) return heads;
  return heads.map((head) => ({
    ...head,
    prefix: `${head.name}_`,
    logged: heads.length > 1 ? [lossOfOutput, ...head.metrics] : head.metrics,
  }));
}

/** What was given for each output: one for all, a list in their order, or a record. @throws AnygradError INVALID_ARGUMENT */
function byOutput<T>(
  option: string,
  names: readonly string[],
  given: unknown,
  isOne: (value: unknown) => boolean,
): Map<string, T> {
  if (isOne(given)) return new Map(names.map((name) => [name, given as T]));
  if (Array.isArray(given)) {
    if (given.length !== names.length)
      throw wrong(
        `${option} is a list of ${given.length} but there are ${names.length} outputs; pass one for each in the order ${names.join(", ")}, or a record by these names`,
      );
    return new Map(names.flatMap((name, i) => (given[i] == null ? [] : [[name, given[i] as T]])));
  }
  if (Object.prototype.toString.call(given) !== "[object Object]")
    throw wrong(`${option} is ${quote(given)}; pass one for each output, by the names ${names.join(", ")}`);
  for (const name of Object.keys(given as object))
    if (!names.includes(name)) throw unknownName(`compile: ${option}: output`, name, names);
  return new Map(
    Object.entries(given as Record<string, T>).filter(([, value]) => value !== undefined && value !== null),
  );
}

const isNumber = (value: unknown): boolean => typeof value === "number";

/** A name, a function, or an object that says what it is. */
function isLoss(value: unknown): boolean {
  const { type, config, call } = Object(value) as Record<string, unknown>;
  return (
    typeof value === "string" ||
    typeof value === "function" ||
    (typeof type === "string" && (typeof call === "function" || typeof config === "object"))
  );
}

function isMetric(value: unknown): boolean {
  const isOwn = typeof (Object(value) as Partial<Metric>).create === "function";
  return typeof value === "string" || typeof value === "function" || isOwn;
}

/** The mean of an output's loss, which the step brings along. */
const lossOfOutput: Metric = { name: "loss", config: {}, create: () => new MeanLoss() };

class MeanLoss extends Mean implements MetricState {
  update({ loss = 0, like, rows }: Rows): void {
    this.add(loss, like?.shape[0] ?? rows);
  }
}

const wrong = (fault: string): AnygradError => new AnygradError("INVALID_ARGUMENT", `compile: ${fault}`);
