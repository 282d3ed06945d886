/**
 * `anygrad data preview`: what a data set looks like. Samples of each class, balance, spread of the values: on a
 * terminal that shows pictures as one sheet, else in text; with --out as a file.
 */
import { stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { Command } from "commander";
import type { ClassPictures } from "../../report/dataset/facts.ts";
import { hasPictures, pictureOf } from "../../report/pictures/picture.ts";
import { openOutputFolder } from "../../runs/folder/outputFolder.ts";
import { samplesPerClass } from "../../src/data/samples.ts";
import { classMeans } from "../../src/data/statistics.ts";
import { AnygradError } from "../../src/errors.ts";
import { factsOf } from "../dataset/facts.ts";
import { showDataset } from "../dataset/previewText.ts";
import { loadSource, type Source } from "../dataset/source.ts";
import { choice, wholeNumber } from "../options/arguments.ts";
import { addImageOptions, type ImageCliOptions } from "../options/imageOptions.ts";
import { addTableOptions, type TableCliOptions } from "../options/tableOptions.ts";
import { type PictureMode, pictureModes } from "../terminal/pictureMode.ts";
import { createTerminal } from "../terminal/terminal.ts";

interface PreviewOptions extends ImageCliOptions, TableCliOptions {
  readonly data?: string;
  readonly samples?: number;
  readonly seed?: number;
  readonly picture?: PictureMode | "auto";
  readonly out?: string;
  readonly json?: boolean;
}

const MOST_SAMPLES = 100;

export function previewCommand(whichSet: string, signal: AbortSignal): Command {
  const command = new Command("preview")
    .description("samples of each class, class balance and the spread of values: a picture, or text")
    .argument("[set]", whichSet, "digits")
    .option("--data <dir>", "folder in which named sets are looked for first");
  return addTableOptions(addImageOptions(command))
    .optionsGroup("Preview:")
    .option("--samples <n>", "of each class (default: 10)", wholeNumber("--samples", 1, MOST_SAMPLES))
    .option("--seed <n>", "draw the samples (default: the first ones)", wholeNumber("--seed", 0))
    .option(
      "--picture <how>",
      `${pictureModes.join(", ")} (default: what the terminal can show)`,
      choice("--picture", ["auto", ...pictureModes]),
    )
    .option("--out <path>", "write the sheet: a file .png or .svg, or a folder")
    .option("--json", "the figures as one JSON object on stdout, for programs")
    .action((name: string, options: PreviewOptions) => preview(name, options, signal));
}

async function preview(name: string, options: PreviewOptions, signal: AbortSignal): Promise<void> {
  const terminal = createTerminal();
  const forPictures = (["picture", "samples", "seed"] as const).filter((each) => options[each] !== undefined);
  const idle = forPictures.find((each) => each === "picture" || options.out === undefined);
  if (options.json && idle !== undefined) refuse(idle, "and --json gives figures");
  const out = options.out === undefined ? undefined : await fileOf(options.out, name);
  const folder = out === undefined ? undefined : await openOutputFolder(dirname(out));
  try {
    const source = await loadSource({ ...options, dataset: name, signal, terminal });
    const facts = factsOf(source);
    const pictures = picturesOf(source, options);
    if (!pictures && forPictures.length > 0) refuse(forPictures[0]!, `and ${name} has none`);
    if (out !== undefined && folder) {
      const { sheetFile } = await import("../dataset/sheetFile.ts");
      await folder.write({ [basename(out)]: await sheetFile(facts, pictures, extname(out)) });
    }
    if (options.json) terminal.result(JSON.stringify({ ...facts, out: out ?? null }));
    else terminal.drawn(await showDataset(facts, pictures, options.picture ?? "auto", terminal));
    if (out !== undefined) terminal.note(`written to ${out}`);
  } finally {
    await folder?.close();
  }
}

function refuse(option: string, reason: string): never {
  throw new AnygradError("INVALID_ARGUMENT", `--${option} is for pictures, ${reason}; leave it out`);
}

// FILE.png, FILE.svg, or SET.png in a folder, there or not yet.
async function fileOf(out: string, set: string): Promise<string> {
  const isFolder = (await stat(out).catch(() => undefined))?.isDirectory() ?? false;
  const ending = extname(out).toLowerCase();
  if (isFolder || ending === "") return join(out, `${basename(set).replace(/[.]csv([.]gz)?$/i, "")}.png`);
  if (ending === ".png" || ending === ".svg") return out;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `--out: ${out} is neither a .png nor a .svg file; name one of these, or a folder`,
  );
}

function picturesOf(
  { train, classNames }: Source,
  { samples = 10, seed }: PreviewOptions,
): ClassPictures[] | undefined {
  if (!hasPictures(train)) return undefined;
  const means = classMeans(train, classNames.length);
  const one = [1, ...train.shape.slice(1)];
  return samplesPerClass(train, classNames.length, samples, seed).map((indices, classId) => {
    const mean = means[classId];
    return {
      samples: indices.map((index) => pictureOf(train, index)),
      mean: mean && pictureOf({ x: Uint8Array.from(mean, Math.round), shape: one }, 0),
    };
  });
}
