/**
 * The search space: for each hyper-parameter a list of values, or a range. From flags (`learning-rate=1e-4..1e-1:log`)
 * or a JSON file, both checked by the options' own rules before anything runs; then every combination of it (grid), or
 * draws that depend on the seed and their number alone (random).
 */
import { AnygradError, quote, reasonOf } from "../../src/errors.ts";
import { measuredJson } from "../../src/io/json.ts";
import { isWithin, type NumberRange, rangeText } from "../../src/math/checks.ts";
import { didYouMean } from "../../src/math/oneOf.ts";
import { Random } from "../../src/math/philox.ts";
import { exp, log } from "../../src/math/transcendental.ts";
import { dashed } from "../process/flags.ts";
import { type Hyperparameter, hyperparameter, type Value, type Values } from "./hyperparameters.ts";

export type Dimension = ListDimension | RangeDimension;

interface ListDimension {
  readonly kind: "list";
  readonly name: string;
  readonly values: readonly Value[];
}

interface RangeDimension {
  readonly kind: "range";
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Whether equal factors are equally likely. */
  readonly log: boolean;
  /** Whether the option takes whole numbers only. */
  readonly whole: boolean;
}

/** The most trials of a sweep, and values of a range: more would take memory for weeks of training. */
export const MOST_TRIALS = 100_000;

/** The Philox stream that draws come from; no other part of the package uses it. */
const SEARCH_STREAM = 0x73726368; // "srch"

/** Where a `--search` is a file and not NAME=VALUES. */
export function isSpaceFile(search: string): boolean {
  return !search.includes("=") || /[.]json$/.test(search);
}

