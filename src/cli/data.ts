/** `anygrad data`: what a data set holds, what it looks like, and fetching it. */
import { Command } from "commander";
import { type Dataset, exampleCount } from "../data/dataset.ts";
import { moments } from "../data/normalize.ts";
import { downloadNamedSet, namedSets } from "../data/sources.ts";
import { createHost } from "../engine/host.ts";
import { AnygradError } from "../errors.ts";
import { formatCount, formatMemory, formatShare } from "../report/numbers.ts";
import { hasPictures, type Picture, pictureOf } from "../report/picture.ts";
import { pictureRows } from "../report/pictureText.ts";
import { plain } from "../report/style.ts";
import { type Cell, shorten, table } from "../report/table.ts";
import { oneOf } from "./arguments.ts";
import { downloadNote } from "./downloadNote.ts";
import { datasetNames, loadSource, type Source } from "./source.ts";
import { createTerminal, type Terminal } from "./terminal.ts";

interface Options {
  readonly data?: string;
  readonly json?: boolean;
}

export function dataCommand(signal: AbortSignal): Command {
  const data = new Command("data").description("look at data sets, or fetch them");
  const whichSet = "digits, mnist, fashion-mnist, a folder of IDX files, or a .csv file";
  const load = (dataset: string, options: Options, terminal: Terminal): Promise<Source> =>
    loadSource({
      dataset,
      ...(options.data !== undefined && { data: options.data }),
      signal,
      onDownload: downloadNote(terminal),
    });

  data
    .command("info")
    .description("count, shape, classes, mean and deviation, and where it was found")
    .argument("[set]", whichSet, "digits")
    .option("--data <dir>", "folder in which named sets are looked for first")
    .option("--json", "one JSON object on stdout, for programs")
    .action(async (name: string, options: Options) => {
      const terminal = createTerminal();
      const source = await load(name, options, terminal);
      terminal.result(options.json ? JSON.stringify(facts(source)) : infoText(source, terminal));
    });

  data
    .command("preview")
    .description("one picture of each class")
    .argument("[set]", whichSet, "digits")
    .option("--data <dir>", "folder in which named sets are looked for first")
    .action(async (name: string, options: Options) => {
      const terminal = createTerminal();
      const source = await load(name, options, terminal);
      terminal.result(pictureRows(onePictureAClass(source), { colors: terminal.resultStyle !== plain }));
    });

  data
    .command("download")
    .description("fetch a named set, check it and keep it")
    .argument("<set>", "mnist or fashion-mnist")
    .option("--data <dir>", "keep it in a folder of its name there (default: the user's cache folder)")
    .action((name: string, options: Options) => download(name, options, signal));
  return data;
}

function facts(source: Source): object {
  const { train, test, classNames, where } = source;
  const { mean, deviation } = moments(train.x);
  return {
    name: source.name,
    where,
    train: train.shape,
    test: test.shape,
    classes: classNames.map((name, classId) => ({
      name,
      train: countOf(train, classId),
      test: countOf(test, classId),
    })),
    mean,
    deviation,
  };
}

function infoText(
  { train, test, classNames, name, where }: Source,
  { resultStyle: style }: Terminal,
): string {
  const { mean, deviation } = moments(train.x);
  const shown = (value: number): string => `${value.toFixed(2)} (${(value / 255).toFixed(4)} of 255)`;
  const about = table(
    [
      ["found", where],
      [
        "examples",
        `${formatCount(exampleCount(train))} to train, ${formatCount(exampleCount(test))} to test`,
      ],
      ["shape", train.shape.slice(1).join(" × ")],
      ["mean", shown(mean)],
      ["deviation", shown(deviation)],
    ].map(([head, text]) => [{ text: head!, stress: "quiet" }, text!]),
    { style },
  );
  const heading = ["class", "", "train", "", "test", ""].map((text): Cell => ({ text, stress: "quiet" }));
  const share = (set: Dataset, count: number): Cell => ({
    text: formatShare(count / exampleCount(set)),
    stress: "quiet",
  });
  const rows = classNames.map((className, classId) => {
    const [inTrain, inTest] = [countOf(train, classId), countOf(test, classId)];
    return [
      String(classId),
      className === String(classId) ? "" : shorten(className, 24),
      formatCount(inTrain),
      share(train, inTrain),
      formatCount(inTest),
      share(test, inTest),
    ];
  });
  const balance = table([heading, ...rows], {
    align: ["right", "left", "right", "right", "right", "right"],
    style,
  });
  return `${style.strong(name)}\n${about}\n\n${balance}`;
}

function countOf({ y }: Dataset, classId: number): number {
  let count = 0;
  for (let i = 0; i < y.length; i++) if (y[i] === classId) count++;
  return count;
}

function onePictureAClass({ train, classNames, name }: Source): (Picture & { caption: string })[] {
  if (!hasPictures(train))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name}: examples of shape ${train.shape.slice(1).join(" × ")} are no pictures; anygrad data info describes them`,
    );
  return classNames.flatMap((caption, classId) => {
    const found = train.y.indexOf(classId);
    return found < 0 ? [] : [{ ...pictureOf(train, found), caption }];
  });
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
    ...(data !== undefined && { into: `${data}/${set.name}` }),
  });
  terminal.result(
    table(
      Object.values(files).map(({ path, bytes }) => [path, formatMemory(bytes.length)]),
      { align: ["left", "right"], indent: 0 },
    ),
  );
}
