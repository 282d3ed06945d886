/** `train --from MODEL`: a trained model of any format, whose layers learn the classes or numbers of the data under a new head. */

import type { Engine } from "../../src/autograd/engine.ts";
import type { ImagePreparation } from "../../src/data/preparation.ts";
import { listed } from "../../src/data/table/names.ts";
import { AnygradError } from "../../src/errors.ts";
import { type Shape, sizeOf } from "../../src/math/shape.ts";
import { fineTune, load, type Model } from "../../src/model/index.ts";
import { shownInput } from "../../src/model/network/graph.ts";
import type { Recipe } from "../../src/presets/index.ts";
import type { Source, SourceOptions } from "../dataset/source.ts";
import { tableEndings } from "../dataset/tableFile.ts";
import { picturesFor, shapeText, takesExamples } from "../models/examples.ts";
import { openModel } from "../models/open.ts";
import { saysPixels } from "../models/pixels.ts";
import { pixelRanges } from "../options/baseOptions.ts";
import { imageOptions } from "../options/imageOptions.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { customOf } from "../training/customFile.ts";
import type { DataFacts } from "../training/modelFile.ts";
import type { NetworkSource } from "../training/network.ts";

/** A trained model as what is trained. */
export interface PretrainedSource extends NetworkSource {
  /** How pictures become what it takes. */
  readonly pictures: ImagePreparation | undefined;
  /** How the rows of a table become what it takes: its own columns, where it has them, and what is predicted. */
  readonly tables: Pick<SourceOptions, "like" | "label" | "task">;
  /** What run.json says of it. */
  readonly record: Readonly<Record<string, unknown>>;
  /** @throws AnygradError INVALID_ARGUMENT where nothing says what it takes for pixels, SHAPE_MISMATCH for rows that it does not take */
  check(source: Source): void;
  /** Whether the layers that stay as they are run once an image, and not in every epoch. */
  isCached(net: Model): boolean;
}

/** Steps of a new head are quick; a layer that has learned much already takes small ones. */
function recipeOf(unfreeze: number | string): Recipe {
  return {
    optimizer: "adam",
    learningRate: unfreeze === 0 ? 1e-3 : 1e-4,
    batchSize: 32,
    epochs: 20,
    normalize: "none",
    loss: "sparseCategoricalCrossentropy",
  };
}

/**
 * Reads the model of --from; undefined without one. Of a run that goes on its own network is taken, and the model is not read.
 * @param saved the state of a run that goes on
 * @throws AnygradError as `openModel` does; INVALID_ARGUMENT for options that have no meaning here
 */
export async function pretrainedSource(
  options: TrainOptions,
  engine: Engine,
  terminal: Terminal,
  saved: Uint8Array | undefined,
): Promise<PretrainedSource | undefined> {
  const { from, pixels, shapes } = options;
  if (from === undefined) return refuseAlone(options);
  refuseOthers(options);
  const unfreeze = layersOf(options.unfreeze ?? "none");
  const custom = await customOf(options);
  const resumed = saved && (await load(saved, { engine, custom }));
  const opened = resumed
    ? undefined
    : await openModel(from, { engine, custom, note: terminal.note, pixels, shapes });
  const base = resumed ?? opened!.net;
  const at = options.at ?? opened?.file.features;
  const tables = tablesFor(from, base, options);
  const name = from
    .replace(/[/\\]+$/, "")
    .split(/[/\\]/)
    .at(-1)!;
  const digest = resumed ? "" : await base.digest(); // the checkpoint has the record
  return {
    name,
    argument: from,
    description: `${base.name}, ${unfreeze === 0 ? "frozen" : unfreeze === ALL ? "all of it learning" : "partly frozen"}, under a new head`,
    recipe: recipeOf(unfreeze),
    isFile: false,
    pictures: picturesOf(base, options),
    tables,
    record: {
      from,
      digest,
      unfreeze: options.unfreeze ?? "none",
      ...(at !== undefined && { at }),
      ...(pixels && { pixels }),
      ...(options.dropout !== undefined && { dropout: options.dropout }),
    },
    check(source) {
      if (source.train.preparation?.columns) checkRows(from, base.inputShape, source);
      if (resumed || saysPixels(base) || !(source.train.x instanceof Uint8Array)) return;
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `--from: ${from} does not say what it takes for the bytes of pixels; pass what it was trained on: --pixels ${pixelRanges.join(" | ")}`,
      );
    },
    async network(facts) {
      return resumed ?? tuned(base, facts, { ...options, from, at, unfreeze }, terminal);
    },
    isCached: ({ graph }) => graph.nodes.find(({ weights }) => weights.length > 0)?.layer.trainable === false,
  };
}