/** `optimizer=sgd,adam` · `dropout=0..0.5` · `dropout=0..0.5:step=0.1` · `learning-rate=1e-4..0.1:log:points=4`. */
export function dimensionOfFlag(search: string, known: readonly Hyperparameter[]): Dimension {
  const [, name = "", text = ""] = /^([^=]*)=(.*)$/s.exec(search) ?? [];
  const parameter = hyperparameter(name.trim(), known);
  try {
    return dimensionOf(parameter, text.trim());
  } catch (error) {
    const meant = meantBy(parameter, text.trim());
    if (meant === undefined) throw error;
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--search: ${quote(search)} is neither values nor a range; did you mean ${parameter.name}=${meant}? ${forms}`,
      { cause: error },
    );
  }
}

const forms = "values are A,B,…; a range is MIN..MAX, and behind it :log, :step=X or :points=N";

/** A `--search` without values, or with another sign than = before them; undefined: it is no option. */
export function withoutValues(search: string, known: readonly Hyperparameter[]): AnygradError | undefined {
  const [, name = "", sign = "", text = ""] = /^\s*([\w.-]+)\s*([:\s]\s*(.*))?$/s.exec(search) ?? [];
  const parameter = known.find((one) => one.name === dashed(name).replace(/^--/, ""));
  if (!parameter) return undefined;
  const fault = sign === "" ? `${name} has no values` : `${quote(search)} has no = behind the option`;
  const example = text === "" ? "A,B,…" : isRead(parameter, text) ? text : (meantBy(parameter, text) ?? text);
  return new AnygradError(
    "INVALID_ARGUMENT",
    `--search: ${fault}; pass ${parameter.name}=${example}: ${forms}`,
  );
}

function isRead(parameter: Hyperparameter, text: string): boolean {
  try {
    return dimensionOf(parameter, text) !== undefined;
  } catch {
    return false;
  }
}

/** A number as it is typed, and a range as it is written, whatever its numbers are. */
const number = /(?:\d+[.]?\d*|[.]\d+)(?:e[-+]?\d+)?/gi;
const rangeForm = /^[^.:\s,]*(?:[.]?[^.:\s,]+)[.][.][^.:\s,]*(?:[.]?[^.:\s,]+)(?::[a-z]+(?:=[^:]*)?)*$/i;

/** What a text that could not be read as numbers says in another form: "log:1e-4..0.1" → "1e-4..0.1:log". */
function meantBy(parameter: Hyperparameter, text: string): string | undefined {
  if (rangeForm.test(text)) return undefined;
  const commas = /[.][.]|:/.test(text) ? text.replace(/(\d),(?=\d)/g, "$1.") : text; // 0,1..0,5
  const pointed = commas.replace(/[.]{2,}/g, " … ");
  const numbers = pointed.match(number) ?? [];
  const [min, max, third, ...more] = numbers.map(Number);
  if (min === undefined || max === undefined || more.length > 0) return undefined;
  const isList = /[[\]{}; ]/.test(text) && !/[.][.]|:|log|to\b/i.test(text);
  const words = pointed
    .replace(number, "")
    .replace(/log\w*|uniform|linear|range|to|step|points|steps|true/gi, "");
  if (/[a-z]/i.test(words) || !numbers.every((each) => accepts(parameter, Number(each)))) return undefined;
  if (isList || (third !== undefined && !/[…:]/.test(pointed.replace(number, "")))) return numbers.join(",");
  if (!(min < max)) return undefined;
  const many = third !== undefined && (Number.isInteger(third) && third > 1 ? "points" : "step");
  return `${numbers[0]}..${numbers[1]}${/log/i.test(text) ? ":log" : ""}${many ? `:${many}=${third}` : ""}`;
}

function dimensionOf(parameter: Hyperparameter, text: string): Dimension {
  const { name } = parameter;
  const range = /^(.+?)[.][.]([^:]+)((?::[^:]*)*)$/.exec(text);
  if (range) {
    const [, min, max, rest] = range as unknown as [string, string, string, string];
    const given: Record<string, unknown> = { min: numberIn(name, min), max: numberIn(name, max) };
    for (const part of rest.split(":").slice(1)) {
      const [key = "", value] = part.split("=");
      if (value === undefined && (key === "step" || key === "points"))
        throw new AnygradError(
          "INVALID_ARGUMENT",
          `--search: ${name}: ${key} has no number; pass ${key === "step" ? "the way from value to value, as step=0.1" : "how many values, as points=4"}`,
        );
      given[key] = value === undefined || (key === "log" && value === "true") ? true : numberIn(name, value);
    }
    return rangeOf(parameter, given);
  }
  // values that hold commas themselves stand apart by "|"
  const texts = text.includes("|") ? text.split("|") : text.split(",");
  return listOf(parameter, texts);
}

/** `{ "optimizer": ["sgd", "adam"], "learningRate": { "min": 1e-4, "max": 0.1, "log": true } }`. */
export function dimensionsOfFile(text: string, path: string, known: readonly Hyperparameter[]): Dimension[] {
  const space = measuredJson(text, (reason, cause) => {
    const fault = cause === undefined ? reason : `is not JSON (${reasonOf(cause)})`;
    return new AnygradError("DATA_FORMAT", `--search: ${path} ${fault}; mend it`);
  });
  if (typeof space !== "object" || space === null || Array.isArray(space))
    throw new AnygradError(
      "DATA_FORMAT",
      `--search: ${path} holds no object; write { "optimizer": ["sgd", "adam"], … }`,
    );
  return Object.entries(space).map(([name, values]: [string, unknown]) => {
    const parameter = hyperparameter(name, known);
    if (Array.isArray(values) && values.every(isValue)) return listOf(parameter, values.map(String));
    if (typeof values === "object" && values !== null && !Array.isArray(values))
      return rangeOf(parameter, values as Record<string, unknown>);
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--search: ${name} is ${JSON.stringify(values)}; pass a list of values or { "min": …, "max": … }`,
    );
  });
}

