/**
 * The command line as a whole: the commands, and how each of them ends.
 *
 * Commander parses; what it and the commands throw becomes one line on stderr and an exit code here, and nowhere else.
 */
import { Command } from "commander";
import { benchCommand } from "./commands/bench.ts";
import { compareCommand } from "./commands/compare.ts";
import { dataCommand } from "./commands/data.ts";
import { evaluateCommand } from "./commands/evaluate.ts";
import { exportCommand } from "./commands/export.ts";
import { federateCommand } from "./commands/federate.ts";
import { importCommand } from "./commands/import.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { predictCommand } from "./commands/predict.ts";
import { presetsCommand } from "./commands/presets.ts";
import { queueCommand } from "./commands/queue.ts";
import { reportCommand } from "./commands/report.ts";
import { summaryCommand } from "./commands/summary.ts";
import { trainCommand } from "./commands/train.ts";
import { tuneCommand } from "./commands/tune.ts";
import { workCommand } from "./commands/work.ts";
import { failureOf } from "./process/failure.ts";
import { flagsOf } from "./process/flags.ts";
import { version } from "./process/packageRoot.ts";
import { tellFailure } from "./process/parentLink.ts";
import { suggestNames } from "./process/suggestions.ts";

/**
 * Runs a command.
 *
 * @param args without the names of the runtime and the script
 * @param signal stops the work; Ctrl-C in main.ts
 * @returns the exit code
 */
export async function run(args: readonly string[], signal: AbortSignal): Promise<number> {
  const root = program(signal);
  try {
    await root.parseAsync(args.length > 0 ? [...args] : ["--help"], { from: "user" });
    return 0;
  } catch (error) {
    tellFailure(error);
    const { exitCode, message } = failureOf(error, flagsOf(root));
    if (message !== undefined) process.stderr.write(`anygrad: ${message}\n`);
    return exitCode;
  }
}

/** The commands, before any arguments are read. */
export function program(signal: AbortSignal): Command {
  const root = new Command("anygrad")
    .description("Trains small neural networks in WebAssembly, with the same bits everywhere.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", "\nanygrad COMMAND --help lists the options of a command.");
  const commands = [
    trainCommand(signal),
    tuneCommand(signal),
    federateCommand(signal),
    presetsCommand(),
    summaryCommand(signal),
    evaluateCommand(signal),
    predictCommand(),
    compareCommand(signal),
    workCommand(signal),
    queueCommand(),
    reportCommand(signal),
    inspectCommand(),
    importCommand(),
    exportCommand(signal),
    dataCommand(signal),
    benchCommand(signal),
  ];
  for (const command of commands) root.addCommand(command);
  for (const command of withChildren(root)) {
    command
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
      .helpCommand(false);
    suggestNames(command);
  }
  return root;
}

function withChildren(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withChildren)];
}
