/** `anygrad data`: what a data set holds, what it looks like, and fetching it. */

import { Command } from "commander";
import type { DatasetFacts } from "../../report/dataset/facts.ts";
import { balanceTable, columnTable, datasetHeading } from "../../report/dataset/text.ts";
import { table } from "../../report/text/table.ts";
import { downloadNamedSet, namedSets } from "../../src/data/sources.ts";
import { AnygradError } from "../../src/errors.ts";
import { formatBytes } from "../../src/math/bytes.ts";
import { createHost } from "../../src/runtime/host.ts";
import { downloadNote } from "../dataset/downloadNote.ts";
import { factsOf } from "../dataset/facts.ts";
import { datasetNames, loadSource } from "../dataset/source.ts";
import { oneOf } from "../options/arguments.ts";
import { addImageOptions, type ImageCliOptions } from "../options/imageOptions.ts";
import { addTableOptions, type TableCliOptions } from "../options/tableOptions.ts";
import { createTerminal, type Terminal } from "../terminal/terminal.ts";
import { previewCommand } from "./preview.ts";

interface Options extends ImageCliOptions, TableCliOptions {
  readonly data?: string;
  readonly json?: boolean;
}

export function dataCommand(signal: AbortSignal): Command {
  const data = new Command("data").description("look at data sets, or fetch them");
  const whichSet = `${datasetNames.join(", ")}, a folder of pictures or IDX files, or a table: .csv, .tsv, .jsonl or .parquet`;

  const info = data
    .command("info")
    .description("count, shape, classes, mean and deviation, and where it was found")
    .argument("[set]", whichSet, "digits")
    .option("--data <dir>", "folder in which named sets are looked for first");
  addTableOptions(addImageOptions(info))
    .option("--json", "one JSON object on stdout, for programs")
    .action(async (name: string, options: Options) => {
      const terminal = createTerminal();
      const facts = factsOf(await loadSource({ ...options, dataset: name, signal, terminal }));
      terminal.result(options.json ? JSON.stringify(infoJson(facts)) : infoText(facts, terminal));
    });

  data.addCommand(previewCommand(whichSet, signal));

  data
    .command("download")
    .description("fetch a named set, check it and keep it")
    .argument("<set>", namedSets.map(({ name }) => name).join(", "))
    .option(
      "--data <dir>",
      "keep it in a folder of its name there, EMNIST's in one (default: the user's cache folder)",
    )
    .action((name: string, options: Options) => download(name, options, signal));
  return data;
}

function infoJson({ values, table: ofTable, ...facts }: DatasetFacts): object {
  const { mean, deviation } = values.train;
  return { ...facts, ...ofTable, mean, deviation };
}

function infoText(facts: DatasetFacts, { resultStyle: style, resultWidth }: Terminal): string {
  const { mean, deviation } = facts.values.train;
  const shown = (value: number): string => `${value.toFixed(2)} (${(value / 255).toFixed(4)} of 255)`;
  const options = { style, width: resultWidth() };
  if (facts.table) {
    const parts = [
      columnTable(facts, options),
      ...(facts.classes.length > 0 ? [balanceTable(facts, options)] : []),
    ];
    return [datasetHeading(facts, options), ...parts].join("\n\n");
  }
  const spread = { mean: shown(mean), deviation: shown(deviation) };
  return `${datasetHeading(facts, options, spread)}\n\n${balanceTable(facts, options)}`;
}

async function download(name: string, { data }: Options, signal: AbortSignal): Promise<void> {
  const terminal = createTerminal();
  oneOf("data set", name, datasetNames);
  const set = namedSets.find((known) => known.name === name);
  if (!set)
    throw new AnygradError("INVALID_ARGUMENT", `${name}: built in, nothing to fetch; use it as it is`);
  const files = await downloadNamedSet(createHost(), set, {
    signal,
    onProgress: downloadNote(terminal),
    ...(data !== undefined && { into: `${data}/${set.folder ?? set.name}` }),
  });
  terminal.result(
    table(
      Object.values(files).map(({ path, bytes }) => [path, formatBytes(bytes.length)]),
      { align: ["left", "right"], indent: 0 },
    ),
  );
}
