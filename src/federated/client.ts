/**
 * What a client makes of a message, whatever brought it: it trains on its own data from the server's weights, or tests them. Nothing of
 * the data leaves it but weights, scores and the number of examples.
 */
import { type Dataset, exampleCount } from "../data/dataset.ts";
import { AnygradError, quote } from "../errors.ts";
import { checkCount, checkNumber } from "../math/checks.ts";
import type { Callback, CompileOptions, Model } from "../model/index.ts";
import { isLegacy, legacyAnswer } from "./legacy.ts";
import { readWeights, type WeightLayout, writeWeights } from "./weights.ts";
import type { ArrayRecord, ConfigValue, Records } from "./wire/records.ts";

/** The names that scores are sent by, by their names here. */
export interface ScoreNames {
  /** Those of a training. */
  readonly train?: Readonly<Record<string, string>>;
  /** Those of an evaluation. */
  readonly evaluate?: Readonly<Record<string, string>>;
}

/** What a client trains, and how where the server does not say it. */
export interface ClientOptions {
  /** The model, of the server's network. Compiled, unless `compile` is given. */
  readonly net: Model;
  /** The client's own examples. */
  readonly train: Dataset;
  /** What the server's weights are tested on. Default: `train`. */
  readonly test?: Dataset;
  /**
   * Compiles the model anew for every message "train", so that each round begins with a new optimizer, as clients in Python do. Default: the
   * model was compiled, and its optimizer goes on from round to round.
   */
  readonly compile?: CompileOptions;
  /** Passes over `train` in a round, where the server's settings have no `epochs` or `local-epochs`. Default 1. */
  readonly epochs?: number;
  /** Examples a step, where they have no `batch-size`. Default 32. */
  readonly batchSize?: number;
  /** Seed of order and dropout; round r trains with 1000 · seed + r. Default 0. */
  readonly seed?: number;
  /**
   * Which scores are sent, and under which names: `{ train: { loss: "train_loss" }, evaluate: { accuracy: "eval_acc" } }`. Strategies want the same
   * names of all clients. Default: loss and the metrics of `compile`, under their own names.
   */
  readonly scores?: ScoreNames;
  /** Whose order of axes the server's arrays have. Default "keras". */
  readonly layout?: WeightLayout;
  /** Is told what a message's settings hold that this client does not know, and goes on without. Default: nobody is. */
  readonly onUnknown?: (names: readonly string[]) => void;
}

/** @throws AnygradError INVALID_ARGUMENT */
export function checkClient(
  subject: string,
  { net, train, epochs = 1, batchSize = 32, seed = 0 }: ClientOptions,
): void {
  if (typeof net?.getWeights !== "function")
    throw new AnygradError("INVALID_ARGUMENT", `${subject}: net is ${quote(net)}; pass a model`);
  if (!train?.x)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: train is ${quote(train)}; pass this client's data set, { x, shape, y }`,
    );
  checkCount(`${subject}: epochs`, epochs, 1);
  checkCount(`${subject}: batchSize`, batchSize, 1);
  checkCount(`${subject}: seed`, seed, 0);
}

/** The names of settings, with what they are in Flower's own examples; underscores are as good as hyphens. */
const known = {
  round: ["server-round"],
  epochs: ["epochs", "local-epochs"],
  batchSize: ["batch-size"],
  learningRate: ["learning-rate", "lr"],
  proximalMu: ["proximal-mu"],
} as const;

interface Settings {
  readonly round: number;
  readonly epochs: number | undefined;
  readonly batchSize: number | undefined;
  readonly learningRate: number | undefined;
  /** FedProx's µ. */
  readonly proximalMu: number;
}

/**
 * The answer to a message of this type.
 * @param type "train", "evaluate" or "query"; a name of the server's behind a dot does not matter
 * @param signal ends the training with an error of code ABORTED
 * @throws AnygradError UNSUPPORTED for other messages, DATA_FORMAT for those without one ArrayRecord; SHAPE_MISMATCH, NOT_FINITE and so on, as
 *   `fit` and `evaluate` do
 */
export async function answerOf(
  type: string,
  records: Records,
  options: ClientOptions,
  signal?: AbortSignal,
): Promise<Partial<Records>> {
  const [kind] = type.split(".");
  if (kind === "query")
    return { metrics: { metrics: { "num-examples": BigInt(exampleCount(options.train)) } } };
  if (kind !== "train" && kind !== "evaluate")
    throw new AnygradError(
      "UNSUPPORTED",
      `federated: a message of type ${quote(type)}; this client answers train, evaluate and query`,
    );
  const arrays = Object.entries(records.arrays);
  if (arrays.length !== 1)
    throw new AnygradError(
      "DATA_FORMAT",
      `federated: the message has ${arrays.length} ArrayRecords, and one with the weights is wanted; strategies for trees send others, which this client does not know`,
    );
  const [name, given] = arrays[0]!;
  const settings = settingsOf(records, options);
  const { arrays: trained, metrics } =
    kind === "train"
      ? await train(given, settings, options, signal)
      : { arrays: undefined, metrics: await test(given, options, signal) };
  if (isLegacy(name)) return legacyAnswer(trained, metrics);
  return { ...(trained && { arrays: { [name]: trained } }), metrics: { metrics } };
}

