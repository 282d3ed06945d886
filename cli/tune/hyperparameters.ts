/**
 * What `tune` can search: the options of `train` that change what is learned, read off the command itself, so that an
 * option that is new there is searched here at once.
 */
import type { Option } from "commander";
import { AnygradError } from "../../src/errors.ts";
import { didYouMean } from "../../src/math/oneOf.ts";
import { parseSet } from "../options/setOptions.ts";
import { dashed } from "../process/flags.ts";

export type Value = string | number | boolean;

/** Names as on the command line, without the dashes: "learning-rate". */
export type Values = Readonly<Record<string, Value>>;

export interface Hyperparameter {
  readonly name: string;
  /** A value as `train` would take it. @throws AnygradError INVALID_ARGUMENT, with the option's own text */
  parse(text: string): Value;
  /** What the command line of `train` gets for a value. */
  argumentsFor(value: Value): string[];
}

const incomparable = "scores on other examples cannot be compared; tune on each by itself";
const resultless = "it changes no result; pass it beside --search";
const ofTheSweep = "it belongs to the sweep as a whole";

/** The options that are not searched, and why. */
const fixed: Readonly<Record<string, string>> = {
  dataset: incomparable,
  data: incomparable,
  limit: incomparable,
  "image-size": incomparable,
  color: incomparable,
  fit: incomparable,
  "max-pixels": incomparable,
  cache: resultless,
  label: incomparable,
  task: incomparable,
  window: incomparable,
  stride: incomparable,
  horizon: incomparable,
  group: incomparable,
  "max-bytes": resultless,
  custom: resultless,
  "validation-split": incomparable,
  threads: resultless,
  variant: resultless,
  precision: "it is about speed; pass it beside --search",
  "memory-limit": resultless,
  checkpoint: resultless,
  keep: resultless,
  "keep-best": resultless,
  log: resultless,
  "log-every": resultless,
  "log-histograms": resultless,
  resume: ofTheSweep,
  overwrite: ofTheSweep,
  "stop-after": ofTheSweep,
  out: ofTheSweep,
  set: "its options are, one by one: set.units=32,64",
  report: ofTheSweep,
  json: ofTheSweep,
  quiet: ofTheSweep,
};

/** The hyperparameters among the options of `train`, in their order. */
export function hyperparametersOf(options: readonly Option[]): Hyperparameter[] {
  const searched = options.filter((option) => fixed[nameOf(option)] === undefined);
  const names = new Set(searched.map(nameOf));
  return [...names].map((name) => {
    const ways = searched.filter((option) => nameOf(option) === name);
    const valued = ways.find((option) => !option.isBoolean());
    return valued
      ? { name, parse: (text) => parsed(valued, text), argumentsFor: (value) => [`--${name}`, String(value)] }
      : { name, parse: (text) => flag(name, text), argumentsFor: (value) => flagArguments(ways, value) };
  });
}

/** @throws AnygradError INVALID_ARGUMENT for a name that is none of them, with the nearest or with the reason */
export function hyperparameter(name: string, known: readonly Hyperparameter[]): Hyperparameter {
  const [, ownOption] = /^(?:--)?set[.](.+)$/.exec(name) ?? [];
  if (ownOption !== undefined) return optionOfFile(ownOption);
  const asked = dashed(name).replace(/^--/, "");
  const found = known.find((one) => one.name === asked);
  if (found) return found;
  const reason = fixed[asked];
  if (reason !== undefined)
    throw new AnygradError("INVALID_ARGUMENT", `--search: ${asked} cannot be searched: ${reason}`);
  const names = known.map((one) => one.name);
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `--search: "${name}" is no option of anygrad train; ${didYouMean(asked, names)}known are ${names.join(", ")}`,
  );
}

/** An option of the function in a model file: "set.units". */
function optionOfFile(name: string): Hyperparameter {
  return {
    name: `set.${name}`,
    parse: (text) => parseSet(`${name}=${text}`)[name]!,
    argumentsFor: (value) => ["--set", `${name}=${value}`],
  };
}

/** "learning-rate", of "--no-report" too "report". */
export function nameOf(option: Option): string {
  return option.name().replace(/^no-/, "");
}

function parsed(option: Option, text: string): Value {
  const value: unknown = option.parseArg ? option.parseArg(text, undefined) : text;
  return typeof value === "number" ? value : text;
}

function flag(name: string, text: string): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new AnygradError("INVALID_ARGUMENT", `--search: ${name} is "${text}"; pass true or false`);
}

function flagArguments(ways: readonly Option[], value: Value): string[] {
  const way = ways.find((option) => option.negate !== value);
  return way?.long ? [way.long] : [];
}