/** @throws AnygradError INVALID_ARGUMENT where the space is empty or names an option twice */
export function checkSpace(space: readonly Dimension[]): void {
  if (space.length === 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "--search: nothing to search; pass it as learning-rate=0.001,0.01 or as a JSON file",
    );
  const names = space.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--search: ${twice} is given twice; pass all its values at once`,
    );
}

/** Number of combinations; Infinity with a range of numbers that need not be whole. */
export function sizeOf(space: readonly Dimension[]): number {
  return space.reduce((size, one) => {
    if (one.kind === "list") return size * one.values.length;
    return size * (one.whole ? one.max - one.min + 1 : Infinity);
  }, 1);
}

/** @throws AnygradError INVALID_ARGUMENT for more trials than a sweep may have */
function checkCount(count: number, what: string): void {
  if (count <= MOST_TRIALS) return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `--search: ${what}; a sweep has at most ${MOST_TRIALS}, so pass fewer values, or --method random with --trials`,
  );
}

/** Every combination, the last option's values changing first. @throws AnygradError INVALID_ARGUMENT for a range */
export function grid(space: readonly Dimension[]): Values[] {
  const size = sizeOf(space.filter(({ kind }) => kind === "list"));
  checkCount(size, `a grid of ${size} combinations`);
  let combinations: Values[] = [{}];
  for (const one of space) {
    if (one.kind === "range")
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `--method grid: ${one.name} is a range without end; add step or points (${one.name}=${one.min}..${one.max}${one.log ? ":log" : ""}:points=4), or use --method random`,
      );
    combinations = combinations.flatMap((values) =>
      one.values.map((value) => ({ ...values, [one.name]: value })),
    );
  }
  return combinations;
}

/**
 * `count` different combinations. The k-th depends on the seed and the space alone: a longer sweep begins as a shorter
 * one. @throws AnygradError INVALID_ARGUMENT where the space has fewer
 */
export function draws(space: readonly Dimension[], count: number, seed: number): Values[] {
  checkCount(count, `--trials is ${count}`);
  const size = sizeOf(space);
  if (count > size)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--trials is ${count} but the search space has ${size} combinations; pass at most that many, or --method grid`,
    );
  const drawn = new Map<string, Values>();
  // a draw that was there before is drawn anew: soon found, but for ranges of a few whole numbers
  for (let number = 0; drawn.size < count; number++) {
    if (number > 1000 * count)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `--trials is ${count} but the search space has hardly more than ${drawn.size} different combinations; pass fewer`,
      );
    const random = new Random(seed, SEARCH_STREAM, number);
    const values = Object.fromEntries(space.map((one) => [one.name, draw(one, random)]));
    drawn.set(JSON.stringify(values), values);
  }
  return [...drawn.values()];
}

/** The values in the user's words: "0.0001..0.1 log", "sgd, adam". */
export function describeDimension(one: Dimension): string {
  if (one.kind === "list")
    return one.values.join(one.values.some((v) => String(v).includes(",")) ? " | " : ", ");
  return `${one.min}..${one.max}${one.log ? " log" : ""}`;
}

function draw(one: Dimension, random: Random): Value {
  if (one.kind === "list") return one.values[random.integer(one.values.length)]!;
  const { min, max, whole } = one;
  const at = random.uniform();
  if (whole && !one.log) return min + Math.floor(at * (max - min + 1));
  const value = one.log ? exp(log(min) + at * (log(max) - log(min))) : min + at * (max - min);
  if (whole) return Math.min(max, Math.max(min, Math.round(value)));
  return Math.min(max, Math.max(min, one.log ? Number(value.toPrecision(4)) : rounded(value, max - min)));
}

/** Rounds to a ten-thousandth of the width or finer: values that can be read and typed. */
function rounded(value: number, width: number): number {
  const exponent = Number(width.toExponential().split("e")[1]);
  return Number(value.toFixed(Math.min(20, Math.max(0, 4 - exponent))));
}

