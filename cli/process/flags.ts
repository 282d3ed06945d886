/**
 * The library's messages in the command line's words: `{ ignore: ["date"] }` becomes `--ignore date`, `createEngine: threads is 99`
 * becomes `--threads is 99`, and batchSize becomes --batch-size, where there is such a flag. What stands in quotes is the user's.
 */
import type { Command } from "commander";

/** An option as the command line spells it: batchSize → batch-size. */
export function dashed(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The long names of all options of a command and of those below it: "batch-size". */
export function flagsOf(command: Command): ReadonlySet<string> {
  const own = command.options.flatMap(({ long }) => (long ? [long.replace(/^--/, "")] : []));
  return new Set([...own, ...command.commands.flatMap((child) => [...flagsOf(child)])]);
}

const inBraces = /\{ (\w+): ((?:"(?:[^"\\]|\\.)*"|[^"{}])*) \}/g;

/** A message with flags in place of the options that have one. */
export function withFlags(message: string, flags: ReadonlySet<string>): string {
  const flagOf = (option: string): string | undefined => {
    const flag = dashed(option);
    return flags.has(flag) ? `--${flag}` : undefined;
  };
  const typed = (text: string): string => text.replace(/^\[|\]$/g, "").replace(/^"([^\s"\\]*)"$/, "$1");
  return message
    .replace(/ \([^({]*\{ (\w+): [^)]*\)/g, (all, option: string) => (flagOf(option) ? all : "")) // the library's own way
    .replace(inBraces, (all, option: string, value: string) => {
      const flag = flagOf(option);
      return flag === undefined ? all : `${flag} ${typed(value)}`;
    })
    .replace(/^([A-Za-z]\w*: )?(\w+)(?= is )/, (all, _, option: string) => flagOf(option) ?? all)
    .replace(/^([^":]+: )([a-z]\w*)(?=: )/i, (all, subject: string, option: string) => {
      const flag = flagOf(option);
      return flag === undefined ? all : `${/\W/.test(subject.slice(0, -2)) ? subject : ""}${flag}`;
    })
    .split(/("(?:[^"\\]|\\.)*"|\(\{[^{}]*\}\) =>)/) // the parameters of a function have the library's names
    .map((part) =>
      /^("|\(\{)/.test(part)
        ? part
        : part.replace(/(?<![-\w./])[a-z]+[A-Z]\w*(?![\w./:(])/g, (word) => flagOf(word) ?? word),
    )
    .join("");
}
