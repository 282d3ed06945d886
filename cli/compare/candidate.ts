/**
 * A model to compare: a preset or a model file, with options of its own if need be, as in
 * `mlp-64:optimizer=momentum,activation=sigmoid`.
 *
 * The options are those of `train`, checked by the definitions that `train` has. A value with commas stands in quotes:
 * `mlp-64:augment="shift=2,rotate=10"`.
 */
import type { Option } from "commander";
import { AnygradError, reasonOf } from "../../src/errors.ts";
import { didYouMean } from "../../src/math/oneOf.ts";
import { oneOf } from "../options/arguments.ts";
import { logOptionNames } from "../options/logOptions.ts";
import type { GivenOptions } from "../options/passedOptions.ts";
import { networkSourceOf } from "../training/network.ts";

export interface Candidate {
  /** Its name, or the path of a model file. */
  readonly preset: string;
  /** The model's own options; those of all runs are not among them. */
  readonly options: GivenOptions;
}

/** What an option of `train` is for, when runs are compared. */
export interface TrainOptionUse {
  /** An option that a model may have for itself. */
  readonly own: boolean;
  readonly option: Option;
}

// Options of the same name that `compare` has for itself.
const ofCompare: readonly string[] = ["dataset", "out", "json", "quiet"];
// Where a run writes, and what, is up to the command that starts it.
const neverPassed: readonly string[] = [...ofCompare, "resume", "stop-after", "overwrite", "no-report"];
// Models that saw other test images, or shared the machine differently, do not compare.
const ofAllRuns: readonly string[] = [
  ...["data", "limit", "image-size", "color", "fit", "no-cache", "threads"],
  ...["checkpoint", "keep", "keep-best", ...logOptionNames],
];

/** The options of `train` that are passed on, by name. */
export function passedOptions(train: readonly Option[]): ReadonlyMap<string, TrainOptionUse> {
  return new Map(
    train.flatMap((option): [string, TrainOptionUse][] => {
      const name = option.name();
      return neverPassed.includes(name) ? [] : [[name, { option, own: !ofAllRuns.includes(name) }]];
    }),
  );
}

/** @throws AnygradError INVALID_ARGUMENT for an unknown preset or option, a value the option does not take, an option given twice */
export function parseCandidate(text: string, known: ReadonlyMap<string, TrainOptionUse>): Candidate {
  // a path may hold a colon: "C:\\nets\\mine.mjs:seed=2"
  const [, file, ofFile] = /^(.+[.](?:[cm]?[jt]s|json))(?::(.*))?$/is.exec(text) ?? [];
  const [, name = "", ofPreset] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  const preset = networkSourceOf(file ?? name).argument;
  const rest = file === undefined ? ofPreset : ofFile;
  if (rest === undefined) return { preset, options: {} };
  const options: Record<string, string> = {};
  for (const piece of pieces(text, rest)) {
    const at = piece.indexOf("=");
    const option = (at < 0 ? piece : piece.slice(0, at)).trim().replace(/^--/, "");
    const value = at < 0 ? undefined : piece.slice(at + 1).trim();
    const [, ownOption] = /^set[.](.+)$/.exec(option) ?? [];
    if (ownOption !== undefined && value !== undefined) {
      // as tune's --search names it
      const set = checked(text, "set", `${ownOption}=${value}`, known);
      options.set = options.set === undefined ? set : `${options.set},${set}`;
      continue;
    }
    if (option in options) throw refusal(text, `${option} is given twice; give it once`);
    options[option] = checked(text, option, value, known);
  }
  return { preset, options };
}

// "a=1,b="x,y"" → ["a=1", "b=x,y"]
function pieces(candidate: string, text: string): string[] {
  const found: string[] = [""];
  let quoted = false;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    else if (sign === "," && !quoted) found.push("");
    else found[found.length - 1] += sign;
  }
  if (quoted) throw refusal(candidate, "a quotation mark is not closed; close it");
  return found;
}

function checked(
  candidate: string,
  name: string,
  value: string | undefined,
  known: ReadonlyMap<string, TrainOptionUse>,
): string {
  const use = known.get(name);
  const own = [...known].flatMap(([word, { own }]) => (own ? [word] : []));
  if (use === undefined && !ofCompare.includes(name))
    throw refusal(
      candidate,
      `option "${name}" is unknown; ${didYouMean(name, own)}known are ${own.join(", ")}`,
    );
  if (!use?.own)
    throw refusal(candidate, `${name} is not a model's own; leave it out, or pass --${name} for all runs`);
  const { option } = use;
  const takesValue = option.required || option.optional;
  if (takesValue && (value === undefined || value === ""))
    throw refusal(candidate, `${name} has no value; write ${name}=VALUE`);
  if (!takesValue && value !== undefined)
    throw refusal(candidate, `${name} takes no value; write ${name} alone`);
  if (value === undefined) return "";
  try {
    option.parseArg?.(value, undefined);
    if (option.argChoices) oneOf(name, value, option.argChoices);
  } catch (error) {
    throw refusal(candidate, reasonOf(error).replace(`--${name} `, `${name} `));
  }
  return value;
}

function refusal(candidate: string, reason: string): AnygradError {
  return new AnygradError("INVALID_ARGUMENT", `${candidate}: ${reason}`);
}

/** What a label is made of. */
export interface Labelled {
  readonly preset: string;
  readonly settings: GivenOptions;
  /** Runs of different groups may have the same label: data sets. */
  readonly group: string;
}

/**
 * Names that tell models apart: the preset, and of its settings those in which models of the same preset and group
 * differ: "mlp-64", "mlp-64 optimizer=momentum".
 */
export function labelsOf(models: readonly Labelled[]): string[] {
  return models.map(({ preset, settings, group }) => {
    const rivals = models.filter((other) => other.preset === preset && other.group === group);
    const telling = Object.entries(settings).filter(([name, value]) =>
      rivals.some((rival) => rival.settings[name] !== value),
    );
    return [preset, ...telling.map(([name, value]) => (value === "" ? name : `${name}=${value}`))].join(" ");
  });
}
