/** What a node of the command line trains: the network, this client's data in the network's form, and how where the server does not say it. */
import { exampleCount } from "../../src/data/dataset.ts";
import { AnygradError } from "../../src/errors.ts";
import type { ClientOptions } from "../../src/federated/index.ts";
import type { CompileOptions, Model } from "../../src/model/index.ts";
import {
  changeRecipe,
  lossOf,
  type OptimizerName,
  optimizerOf,
  type Recipe,
  recipeFor,
} from "../../src/presets/index.ts";
import { loadSource, type Source } from "../dataset/source.ts";
import { picturesFor } from "../models/examples.ts";
import { openModel } from "../models/open.ts";
import type { ImageCliOptions } from "../options/imageOptions.ts";
import { type DataOptions, type EngineCliOptions, engineOf } from "../options/sharedOptions.ts";
import type { TableCliOptions } from "../options/tableOptions.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { ownLoss, ownRecipe, scoringLoss } from "../training/modelFile.ts";
import { networkSourceOf } from "../training/network.ts";
import { checkExampleSize, withModelClasses, withTargets } from "../training/networkData.ts";

export interface ParticipantOptions extends DataOptions, ImageCliOptions, TableCliOptions, EngineCliOptions {
  readonly from?: string;
  readonly classes?: number;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly optimizer?: OptimizerName;
  readonly learningRate?: number;
  readonly seed?: number;
}

/** A client, and what is said of it. */
export interface Participant {
  readonly client: Pick<
    ClientOptions,
    "net" | "train" | "test" | "compile" | "epochs" | "batchSize" | "seed"
  >;
  readonly source: Source;
}

/** @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH, and as models and data do */
export async function participantOf(
  network: string | undefined,
  { dataset, ...options }: ParticipantOptions & { readonly dataset: string },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Participant> {
  const engine = await engineOf(options);
  const note = terminal.note;
  const opened =
    options.from === undefined ? undefined : await openModel(options.from, { engine, custom: [], note });
  const like = opened?.net;
  const found = await loadSource({
    ...opened?.run?.dataset.table,
    ...options,
    dataset,
    ...(like && { like, preparedAs: picturesFor(like), classNames: like.classNames }),
    signal,
    terminal,
  });
  const named = network === undefined ? undefined : networkSourceOf(network);
  const recipe = recipeOf(named?.recipe ?? ownRecipe, options, found);
  const { net, loss } = like ? trainedNet(like, found) : await newNet(network!, options, found, recipe);
  const compile: CompileOptions = {
    optimizer: optimizerOf(recipe, 1),
    loss,
    metrics: found.task === "regression" ? ["mae", "rmse", "r2"] : ["accuracy"],
    engine,
  };
  await net.compile(compile);
  checkExampleSize(net, found, "pass the network of the federation");
  const source = like ? withModelClasses(found, net) : found;
  const { batchSize } = recipe;
  return {
    client: {
      net,
      train: withTargets(source.train, net),
      test: withTargets(source.test, net),
      compile,
      epochs: options.epochs ?? 1,
      batchSize: batchSize === "all" ? exampleCount(source.train) : batchSize,
      seed: options.seed ?? 0,
    },
    source,
  };
}

/** A round has few steps: schedules over a whole run have no place in it. */
function recipeOf(
  recipe: Recipe,
  { batchSize, optimizer, learningRate }: ParticipantOptions,
  source: Source,
): Recipe {
  const changed = changeRecipe(recipe, { batchSize, optimizer, learningRate }, false);
  return recipeFor({ ...changed, schedule: "constant", decay: 0 }, source.task, exampleCount(source.train));
}

function trainedNet(net: Model, source: Source): { net: Model; loss: CompileOptions["loss"] } {
  return { net, loss: scoringLoss(net, source.task) };
}

async function newNet(
  argument: string,
  { classes, seed = 0 }: ParticipantOptions,
  source: Source,
  recipe: Recipe,
): Promise<{ net: Model; loss: CompileOptions["loss"] }> {
  if (classes !== undefined && classes < source.classes)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--classes ${classes}: ${source.name} has ${source.classes} of them; pass how many the whole federation has`,
    );
  const network = networkSourceOf(argument);
  const net = await network.network({
    inputShape: source.train.shape.slice(1),
    classes: classes ?? source.classes,
    task: source.task,
    seed,
  });
  return { net, loss: network.isFile ? ownLoss(net, source.task) : lossOf(recipe) };
}
