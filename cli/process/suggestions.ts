/** Commands and options that are not there: what was meant, by the rule of all names, Keras's spellings included. */
import type { Command } from "commander";
import { meantBy } from "../../src/math/options.ts";
import { dashed } from "./flags.ts";

/** What commander calls for a name that it does not know. Its types leave them out. */
interface Refusals {
  unknownOption(flag: string): void;
  unknownCommand(): void;
}

/** Has a command say what was meant. */
export function suggestNames(command: Command): void {
  const refuse = (
    kind: "Option" | "Command",
    given: string,
    names: readonly string[],
    mark: string,
  ): void => {
    const meant = meantBy(camelled(given), names.map(camelled));
    const known = names.find((name) => camelled(name) === meant);
    const advice = known === undefined ? "" : `; did you mean ${mark}${dashed(known)}?`;
    command.error(`error: unknown ${kind.toLowerCase()} '${given}'${advice}`, {
      code: `commander.unknown${kind}`,
    });
  };
  const names = (): string[] =>
    command
      .createHelp()
      .visibleOptions(command)
      .flatMap(({ long }) => (long ? [long.replace(/^--/, "")] : []));
  Object.assign<Command, Refusals>(command, {
    unknownOption: (flag) => refuse("Option", flag, names(), "--"),
    unknownCommand: () =>
      refuse(
        "Command",
        command.args[0]!,
        command.commands.map((each) => each.name()),
        "",
      ),
  });
}

/** --learning-rate → learningRate. */
function camelled(flag: string): string {
  return flag.replace(/^-+/, "").replace(/[-_]+(.)/g, (_, letter: string) => letter.toUpperCase());
}
