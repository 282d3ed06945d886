/** `--queue`: a Redis through which several machines work on one sweep or comparison. */
import { type Command, Option } from "commander";
import { AnygradError } from "../../src/errors.ts";
import { queueAddress } from "./queueAddress.ts";
import { givenTableOptions, tableOptionsOfTexts } from "./tableOptions.ts";

export interface QueueCliOptions {
  /** Its address, secrets included: shown nowhere. */
  readonly queue?: string;
  /** Address of this machine, or folder, at which workers find data sets and checkpoints. Default: loopback. */
  readonly share?: string;
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
  return command
    .option(flags, "let the machines that run anygrad work do it: redis://HOST:6379, rediss:// with TLS")
    .option(
      "--share <where>",
      "with --queue: HOST[:PORT] of this machine, or a folder, where workers find the data (default: loopback)",
    );
}

/** Options that have no meaning, or no place, where others make the runs. @throws AnygradError INVALID_ARGUMENT */
export function checkQueueOptions(
  command: string,
  options: {
    readonly queue?: string;
    readonly share?: string;
    readonly out?: string;
    readonly jobs?: number;
    readonly fair?: boolean;
  },
  given: Readonly<Record<string, string>>,
): void {
  const refuse = (message: string): never => {
    throw new AnygradError("INVALID_ARGUMENT", `${command}: ${message}`);
  };
  if (options.share !== undefined && options.queue === undefined)
    refuse("--share is where the workers of a queue find the data; pass --queue too, or leave it out");
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

/** How a data set was given, for what names it by content. */
export function givenData(dataset: string, given: Readonly<Record<string, string>>): GivenDataset {
  return { dataset, data: given.data, asTable: givenTableOptions(tableOptionsOfTexts(given)) !== undefined };
}

interface GivenDataset {
  readonly dataset: string;
  readonly data: string | undefined;
  /** Whether a CSV of the names of pictures is read as a table. */
  readonly asTable: boolean;
}
