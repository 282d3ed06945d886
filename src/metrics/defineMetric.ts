/** Metrics of users' own that have a name and options, and so are saved; a function alone is in meanOf.ts. */
import {
  type ConfigOf,
  type DefinitionOf,
  define,
  type NoTable,
  type OptionTable,
  type OwnDefinition,
  strictDefinition,
} from "../definitions/definition.ts";
import { metricNames } from "../definitions/names.ts";
import { AnygradError, quote } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { stateOfFunction } from "./meanOf.ts";
import type { Metric, MetricState } from "./metric.ts";

/** A metric that is a mean: what it computes of a batch. */
type MeanDefinition<Table extends OptionTable> = OwnDefinition<
  Table,
  (yTrue: Tensor, yPred: Tensor, call: { readonly options: ConfigOf<Table> }) => Tensor
> & {
  /** Left out of a mean. */
  readonly create?: undefined;
};

/** A metric that is no mean. */
type StateDefinition<Table extends OptionTable> = Omit<MeanDefinition<Table>, "call" | "create"> & {
  /** A running value has `create` in its place. */
  readonly call?: undefined;
  /** Starts a running value, which counts batches as plain numbers. */
  readonly create: (options: ConfigOf<Table>) => MetricState;
};

/** What a metric of one's own takes besides its options. */
export interface MetricNaming {
  /** The name under which it is logged. Default: that of the definition. */
  name?: string;
}

/** What {@link defineMetric} takes. */
export type OwnMetricDefinition<Table extends OptionTable> = MeanDefinition<Table> | StateDefinition<Table>;

/**
 * A metric of your own. `call` gives, by ops, a value for each example, [n], for each place, or one for the batch: the metric is its
 * weighted mean. What is no mean has `create` in its place, which gives { update, result, reset }. It is logged under its name, or
 * under `name` where it is made with one.
 * @throws AnygradError INVALID_ARGUMENT for a name that anygrad's own have, and for what is no definition
 * @example
 * ```js
 * import { defineMetric, ops } from "anygrad";
 *
 * const within = defineMetric({
 *   name: "within",
 *   options: { error: 0.1 },
 *   call: (yTrue, yPred, { options: { error } }) =>
 *     ops.mean(ops.less(ops.abs(ops.subtract(yTrue, yPred)), error), { axis: -1 }),
 * });
 * console.log(within({ error: 1 }).name, within({ error: 2, name: "within2" }).name); // within within2
 * ```
 */
export function defineMetric<Table extends OptionTable = NoTable>(
  given: OwnMetricDefinition<Table>,
): DefinitionOf<Table, MetricNaming, Metric> {
  const form = "(yTrue, yPred, { options }) => values, or create";
  const isState = typeof (given as Partial<StateDefinition<Table>> | undefined)?.create === "function";
  const { name, options, call, create } = isState
    ? (strictOptions<object, string>(
        "defineMetric",
        given,
        "name create:function options",
      ) as StateDefinition<Table>)
    : (strictDefinition(
        "metric",
        given as MeanDefinition<Table>,
        form,
        "create:function",
      ) as MeanDefinition<Table>);
  return define({ kind: "metric", taken: metricNames, shared: "name" }, { name, options }, (own, shared) => {
    const { name: key = name } = shared as { name?: string };
    if (typeof key !== "string" || key === "")
      throw new AnygradError("INVALID_ARGUMENT", `${name}: name is ${quote(key)}; pass the key for the logs`);
    const config = own.config as ConfigOf<Table>;
    return {
      ...own,
      custom: "metric",
      name: key,
      config: { ...own.config, ...(key !== name && { name: key }) },
      create: () =>
        create
          ? create(config)
          : stateOfFunction(key, (yTrue, yPred) => call!(yTrue, yPred, { options: config })),
    };
  }) as DefinitionOf<Table, { name?: string }, Metric>;
}