function settingsOf({ configs }: Records, { onUnknown }: ClientOptions): Settings {
  const given: Record<string, ConfigValue> = Object.assign({}, ...Object.values(configs));
  const all = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name.replaceAll("_", "-"), value]),
  );
  const value = (setting: keyof typeof known): number | undefined => {
    const name = known[setting].find((each) => all[each] !== undefined);
    return name === undefined
      ? undefined
      : checkNumber(`federated: the setting ${name}`, all[name] as number, { from: 0 });
  };
  const names: readonly string[] = Object.values(known).flat();
  const unknown = Object.keys(all).filter((name) => !names.includes(name));
  if (unknown.length > 0) onUnknown?.(unknown);
  return {
    round: value("round") ?? 0,
    epochs: value("epochs"),
    batchSize: value("batchSize"),
    learningRate: value("learningRate"),
    proximalMu: value("proximalMu") ?? 0,
  };
}

async function train(
  given: ArrayRecord,
  settings: Settings,
  options: ClientOptions,
  signal: AbortSignal | undefined,
): Promise<{ arrays: ArrayRecord; metrics: Record<string, number | bigint> }> {
  const { net, train: data, compile, layout = "keras", seed = 0 } = options;
  if (compile) await net.compile(compile);
  writeWeights(net, given, layout);
  const callbacks: Callback[] = [];
  const { learningRate, proximalMu } = settings;
  if (learningRate !== undefined)
    callbacks.push({
      onTrainBegin(run) {
        run.learningRate = learningRate;
      },
    });
  if (proximalMu > 0) callbacks.push(proximalTerm(net, proximalMu));
  const history = await net.fit(data, {
    epochs: settings.epochs ?? options.epochs ?? 1,
    batchSize: settings.batchSize ?? options.batchSize ?? 32,
    seed: 1000 * seed + settings.round,
    callbacks,
    ...(signal && { signal }),
  });
  const { seconds: _, learningRate: __, ...logs } = history; // how long it took would make equal answers differ
  const scores = Object.fromEntries(
    Object.entries(logs as Record<string, number[]>).map(([log, values]) => [log, values.at(-1)!]),
  );
  return {
    arrays: readWeights(net, given, layout),
    metrics: scored(exampleCount(data), scores, options.scores?.train),
  };
}

async function test(
  given: ArrayRecord,
  { net, test: data, train: own, layout = "keras", compile, scores: names }: ClientOptions,
  signal: AbortSignal | undefined,
): Promise<Record<string, number | bigint>> {
  if (compile && !net.isCompiled) await net.compile(compile);
  writeWeights(net, given, layout);
  const examples = data ?? own;
  const scores = await net.evaluate(examples, signal && { signal });
  return scored(exampleCount(examples), scores, names?.evaluate);
}

/** @param names of those that are sent. Default: all, as they are @throws AnygradError INVALID_ARGUMENT for one that is not there */
function scored(
  examples: number,
  scores: Readonly<Record<string, number>>,
  names: Readonly<Record<string, string>> = Object.fromEntries(
    Object.keys(scores).map((name) => [name, name]),
  ),
): Record<string, number | bigint> {
  const sent = Object.entries(names).map(([name, as]) => {
    if (scores[name] !== undefined) return [as, scores[name]] as const;
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `federated: there is no score ${quote(name)} to send as ${quote(as)}; there are ${Object.keys(scores).join(", ")}`,
    );
  });
  return { "num-examples": BigInt(examples), ...Object.fromEntries(sent) };
}

/**
 * FedProx's term µ/2 · ‖w − w₀‖², w₀ being the server's weights: each step pulls the weights back by learning rate · µ · (w − w₀), apart
 * from the gradient, as AdamW decays them. With plain SGD that is the gradient of the term itself. Reference: arXiv:1812.06127.
 */
function proximalTerm(net: Model, mu: number): Callback {
  let first: Float32Array[] = [];
  let before: Float32Array[] = [];
  const copies = (): Float32Array[] => net.trainableVariables.map(({ view }) => view.slice() as Float32Array);
  return {
    onTrainBegin() {
      first = copies();
      before = first;
    },
    onStepEnd({ learningRate }) {
      const factor = learningRate * mu;
      net.trainableVariables.forEach(({ view }, k) => {
        for (let i = 0; i < view.length; i++) view[i]! -= factor * (before[k]![i]! - first[k]![i]!);
      });
      before = copies();
    },
  };
}
