/** `--queue`: a Redis through which several machines work on one sweep or comparison. */
import { type Command, Option } from "commander";
import { AnygradError } from "../../src/errors.ts";
import { queueAddress } from "./queueAddress.ts";

export interface QueueCliOptions {
  /** Its address, secrets included: shown nowhere. */
  readonly queue?: string;
}

const flags = "--queue <url>";

/** For commands that cannot do without. */
export function addQueueOption(command: Command): Command {
  const text =
    "redis://HOST:6379, rediss:// with TLS; password in ANYGRAD_QUEUE_PASSWORD (default: ANYGRAD_QUEUE)";
  return command.addOption(new Option(flags, text).env("ANYGRAD_QUEUE").makeOptionMandatory());
}

/** For commands that work on this machine unless told. */
export function addOptionalQueue(command: Command): Command {
  return command.option(
    flags,
    "let the machines that run anygrad work do it: redis://HOST:6379, rediss:// with TLS",
  );
}

/** Options that have no meaning, or no place, where others make the runs. @throws AnygradError INVALID_ARGUMENT */
export function checkQueueOptions(
  command: string,
  options: {
    readonly queue?: string;
    readonly out?: string;
    readonly jobs?: number;
    readonly fair?: boolean;
  },
  given: Readonly<Record<string, string>>,
): void {
  const refuse = (message: string): never => {
    throw new AnygradError("INVALID_ARGUMENT", `${command}: ${message}`);
  };
  if (options.queue === undefined) return;
  queueAddress(options.queue);
  if (options.out === undefined)
    refuse("--queue goes on after whatever happens by what is in a folder; pass --out DIR too");
  if (options.jobs !== undefined)
    refuse(
      "--jobs is for runs on this machine, and with --queue each anygrad work has its own; leave it out",
    );
  if (options.fair)
    refuse("--fair is for runs on one machine, and --queue has several; leave one of them out");
  if (given.log !== undefined)
    refuse("--log writes where a run is made, and with --queue that is elsewhere; leave one of them out");
}
