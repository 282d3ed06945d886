/**
 * The values of options, checked while they are read: before any work, with the option's own name in the message.
 *
 * Each function makes a parser for commander; what it throws ends the command with exit code 2.
 */

import { AnygradError } from "../../src/errors.ts";
import { isWithin, type NumberRange, rangeText } from "../../src/math/checks.ts";
import { didYouMean } from "../../src/math/oneOf.ts";

type Parser<T> = (text: string) => T;

const count: NumberRange = { whole: true, from: 1 };

/** A whole number from `least`, at most `most` where that is given. */
export function wholeNumber(option: string, least: number, most?: number): Parser<number> {
  return realNumber(option, { whole: true, from: least, to: most });
}

/** A number within the range; `advice` follows what is wanted in the message. */
export function realNumber(option: string, range: NumberRange, advice = ""): Parser<number> {
  return (text) => {
    const value = numberOf(text);
    if (isWithin(value, range)) return value;
    throw wrongValue(option, text, `${rangeText(range)}${advice}`);
  };
}

/** One of some words. */
export function choice<const T extends string>(option: string, words: readonly T[]): Parser<T> {
  return (text) => oneOf(option, text, words);
}

/** A word such as "auto", or a whole number from 1. */
export function wordOrCount<const T extends string>(option: string, word: T): Parser<number | T> {
  return (text) => {
    if (text === word) return word;
    const value = numberOf(text);
    if (isWithin(value, count)) return value;
    throw wrongValue(option, text, `"${word}" or ${rangeText(count)}`);
  };
}

/** The word if it is one of `words`; else an error with the nearest of them. */
export function oneOf<const T extends string>(subject: string, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject} "${text}" is unknown; ${didYouMean(text, words)}known are ${words.join(", ")}`,
  );
}

function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

function wrongValue(option: string, got: string, wanted: string): AnygradError {
  return new AnygradError("INVALID_ARGUMENT", `${option} is "${got}"; pass ${wanted}`);
}
