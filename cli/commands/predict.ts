/** `anygrad predict MODEL FILE…`: the class of each image and how sure the network is. */

import { Command } from "commander";
import { formatShare } from "../../report/text/numbers.ts";
import { type Cell, table } from "../../report/text/table.ts";
import { AnygradError } from "../../src/errors.ts";
import { sizeOf } from "../../src/math/shape.ts";
import { argmax } from "../../src/metrics/index.ts";
import type { Model } from "../../src/model/index.ts";
import { shownOutput } from "../../src/model/network/graph.ts";
import { readUnlabelled } from "../dataset/images.ts";
import { tell } from "../dataset/pictures.ts";
import { checkOrder, filesToPredict } from "../dataset/predictFiles.ts";
import { numbered, predictRows, rowsText } from "../dataset/predictRows.ts";
import { shapeText } from "../models/examples.ts";
import { openModel } from "../models/open.ts";
import { addBaseOptions, type BaseCliOptions, modelArgument, oneModel } from "../options/baseOptions.ts";
import { type ImageCliOptions, maxPixelsOption } from "../options/imageOptions.ts";
import { customHelp } from "../options/networkOptions.ts";
import { addEngineOptions, type EngineCliOptions, engineOf } from "../options/sharedOptions.ts";
import { maxBytesOption, type TableCliOptions } from "../options/tableOptions.ts";
import { type Failed, FilesFailed } from "../process/failure.ts";
import { createTerminal, type Terminal } from "../terminal/terminal.ts";
import { type CustomCliOptions, customOf } from "../training/customFile.ts";

/** One image as `--json` prints it. */
interface Prediction {
  readonly file: string;
  /** Number of the image within its file, from 0. */
  readonly image: number;
  /** What was done to a picture before the network saw it. */
  readonly prepared?: string;
  readonly classId: number;
  readonly class: string;
  readonly probability: number;
  readonly probabilities: readonly number[];
}

export function predictCommand(): Command {
  const command = new Command("predict")
    .description(
      "classify pictures (PNG, JPEG, any size), or pixels: IDX, .csv (a line of pixels each), .json (arrays), 0 to 255; for a model of a table, predict each row of .csv, .tsv, .jsonl or .parquet files, columns in any order",
    )
    .argument("[model]", modelArgument)
    .argument("[file...]", "files of images or rows without labels, or folders of them")
    .option("--custom <file>", customHelp);
  addBaseOptions(command);
  addEngineOptions(command);
  return command
    .optionsGroup("Limits:")
    .addOption(maxPixelsOption())
    .addOption(maxBytesOption())
    .optionsGroup("Output:")
    .option("--json", "one JSON object on stdout, for programs")
    .action((first: string | undefined, others: readonly string[], options: PredictOptions) => {
      const named = [...(first === undefined ? [] : [first]), ...others];
      const model = oneModel("predict", options.from === undefined ? named.shift() : undefined, options.from);
      return predict(model, named, options);
    });
}

type PredictOptions = BaseCliOptions &
  EngineCliOptions &
  CustomCliOptions &
  Pick<TableCliOptions, "maxBytes"> &
  Pick<ImageCliOptions, "maxPixels"> & { readonly json?: boolean };

async function predict(path: string, named: readonly string[], options: PredictOptions): Promise<void> {
  const terminal = createTerminal();
  if (named.length === 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `predict: no files to be predicted by ${path}; name pictures, tables or folders of them behind it`,
    );
  await checkOrder(path, named);
  const engine = await engineOf(options);
  const { net, run } = await openModel(path, {
    engine,
    custom: await customOf(options),
    note: terminal.note,
    pixels: options.pixels,
    shapes: options.shapes,
  });
  const isTable = net.preparation?.columns !== undefined;
  const outputs = shownOutput(net.graph);
  if (!isTable && outputs.length > 1)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `predict: the model gives ${shapeText(outputs)} numbers an image, a class for each pixel perhaps, and this command tells one class an image; call net.predict() from code`,
    );
  const { files, others } = await filesToPredict(named, isTable);
  tell(others, terminal);
  const classNames = net.classNames ?? run?.dataset.classNames;
  const failed: Failed[] = [];
  const each = async <T>(predictFile: (file: string) => Promise<Iterable<T>>): Promise<Iterable<T>> => {
    const predictions: Iterable<T>[] = [];
    for (const file of files)
      try {
        predictions.push(await predictFile(file));
      } catch (error) {
        if (!(error instanceof AnygradError) || files.length === 1) throw error;
        failed.push({ file, reason: error.message.replace(`${file}: `, "") });
      }
    if (failed.length === files.length) throw new FilesFailed(failed, files.length);
    return joined(predictions);
  };
  const show = <T>(predictions: Iterable<T>, text: (predictions: Iterable<T>) => string): void => {
    if (options.json) for (const piece of jsonPieces(path, predictions, failed)) terminal.written(piece);
    else terminal.result(text(predictions));
  };
  if (isTable)
    show(await each((file) => predictRows(net, file, terminal, options.maxBytes)), (rows) =>
      rowsText(rows, net, terminal.resultStyle),
    );
  else
    show(await each((file) => predictImages(net, file, classNames, options)), (rows) =>
      imagesText(rows, terminal),
    );
  if (failed.length > 0) throw new FilesFailed(failed, files.length);
}

/** One after another. */
function joined<T>(lists: readonly Iterable<T>[]): Iterable<T> {
  return {
    *[Symbol.iterator]() {
      for (const list of lists) yield* list;
    },
  };
}

/** The text of one JSON object, in pieces: that of some million rows is longer than a string can be. */
function* jsonPieces(
  model: string,
  predictions: Iterable<unknown>,
  failed: readonly Failed[],
): Generator<string> {
  let piece = `{"model":${JSON.stringify(model)},"predictions":[`;
  let comma = "";
  for (const prediction of predictions) {
    piece += comma + JSON.stringify(prediction);
    comma = ",";
    if (piece.length < 1 << 16) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}]${failed.length > 0 ? `,"failed":${JSON.stringify(failed)}` : ""}}\n`;
}

async function predictImages(
  net: Model,
  file: string,
  classNames: readonly string[] | undefined,
  { maxPixels }: PredictOptions,
): Promise<Iterable<Prediction>> {
  const given = maxPixels === undefined ? {} : { maxPixels };
  const { pixels, shape, prepared } = await readUnlabelled(file, net, given);
  const count = pixels.length / sizeOf(shape);
  const { data } = await net.predict({ x: pixels, shape: [count, ...shape] });
  const columns = data.length / count;
  return numbered(count, (image) => {
    const probabilities = Array.from(data.subarray(image * columns, (image + 1) * columns));
    const classId = argmax(data, image, columns);
    return {
      file,
      image,
      ...(prepared !== undefined && { prepared }),
      classId,
      class: classNames?.[classId] ?? String(classId),
      probability: probabilities[classId]!,
      probabilities,
    };
  });
}

function imagesText(predictions: Iterable<Prediction>, { resultStyle: style, lineWidth }: Terminal): string {
  const heading = ["file", "image", "class", "probability", ""].map(
    (text): Cell => ({ text, stress: "quiet" }),
  );
  const rows = Array.from(predictions, ({ file, image, class: name, probability, prepared = "" }) => [
    file,
    String(image),
    { text: name, stress: "strong" } as const,
    formatShare(probability),
    { text: prepared, stress: "quiet" } as const,
  ]);
  const align = ["left", "right", "left", "right", "left"] as const;
  return table([heading, ...rows], { align, indent: 0, style, width: lineWidth() });
}
