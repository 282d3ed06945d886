/** `anygrad bench`: how fast the kernels and whole training steps are on this machine, and how fast they could be. */
import { writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import {
  benchmarkMarkdown,
  headText,
  type NamedNetwork,
  profilePage,
  profileSteps,
  profilesText,
  profileText,
  type Row,
  rowsText,
  runBenchmark,
  type Section,
  sections,
} from "../../bench/suite/index.ts";
import { formatSeconds } from "../../report/text/numbers.ts";
import { loadAverage, machine } from "../../runs/machine.ts";
import { AnygradError, quote, reasonOf } from "../../src/errors.ts";
import { chooseVariant } from "../../src/kernels/variants.ts";
import { modelFromConfig } from "../../src/model/index.ts";
import { oneOf, realNumber, wholeNumber, wordOrCount } from "../options/arguments.ts";
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
  readonly profile?: string;
  readonly input?: readonly number[];
  readonly batch?: number;
  readonly html?: string;
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
    .option(
      "--profile <network>",
      "where a training step of a preset, or of a model file, goes: kernel by kernel",
    )
    .option("--input <shape>", "with --profile: of an example, such as 224x224x3 (default: 28x28x1)", shapeOf)
    .option("--batch <n>", "with --profile: examples of a step (default: 64)", wholeNumber("--batch", 1))
    .option("--html <file>", "with --profile: write the report with a flame chart of the step")
    .option("--json", "one JSON object on stdout, for programs")
    .option("--markdown <file>", "write the report to a Markdown file, too")
    .addOption(
      new Option("--milliseconds <ms>", "of each task in each round")
        .argParser(realNumber("--milliseconds", { above: 0 }))
        .hideHelp(),
    )
    .action((options: Options) => {
      const { profile: network } = options;
      checkTogether(options);
      return network === undefined ? bench(options, signal) : profile(network, options);
    });
}

/** @throws AnygradError INVALID_ARGUMENT for options that the kind of measurement does not heed */
function checkTogether(options: Options): void {
  const isProfile = options.profile !== undefined;
  const others = isProfile ? (["only", "match", "model"] as const) : (["input", "batch", "html"] as const);
  const given = others.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const why = isProfile
    ? "does not go with --profile, which measures the training steps of the network that it names"
    : "is for --profile NETWORK, which is not there";
  throw new AnygradError("INVALID_ARGUMENT", `bench: --${given} ${why}; leave it out`);
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

/** Where the time of a training step goes. */
async function profile(
  name: string,
  { input = [28, 28, 1], batch = 64, threads, html, json, markdown, quick, milliseconds }: Options,
): Promise<void> {
  const terminal = createTerminal();
  const status = createStatusLine(terminal);
  const { processor, cores } = machine();
  const load = loadAverage();
  const network = await namedNetworkOf(name, input);
  const [count, variant] = [
    typeof threads === "number" ? threads : cores,
    chooseVariant("auto", "strict", ["simd", "scalar"])!,
  ];
  status.show(`${network.name}: training steps of ${batch}`);
  try {
    const profiled = await profileSteps({
      machine: { cpu: processor, cores, ...(load !== undefined && { loadAverage: load }) },
      network,
      build: { variant, threads: count },
      batchSize: batch,
      effort: { rounds: quick ? 3 : 9, milliseconds: milliseconds ?? 100 },
    });
    status.clear();
    terminal.result(json ? JSON.stringify(profiled) : profileText(profiled, terminal.resultStyle));
    if (html !== undefined) write(html, profilePage(profiled));
    if (markdown !== undefined) write(markdown, `\`\`\`text\n${profileText(profiled)}\n\`\`\`\n`);
  } finally {
    status.clear();
  }
}

/** The network of a file for the built-in digits, which are what is measured on. */
async function ownNetworkOf(path: string): Promise<NamedNetwork> {
  return namedNetworkOf(checkModelFile(path), [28, 28, 1]);
}

async function namedNetworkOf(preset: string, inputShape: readonly number[]): Promise<NamedNetwork> {
  const source = networkSourceOf(preset);
  const net = await source.network({ inputShape, classes: 10, task: "classification", seed: 1 });
  return { name: source.name, make: () => modelFromConfig(net.getConfig(), { custom: definitionsOf(net) }) };
}

/** Extents such as 224x224x3. */
function shapeOf(text: string): number[] {
  const extents = text.split(/[x×,]/).map(Number);
  if (extents.every((extent) => Number.isInteger(extent) && extent > 0)) return extents;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `--input ${quote(text)} is no shape; pass the extents of an example, such as 28x28x1 or 16`,
  );
}

function partsOf(text: string): Section[] {
  return text.split(",").map((word) => oneOf("--only", word.trim(), sections));
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    const reason = reasonOf(cause);
    throw new AnygradError("OUTPUT", `bench: ${file} could not be written (${reason}); pass another place`, {
      cause,
    });
  }
}
