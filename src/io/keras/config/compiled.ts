/** How a model was compiled in Keras: loss, optimizer and metrics, as far as they are here. */

import type { Engine } from "../../../autograd/engine.ts";
import { AnygradError, reasonOf } from "../../../errors.ts";
import { losses } from "../../../losses/index.ts";
import { metricFromConfig } from "../../../metrics/named.ts";
import type { CompileOptions, Model } from "../../../model/index.ts";
import { withAwaited } from "../../../model/saving/awaited.ts";
import { optimizers } from "../../../optimizers/index.ts";
import { isObject, type Json, type JsonObject } from "../../json.ts";
import { camelCase, sameName } from "./json.ts";
import type { Origin } from "./values.ts";

/** Options that say how Keras works, not what it computes, or nothing at these values. */
const ignored = new Set(
  "name dtype reduction fn jit_compile is_legacy_optimizer use_ema ema_momentum ema_overwrite_frequency amsgrad decay loss_scale_factor gradient_accumulation_steps".split(
    " ",
  ),
);
const meaning: Readonly<Record<string, Json>> = { use_ema: true, amsgrad: true };

/** Options by our names. @throws AnygradError UNSUPPORTED for what is not computed here */
function optionsOf(config: JsonObject): Record<string, Json> {
  const entries = Object.entries(config).flatMap(([name, value]) => {
    const matters =
      (Object.hasOwn(meaning, name) && meaning[name] === value) ||
      (name === "decay" && typeof value === "number" && value > 0);
    if (matters) throw new AnygradError("UNSUPPORTED", `${name} is ${String(value)}`);
    if (value === null || value === undefined || ignored.has(name) || (name === "axis" && value === -1))
      return [];
    return [
      [
        camelCase(name === "lr" ? "learning_rate" : name),
        typeof value === "string" ? camelCase(value) : value,
      ] as const,
    ];
  });
  return Object.fromEntries(entries);
}

function kindOf(value: Json): { name: string; config: Record<string, Json> } {
  if (typeof value === "string") return { name: value, config: {} };
  if (isObject(value) && typeof value.class_name === "string") {
    const { class_name: name, config } = value;
    return typeof config === "string"
      ? { name: config, config: {} }
      : { name, config: optionsOf(isObject(config) ? config : {}) };
  }
  throw new AnygradError("UNSUPPORTED", "it is no name and no object with a class");
}

function optimizerOf(value: Json): CompileOptions["optimizer"] {
  const { name, config } = kindOf(value);
  const type = sameName(name, Object.keys(optimizers));
  if (type === undefined) throw new AnygradError("UNSUPPORTED", `${name} is none of anygrad's`);
  return (
    optimizers[type as keyof typeof optimizers] as (options: object) => CompileOptions["optimizer"] & object
  )(config);
}

function lossOf(value: Json, { custom }: Origin): unknown {
  const { name, config } = kindOf(value);
  const own = custom.loss(name) ?? custom.definition("loss", name);
  if (own) return own;
  const type =
    sameName(name, Object.keys(losses)) ??
    { mape: "meanAbsolutePercentageError", msle: "meanSquaredLogarithmicError", kld: "klDivergence" }[
      name.toLowerCase()
    ];
  if (type === undefined) throw new AnygradError("UNSUPPORTED", `${name} is none of anygrad's`);
  return (losses[type as keyof typeof losses] as (options: object) => unknown)(config);
}

async function metricOf(value: Json, { custom }: Origin): Promise<unknown> {
  const { name, config } = kindOf(value);
  return custom.metric(name) ?? metricFromConfig({ type: camelCase(name), config });
}

/** One for the output, or those of several in their form. */
async function forOutputs<T>(
  value: Json,
  of: (each: Json) => T | Promise<T>,
): Promise<T | T[] | Record<string, T>> {
  if (Array.isArray(value)) return Promise.all((value as readonly Json[]).map(of));
  if (isObject(value) && !("class_name" in value)) {
    const entries = await Promise.all(
      Object.entries(value).map(async ([name, each]) => [name, await of(each ?? null)] as const),
    );
    return Object.fromEntries(entries);
  }
  return of(value);
}

/**
 * Gives a model weights in an engine: compiled as it was in Keras, where loss, optimizer and metrics are known here, or built for
 * predictions alone.
 * @param awaited the weights that the caller writes next
 * @param note is told what was left
 */
export async function compiledForUse(
  net: Model,
  described: Json | undefined,
  origin: Origin,
  engine: Engine | undefined,
  awaited: (name: string) => boolean,
  note: (text: string) => void,
): Promise<void> {
  const given = engine && { engine };
  const config = isObject(described) ? described : {};
  const {
    loss = null,
    optimizer_config: old,
    optimizer = old ?? null,
    metrics = null,
    loss_weights: weights,
  } = config;
  const left: string[] = [];
  const attempt = async <T>(what: string, work: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      left.push(`${what} (${reasonOf(error).slice(0, 120)})`);
      return undefined;
    }
  };
  const compiled =
    loss !== null &&
    (await attempt("the compiled loss", async () => {
      const options = {
        loss: await forOutputs(loss, (each) => lossOf(each, origin)),
        optimizer:
          optimizer === null ? undefined : await attempt("the optimizer", () => optimizerOf(optimizer)),
        ...(weights !== null && weights !== undefined && { lossWeights: weights }),
      };
      const measured =
        metrics === null ? undefined : await attempt("the metrics", () => metricsOf(metrics, origin));
      const compile = (more: object): Promise<true> =>
        withAwaited(net, awaited, () =>
          net.compile({ ...options, ...more, ...given } as CompileOptions),
        ).then(() => true as const);
      if (measured === undefined) return compile({});
      return (await attempt("the metrics", () => compile({ metrics: measured }))) ?? compile({});
    }));
  if (!compiled) await withAwaited(net, awaited, () => net.build(given || undefined));
  if (left.length > 0)
    note(`left out, since anygrad has it not: ${left.join("; ")}; compile the model as you want it`);
}

/** Metrics of the one output are a list, possibly in another one. */
async function metricsOf(metrics: Json, origin: Origin): Promise<unknown> {
  const list =
    Array.isArray(metrics) && metrics.length === 1 && Array.isArray(metrics[0]) ? metrics[0] : metrics;
  return forOutputs(list, async (each) =>
    Array.isArray(each)
      ? Promise.all((each as readonly Json[]).map((one) => metricOf(one, origin)))
      : metricOf(each, origin),
  );
}
