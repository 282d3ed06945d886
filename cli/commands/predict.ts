/** `anygrad predict MODEL FILE…`: the class of each image and how sure the network is. */
import { Command } from "commander";
import { formatShare } from "../../report/text/numbers.ts";
import { type Cell, type Row, tableLines } from "../../report/text/table.ts";
import { AnygradError } from "../../src/errors.ts";
import { sizeOf } from "../../src/math/shape.ts";
import { argmax } from "../../src/metrics/index.ts";
import type { Model } from "../../src/model/index.ts";
import { shownOutput } from "../../src/model/network/graph.ts";
import { readUnlabelled } from "../dataset/images.ts";
import { joined, mapped, numbered } from "../dataset/manyItems.ts";
import { tell } from "../dataset/pictures.ts";
import { checkOrder, filesToPredict } from "../dataset/predict/files.ts";
import { predictRows, rowLines } from "../dataset/predict/rows.ts";
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
  const [limit, kind] = isTable
    ? ([options.maxPixels, "--max-pixels is for models of pictures, and this is one of a table"] as const)
    : ([options.maxBytes, "--max-bytes is for models of tables, and this is none"] as const);
  if (limit !== undefined) throw new AnygradError("INVALID_ARGUMENT", `predict: ${kind}; leave it out`);
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
  const show = async <T>(
    predictions: Iterable<T>,
    lines: (predictions: Iterable<T>) => Iterable<string>,
  ): Promise<void> => {
    if (!options.json) return terminal.lines(lines(predictions));
    for (const piece of jsonPieces(path, predictions, failed)) await terminal.written(piece);
  };
  if (isTable)
    await show(await each((file) => predictRows(net, file, terminal, options.maxBytes)), (rows) =>
      rowLines(rows, net, terminal.resultStyle),
    );
  else
    await show(await each((file) => predictImages(net, file, classNames, options)), (rows) =>
      imageLines(rows, terminal),
    );
  if (failed.length > 0) throw new FilesFailed(failed, files.length);
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

function imageLines(
  predictions: Iterable<Prediction>,
  { resultStyle: style, lineWidth }: Terminal,
): Iterable<string> {
  const heading = ["file", "image", "class", "probability", ""].map(
    (text): Cell => ({ text, stress: "quiet" }),
  );
  const rows = mapped(
    predictions,
    ({ file, image, class: name, probability, prepared = "" }): Row => [
      file,
      String(image),
      { text: name, stress: "strong" },
      formatShare(probability),
      { text: prepared, stress: "quiet" },
    ],
  );
  const align = ["left", "right", "left", "right", "left"] as const;
  return tableLines(joined([[heading], rows]), { align, indent: 0, style, width: lineWidth() });
}
