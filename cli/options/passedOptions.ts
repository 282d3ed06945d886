/** Options of `train` that another command takes to pass them on to the runs it starts: checked here, kept as they were written. */
import { type Command, Option } from "commander";

/** Options that were given, by their names without the dashes; "" for an option that takes no value. */
export type GivenOptions = Readonly<Record<string, string>>;

/** Options that may be given again: their values then stand together, with commas. */
const collected: readonly string[] = ["set", "log"];

/** What commander's types leave out: the options that do not go with this one. */
type Conflicting = Option & { readonly conflictsWith: string[] };

/** A copy of an option whose value is checked and then kept as the text that `train` will read. */
export function asWritten(option: Option): Option {
  const { flags, description, parseArg, helpGroupHeading, hidden } = option;
  const copy = new Option(flags, description).hideHelp(hidden);
  if (helpGroupHeading !== undefined) copy.helpGroup(helpGroupHeading);
  copy.conflicts((option as Conflicting).conflictsWith);
  if (parseArg)
    copy.argParser((text: string, before?: string) => {
      const whole = before !== undefined && collected.includes(option.name()) ? `${before},${text}` : text;
      parseArg(whole, undefined);
      return whole;
    });
  return copy;
}

/** The options that the user gave to the command. */
export function givenOptions(command: Command, options: Iterable<Option>): GivenOptions {
  const given: Record<string, string> = {};
  for (const option of options) {
    const key = option.attributeName();
    if (command.getOptionValueSource(key) !== "cli") continue;
    const value: unknown = command.getOptionValue(key);
    if (typeof value === "string") given[option.name()] = value;
    else if (value === !option.negate) given[option.name()] = "";
  }
  return given;
}

/** The values of these names. */
export function only(given: GivenOptions, names: readonly string[]): GivenOptions {
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name)));
}

/** The values of all other names. */
export function without(given: GivenOptions, names: readonly string[]): GivenOptions {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
}

/** The arguments of `train` for these options: `{ "batch-size": "32", flag: "" }` → `--batch-size 32 --flag`. */
export function argumentsOf(options: GivenOptions): string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    value === "" ? [`--${name}`] : [`--${name}`, value],
  );
}
