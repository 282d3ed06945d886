/** Options that several commands have, each defined once. */
import { type Command, Option } from "commander";
import type { Engine } from "../../src/autograd/engine.ts";
import { createEngine } from "../../src/engine/createEngine.ts";
import { type Precision, type Variant, variants } from "../../src/kernels/variants.ts";
import { dashed } from "../process/flags.ts";
import { choice, realNumber, wholeNumber, wordOrCount } from "./arguments.ts";
import { imageOptionNames } from "./imageOptions.ts";
import { tableOptionNames } from "./tableOptions.ts";

/** Options of commands that read a data set. */
export interface DataOptions {
  readonly dataset?: string;
  readonly data?: string;
  readonly limit?: number;
}

/** @param usual what `--dataset` is when it is left out */
export function addDataOptions(command: Command, usual: string): Command {
  return command
    .optionsGroup("Data:")
    .option(
      "--dataset <set>",
      `digits, mnist, fashion-mnist, a folder of pictures or IDX files, or a file .csv or .csv.gz (default: ${usual})`,
    )
    .option("--data <dir>", "folder in which mnist and fashion-mnist are looked for first")
    .option("--limit <n>", "only the first n examples of each set", wholeNumber("--limit", 1));
}

/** The flags among the options that say how data are read; without data they do nothing. */
export function dataFlagsIn(options: object): string[] {
  const names: readonly string[] = ["data", "limit", ...imageOptionNames, ...tableOptionNames];
  return Object.entries(options)
    .filter(([name, value]) => names.includes(name) && value !== undefined && value !== true) // caching is what is usual
    .map(([name]) => (name === "cache" ? "no-cache" : dashed(name)));
}

/** Options of commands that compute. */
export interface EngineCliOptions {
  readonly threads?: number | "auto";
  readonly variant?: Variant | "auto";
  readonly precision?: Precision;
  readonly memoryLimit?: number;
}

export function addEngineOptions(command: Command): Command {
  return command
    .optionsGroup("Engine:")
    .option("--threads <n>", 'threads, or "auto"', wordOrCount("--threads", "auto"))
    .option(
      "--variant <name>",
      "build of the kernels: auto, scalar, simd, or relaxed (with --precision fast)",
      choice("--variant", ["auto", ...variants]),
    )
    .option(
      "--precision <mode>",
      "strict: the same bits everywhere; fast: fused multiply-add where there is one",
      choice("--precision", ["strict", "fast"]),
    )
    .option(
      "--memory-limit <mib>",
      "most MiB of WebAssembly memory",
      realNumber("--memory-limit", { above: 0 }, ", in MiB"),
    );
}

/** @throws AnygradError UNSUPPORTED, MEMORY_LIMIT */
export async function engineOf(options: EngineCliOptions): Promise<Engine> {
  return createEngine({
    ...(options.threads !== undefined && { threads: options.threads }),
    ...(options.variant && { variant: options.variant }),
    ...(options.precision && { precision: options.precision }),
    ...(options.memoryLimit !== undefined && { memoryLimit: Math.floor(options.memoryLimit * 2 ** 20) }),
  });
}

/** Options of commands that print. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function addOutputOptions(command: Command): Command {
  return command
    .optionsGroup("Output:")
    .addOption(new Option("--json", "one JSON object on stdout, for programs"))
    .addOption(new Option("--quiet", "no progress and no prose, warnings alone"));
}

/** What is told in place of the report of a comparison or a sweep. */
export const reportLater = "no report; the same command without --no-report writes it";

/** `--no-report`, beside `--out`. */
export function addReportOption(command: Command): Command {
  return command.option("--no-report", "leave report.html and the figures out of --out");
}
