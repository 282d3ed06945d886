/** `anygrad bench`: how fast the kernels and whole training steps are on this machine, and how fast they could be. */
import { writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import {
  benchmarkMarkdown,
  headText,
  type NamedNetwork,
  profilesText,
  type Row,
  rowsText,
  runBenchmark,
  type Section,
  sections,
} from "../../bench/suite/index.ts";
import { formatSeconds } from "../../report/text/numbers.ts";
import { loadAverage, machine } from "../../runs/machine.ts";
import { AnygradError, reasonOf } from "../../src/errors.ts";
import { modelFromConfig } from "../../src/model/index.ts";
import { oneOf, realNumber, wordOrCount } from "../options/arguments.ts";
import { modelHelp } from "../options/networkOptions.ts";
import { createStatusLine } from "../terminal/statusLine.ts";
import { createTerminal } from "../terminal/terminal.ts";
import { definitionsOf } from "../training/customFile.ts";
import { checkModelFile, networkSourceOf } from "../training/network.ts";

interface Options {
  readonly quick?: boolean;
  readonly only?: readonly Section[];
  readonly match?: string;
  readonly model?: string;
  readonly threads?: number | "auto";
  readonly json?: boolean;
  readonly markdown?: string;
  readonly milliseconds?: number;
}

/** More than this share of a core is taken by others. */
const busy = 0.5;

export function benchCommand(signal: AbortSignal): Command {
  return new Command("bench")
    .description("measure kernels, training steps and inference beside the ceiling of this machine")
    .option("--quick", "under a minute: the kernels that matter most, fewer builds")
    .option("--only <parts>", `some of ${sections.join(", ")}, separated by commas`, partsOf)
    .option("--match <text>", "only groups and networks whose name contains the text")
    .option("--model <file>", `${modelHelp}; its steps and inference alone`)
    .option("--threads <n>", "the most threads (default: the cores)", wordOrCount("--threads", "auto"))
    .option("--json", "one JSON object on stdout, for programs")
    .option("--markdown <file>", "write the report to a Markdown file, too")
    .addOption(
      new Option("--milliseconds <ms>", "of each task in each round")
        .argParser(realNumber("--milliseconds", { above: 0 }))
        .hideHelp(),
    )
    .action((options: Options) => bench(options, signal));
}

async function bench(options: Options, signal: AbortSignal): Promise<void> {
  const terminal = createTerminal();
  const status = createStatusLine(terminal);
  const { processor, cores } = machine();
  const load = loadAverage();
  const show = (text: string): void => {
    status.clear();
    if (!options.json) terminal.result(text);
  };
  const ofNetworks: readonly Section[] = ["steps", "inference"];
  const only = options.only ?? (options.model === undefined ? undefined : ofNetworks);
  if (options.model !== undefined && !only!.some((section) => ofNetworks.includes(section)))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `bench: --model is for steps and inference, and --only ${only!.join(",")} measures neither; leave one of them out`,
    );
  const own = options.model === undefined ? undefined : await ownNetworkOf(options.model);
  let last: Row | undefined;
  if (load !== undefined && load > busy)
    terminal.note(
      `warning: the load average is ${load.toFixed(2)}: others are using this machine; figures will be low and unsteady`,
    );
  try {
    const benchmark = await runBenchmark({
      machine: { cpu: processor, cores, ...(load !== undefined && { loadAverage: load }) },
      signal,
      ...(options.quick && { quick: true }),
      ...(only && { sections: only }),
      ...(own && { networks: [own] }),
      ...(options.match !== undefined && { match: options.match }),
      ...(typeof options.threads === "number" && { threads: options.threads }),
      ...(options.milliseconds !== undefined && { milliseconds: options.milliseconds }),
      onProgress: (what, done, total) => status.show(`${done + 1}/${total}  ${what}`),
      onStart: (start) => show(headText(start, terminal.resultStyle)),
      onRows(rows) {
        show(rowsText(rows, terminal.resultStyle, last));
        last = rows.at(-1);
      },
    });
    if (benchmark.profiles.length > 0) show(profilesText(benchmark.profiles, terminal.resultStyle));
    status.clear();
    if (options.json) terminal.result(JSON.stringify(benchmark));
    if (options.markdown !== undefined) write(options.markdown, benchmarkMarkdown(benchmark));
    terminal.note(`\nmeasured in ${formatSeconds(benchmark.seconds)}`);
  } finally {
    status.clear();
  }
}

/** The network of a file for the built-in digits, which are what is measured on. */
async function ownNetworkOf(path: string): Promise<NamedNetwork> {
  const source = networkSourceOf(checkModelFile(path));
  const net = await source.network({ inputShape: [28, 28, 1], classes: 10, task: "classification", seed: 1 });
  return { name: source.name, make: () => modelFromConfig(net.getConfig(), { custom: definitionsOf(net) }) };
}

function partsOf(text: string): Section[] {
  return text.split(",").map((word) => oneOf("--only", word.trim(), sections));
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    const reason = reasonOf(cause);
    throw new AnygradError(
      "OUTPUT",
      `bench: ${file} could not be written (${reason}); pass another --markdown`,
      {
        cause,
      },
    );
  }
}