function tuned(
  base: Model,
  { inputShape: given, classes, task, seed }: DataFacts,
  asked: Pick<TrainOptions, "dropout"> & { from: string; at: string | undefined; unfreeze: number | string },
  terminal: Terminal,
): Model {
  const { from, at, unfreeze, dropout } = asked;
  // rows of a CSV file may be flat
  const own = shownInput(base.graph);
  const isFlat = given.length === 1 && !own.includes(null) && sizeOf(given) === sizeOf(own as Shape);
  const inputShape = isFlat ? (own as Shape) : given;
  try {
    const net = fineTune(base, {
      ...(task === "regression" ? { outputs: 1 } : { classes }),
      unfreeze,
      seed,
      inputShape,
      ...(at !== undefined && { at }),
      ...(dropout !== undefined && { dropout }),
    });
    if (!takesExamples(base, inputShape))
      terminal.note(`${from} takes ${inputShape.join("×")} in place of ${shapeText(own)}`);
    return net;
  } catch (error) {
    if (!(error instanceof AnygradError)) throw error;
    if (error.code === "SHAPE_MISMATCH")
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `--from: ${from} takes examples of ${shapeText(own)}, and its layers up to ${at ?? "the last with weights"} none of ${inputShape.join("×")}, as the data has them; ${inputShape.length === 3 ? "leave --image-size and --color out" : `pass --window ${own[0] ?? "N"}`}, or name the last layer that takes any size by --at`,
        { cause: error },
      );
    throw new AnygradError(
      error.code,
      error.message.replace(/^fineTune: (unfreeze|at)?:? ?/, (_, flag?: string) => `--${flag ?? "from"}: `),
      {
        cause: error,
      },
    );
  }
}

/**
 * A model of a table brings its columns and their scaling to another one, and what it predicts where nothing else is asked for: classes and
 * the scale of numbers are those of the new rows.
 * @throws AnygradError INVALID_ARGUMENT for data that are no table
 */
function tablesFor(from: string, { preparation }: Model, options: TrainOptions): PretrainedSource["tables"] {
  const { columns, target, label: named, ...rest } = preparation ?? {};
  if (!columns) return {};
  const { dataset = "digits", label, task } = options;
  if (!tableEndings.test(dataset))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--from: ${from} is a model of a table and takes the columns ${listed(columns.map(({ name }) => name))}, which ${dataset} has not; pass a table that has them by --dataset`,
    );
  const own = target ? "regression" : "classification";
  return {
    like: { preparation: { ...rest, columns } },
    label: label ?? target?.name ?? named,
    task: task ?? (label === undefined ? own : undefined),
  };
}

/** @throws AnygradError SHAPE_MISMATCH where rows, or windows of them, have other sizes than the model takes @param shape of its examples */
function checkRows(from: string, shape: Shape, { name, train }: Source): void {
  const given = train.shape.slice(1);
  const isSeries = given.length === 2;
  if (given.length === shape.length && given.at(-1) === shape.at(-1)) return; // layers may take series of any length
  const said = ([first, second]: Shape, length: number): string =>
    length === 1 ? `${first} numbers` : length === 2 ? `${first} rows of ${second} numbers` : "pictures";
  const advice =
    shape.length === 2 && !isSeries
      ? `pass --window ${shape[0]}, which makes series of its rows`
      : shape.length === 1 && isSeries
        ? "leave --window out"
        : "a column of numbers is one of them and a column of texts one for each text; leave columns out by --ignore, or pass the table's own file";
  throw new AnygradError(
    "SHAPE_MISMATCH",
    `--from: ${from} takes ${said(shape, shape.length)} an example, and the columns of ${name} make ${said(given, given.length)} (${listed(train.preparation!.columns!.map((column) => column.name))}); ${advice}`,
  );
}

/** As the model's own were, or as its input is, but for what is asked for. */
function picturesOf(base: Model, options: TrainOptions): ImagePreparation | undefined {
  const own = picturesFor(base);
  if (!own) return undefined;
  const { imageSize, color = own.color, fit = own.fit } = imageOptions(options);
  const [height, width] = (imageSize as readonly [number, number] | undefined) ?? [own.height, own.width];
  return { height, width, color, fit };
}

const ALL = Number.MAX_SAFE_INTEGER;

/** --unfreeze as `fineTune` takes it. */
function layersOf(text: string): number | string {
  if (text === "none") return 0;
  if (text === "all") return ALL;
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** Options that say something of a trained model, without one. @throws AnygradError INVALID_ARGUMENT */
function refuseAlone(options: TrainOptions): undefined {
  const alone = (["unfreeze", "at", "pixels", "shapes"] as const).find((name) => options[name] !== undefined);
  if (alone !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--${alone} is for a trained model; name it by --from, or leave it out`,
    );
}

/** Options of presets and of what the model decides. @throws AnygradError INVALID_ARGUMENT */
function refuseOthers(options: TrainOptions): void {
  const reasons: Partial<Record<keyof TrainOptions, string>> = {
    activation: "changes the network of a preset",
    init: "changes the network of a preset",
    l1: "changes the network of a preset",
    l2: "changes the network of a preset",
    set: "is for the function of a model file",
    normalize: "is for networks without weights; --pixels says what this one takes",
    recalibrate: "is for statistics that training moves, and those of a trained model stay as they are",
  };
  for (const [name, reason] of Object.entries(reasons))
    if (options[name as keyof TrainOptions] !== undefined)
      throw new AnygradError("INVALID_ARGUMENT", `--${name} ${reason}; leave it out of train --from`);
}