function listOf(parameter: Hyperparameter, texts: readonly string[]): Dimension {
  const { name } = parameter;
  if (texts.length === 0 || texts.some((text) => text.trim() === ""))
    throw new AnygradError("INVALID_ARGUMENT", `--search: ${name} has an empty value; pass ${name}=A,B,…`);
  const values = texts.map((text) => parameter.parse(text.trim()));
  checkCount(values.length, `${name} has ${values.length} values`);
  const twice = new Set(values).size < values.length;
  if (twice)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--search: ${name} has the value ${values.find((value, i) => values.indexOf(value) < i)} twice; leave one out`,
    );
  return { kind: "list", name, values };
}

const rangeNames = ["min", "max", "log", "step", "points"];

function rangeOf(parameter: Hyperparameter, given: Readonly<Record<string, unknown>>): Dimension {
  const { name } = parameter;
  const wrong = (text: string): AnygradError =>
    new AnygradError("INVALID_ARGUMENT", `--search: ${name}: ${text}`);
  const unknown = Object.keys(given).find((key) => !rangeNames.includes(key));
  if (unknown !== undefined)
    throw wrong(
      `"${unknown}" is unknown; ${didYouMean(unknown, rangeNames)}a range has min, max, log, and step or points`,
    );
  const { min, max, log: logarithmic = false, step, points } = given;
  if (typeof min !== "number" || typeof max !== "number" || !(min < max) || !Number.isFinite(max - min))
    throw wrong(`${shown(min)}..${shown(max)} is no range; pass two numbers, the smaller one first`);
  if (typeof logarithmic !== "boolean")
    throw wrong(`log is ${shown(logarithmic)}; pass true, or leave it out`);
  if (logarithmic && min <= 0) throw wrong(`a log range from ${min} is not possible; begin above 0`);
  if (step !== undefined && (points !== undefined || logarithmic))
    throw wrong(`step goes with neither points nor log; pass points to say how many values`);
  const upToWidth: NumberRange = { above: 0, to: max - min };
  if (step !== undefined && !isWithin(step, upToWidth))
    throw wrong(`step is ${shown(step)}; pass ${rangeText(upToWidth)}`);
  const several: NumberRange = { whole: true, from: 2 };
  if (points !== undefined && !isWithin(points, several))
    throw wrong(`points is ${shown(points)}; pass ${rangeText(several)}`);
  const count =
    typeof points === "number" ? points : (max - min) / ((step as number | undefined) ?? max - min);
  checkCount(count, `${name} has ${Math.floor(count)} values`);
  const whole = [min, max].every(Number.isInteger) && !accepts(parameter, min + 0.5);
  for (const end of [min, max]) parameter.parse(String(end));
  if (typeof parameter.parse(String(min)) !== "number")
    throw wrong("a range is for numbers; pass a list of values");
  if (typeof step === "number") return listOf(parameter, steps(min, max, step).map(String));
  if (typeof points === "number")
    return listOf(parameter, [...new Set(pointsOf(min, max, logarithmic, whole, points))].map(String));
  return { kind: "range", name, min, max, log: logarithmic, whole };
}

// min + i · step without the dust of binary fractions
function steps(min: number, max: number, step: number): number[] {
  const count = Math.floor((max - min) / step + 1e-9) + 1;
  return Array.from({ length: count }, (_, i) => Number((min + i * step).toPrecision(12)));
}

function pointsOf(min: number, max: number, logarithmic: boolean, whole: boolean, points: number): number[] {
  return Array.from({ length: points }, (_, i) => {
    if (i === 0) return min;
    if (i === points - 1) return max;
    const at = i / (points - 1);
    const value = logarithmic ? exp(log(min) + at * (log(max) - log(min))) : min + at * (max - min);
    return whole ? Math.round(value) : Number(value.toPrecision(4));
  });
}

function accepts(parameter: Hyperparameter, value: number): boolean {
  try {
    parameter.parse(String(value));
    return true;
  } catch {
    return false;
  }
}

function isValue(value: unknown): value is Value {
  return ["string", "number", "boolean"].includes(typeof value);
}

function numberIn(name: string, text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `--search: ${name}: "${text}" is no number; pass one, such as 0.1`,
  );
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
