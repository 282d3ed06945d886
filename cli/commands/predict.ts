/** `anygrad predict MODEL FILE…`: the class of each image and how sure the network is. */
import { Command } from "commander";
import { formatShare } from "../../report/text/numbers.ts";
import { type Cell, table } from "../../report/text/table.ts";
import { readSavedModel } from "../../runs/savedModel.ts";
import { AnygradError } from "../../src/errors.ts";
import { argmax } from "../../src/metrics/index.ts";
import { load } from "../../src/model/index.ts";
import { readUnlabelled, type UnlabelledImages } from "../dataset/images.ts";
import { predictRows, rowsText } from "../dataset/predictRows.ts";
import { addEngineOptions, type EngineCliOptions, engineOf } from "../options/sharedOptions.ts";
import { createTerminal } from "../terminal/terminal.ts";

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
    .argument("<model>", "a .safetensors file, or the folder that train --out wrote")
    .argument("<file...>", "files of images or rows without labels");
  addEngineOptions(command);
  return command
    .optionsGroup("Output:")
    .option("--json", "one JSON object on stdout, for programs")
    .action(predict);
}

async function predict(
  path: string,
  files: readonly string[],
  options: EngineCliOptions & { json?: boolean },
): Promise<void> {
  const terminal = createTerminal();
  const { result, resultStyle } = terminal;
  const engine = await engineOf(options);
  const { bytes, run } = await readSavedModel(path);
  const net = await load(bytes, { engine });
  if (net.preparation?.columns) {
    const rows = await predictRows(net, files, terminal);
    result(
      options.json ? JSON.stringify({ model: path, predictions: rows }) : rowsText(rows, net, resultStyle),
    );
    return;
  }
  const shape = net.inputShape;
  if (net.outputShape.length > 1)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `predict: the model gives ${net.outputShape.join("×")} numbers an image, a class for each pixel perhaps, and this command tells one class an image; call net.predict() from code`,
    );
  const size = shape.reduce((product, length) => product * length, 1);
  const sets: ({ file: string } & UnlabelledImages)[] = [];
  for (const file of files) sets.push({ file, ...(await readUnlabelled(file, net)) });
  const classNames = net.classNames ?? run?.dataset.classNames;
  const predictions: Prediction[] = [];
  for (const { file, pixels, prepared } of sets) {
    const count = pixels.length / size;
    const { data } = await net.predict(pixels);
    const columns = data.length / count;
    for (let image = 0; image < count; image++) {
      const probabilities = Array.from(data.subarray(image * columns, (image + 1) * columns));
      const classId = argmax(data, image, columns);
      predictions.push({
        file,
        image,
        ...(prepared !== undefined && { prepared }),
        classId,
        class: classNames?.[classId] ?? String(classId),
        probability: probabilities[classId]!,
        probabilities,
      });
    }
  }
  if (options.json) return result(JSON.stringify({ model: path, predictions }));
  const heading = ["file", "image", "class", "probability", ""].map(
    (text): Cell => ({ text, stress: "quiet" }),
  );
  const rows = predictions.map(({ file, image, class: name, probability, prepared = "" }) => [
    file,
    String(image),
    { text: name, stress: "strong" } as const,
    formatShare(probability),
    { text: prepared, stress: "quiet" } as const,
  ]);
  const align = ["left", "right", "left", "right", "left"] as const;
  result(table([heading, ...rows], { align, indent: 0, style: resultStyle }));
}
