/** `anygrad federate --superlink host:port NETWORK --dataset …`: takes part in a federation of Flower with this machine's data. */
import { Command, type Command as CommandType } from "commander";
import { plural } from "../../../report/text/numbers.ts";
import { AnygradError } from "../../../src/errors.ts";
import type { FederationEvent } from "../../../src/federated/index.ts";
import { optimizerNames } from "../../../src/presets/index.ts";
import type { ParticipantOptions } from "../../federate/participant.ts";
import type { SuperlinkOptions } from "../../federate/superlink.ts";
import { choice, realNumber, wholeNumber } from "../../options/arguments.ts";
import { addImageOptions } from "../../options/imageOptions.ts";
import {
  addDataOptions,
  addEngineOptions,
  addOutputOptions,
  type OutputOptions,
} from "../../options/sharedOptions.ts";
import { addTableOptions } from "../../options/tableOptions.ts";
import { createTerminal, type Terminal } from "../../terminal/terminal.ts";

type FederateOptions = SuperlinkOptions &
  ParticipantOptions &
  OutputOptions & {
    readonly layout?: "keras" | "pytorch";
    readonly secureAggregation?: boolean;
    readonly poll?: number;
    readonly heartbeat?: number;
    readonly maxWait?: number;
    readonly trainScores?: Readonly<Record<string, string>>;
    readonly testScores?: Readonly<Record<string, string>>;
  };

export function federateCommand(signal: AbortSignal): Command {
  const command = new Command("federate")
    .description("train with others in a federation of Flower, each on data that stays where it is")
    .argument(
      "[network]",
      "the federation's network: a preset (anygrad presets lists them) or a file as for train --model",
    )
    .option(
      "--from <model>",
      "the federation's network as a model of any format, in place of the first argument",
    );
  addSuperlinkOptions(command);
  addImageOptions(addDataOptions(command, "none"));
  addTableOptions(command);
  command
    .optionsGroup("Training (where the server does not say it):")
    .option(
      "--classes <n>",
      "that the whole federation has (default: those of the data)",
      wholeNumber("--classes", 2),
    )
    .option("--epochs <n>", "passes over the data in a round (default: 1)", wholeNumber("--epochs", 1))
    .option("--batch-size <n>", "examples a step (default: the preset's)", wholeNumber("--batch-size", 1))
    .option("--optimizer <name>", optimizerNames.join(", "), choice("--optimizer", optimizerNames))
    .option(
      "--learning-rate <x>",
      "of each step",
      realNumber("--learning-rate", { above: 0 }, ", such as 0.001"),
    )
    .option("--seed <n>", "of order and dropout (default: 0)", wholeNumber("--seed", 0))
    .option("--train-scores <names>", "sent after training, as loss=train_loss,… (default: all)", scoreNames)
    .option("--test-scores <names>", "sent after a test, as accuracy=eval_acc,… (default: all)", scoreNames);
  addEngineOptions(command);
  addOutputOptions(command);
  return command.action((network: string | undefined, options: FederateOptions) =>
    run(network, options, signal),
  );
}

function addSuperlinkOptions(command: CommandType): void {
  command
    .optionsGroup("Federation:")
    .requiredOption("--superlink <address>", "host and port of the SuperLink")
    .option(
      "--transport <kind>",
      "http, or grpc for Flower before 1.40 (default: grpc at port 9092)",
      choice("--transport", ["http", "grpc"]),
    )
    .option("--insecure", "without TLS")
    .option(
      "--root-certificates <file>",
      "PEM file of who signed the SuperLink's certificate (default: the system's)",
    )
    .option(
      "--private-key <file>",
      "OpenSSH key by which the SuperLink knows this node (default: it registers itself)",
    )
    .option(
      "--layout <kind>",
      "order of axes of the server's weights: keras or pytorch (default: keras)",
      choice("--layout", ["keras", "pytorch"]),
    )
    .option(
      "--secure-aggregation",
      "give weights under masks alone, and no server that asks for them in the clear",
    )
    .option(
      "--poll <s>",
      "seconds between two questions for work (default: 3)",
      realNumber("--poll", { above: 0 }),
    )
    .option(
      "--heartbeat <s>",
      "seconds within which it says that it lives (default: 30)",
      realNumber("--heartbeat", { from: 10, to: 1800 }),
    )
    .option(
      "--max-wait <s>",
      "seconds to wait for a SuperLink that is away (default: for good)",
      realNumber("--max-wait", { from: 0 }),
    );
}

/** "loss=train_loss,accuracy" → { loss: "train_loss", accuracy: "accuracy" }. */
function scoreNames(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(",").map((pair) => {
      const [name, as = name, ...more] = pair.split("=");
      if (!name || !as || more.length > 0)
        throw new AnygradError(
          "INVALID_ARGUMENT",
          `scores: "${pair.slice(0, 40)}" is no name; pass loss=train_loss,accuracy`,
        );
      return [name, as];
    }),
  );
}

async function run(
  network: string | undefined,
  options: FederateOptions,
  signal: AbortSignal,
): Promise<void> {
  if ((network === undefined) === (options.from === undefined))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "federate: one network is wanted; pass a preset or a file, as in anygrad federate mlp-64 …, or --from MODEL",
    );
  if (options.from !== undefined && options.classes !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "--classes is for networks that are made anew, and --from brings one; leave it out",
    );
  const { dataset } = options;
  if (dataset === undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "federate: say which data this client trains on, by --dataset",
    );
  const terminal = createTerminal(options);
  const [{ identityOf, transportTo }, { participantOf }, { federate }] = await Promise.all([
    import("../../federate/superlink.ts"),
    import("../../federate/participant.ts"),
    import("../../../src/federated/index.ts"),
  ]);
  const transport = await transportTo(options);
  const identity = await identityOf(options);
  const { client, source } = await participantOf(network, { ...options, dataset }, terminal, signal);
  const { train = 0, test = 0 } = { train: source.train.shape[0], test: source.test.shape[0] };
  terminal.note(`${source.name}: ${plural(train, "example")} to train, ${test} to test; they stay here`);
  const report = await federate({
    ...client,
    transport,
    identity,
    signal,
    layout: options.layout,
    secureAggregation: options.secureAggregation,
    scores: { train: options.trainScores, evaluate: options.testScores },
    pollSeconds: options.poll,
    heartbeatSeconds: options.heartbeat,
    maxWaitSeconds: options.maxWait,
    onUnknown: unknownNote(terminal),
    onEvent: (event) => tell(terminal, event),
  });
  const digest = await client.net.digest();
  if (options.json)
    terminal.result(JSON.stringify({ superlink: options.superlink, dataset, ...report, digest }));
  else
    terminal.result(
      `${plural(report.answered, "message")} answered, ${report.failed} by an error; weights ${digest.slice(0, 12)}`,
    );
}

/** Each name once. */
function unknownNote(terminal: Terminal): (names: readonly string[]) => void {
  const told = new Set<string>();
  return (names) => {
    const fresh = names.filter((name) => !told.has(name));
    for (const name of fresh) told.add(name);
    if (fresh.length > 0)
      terminal.warn(
        `the server's settings ${fresh.join(", ").slice(0, 200)} are not known here, and have no effect`,
      );
  };
}

function tell(terminal: Terminal, event: FederationEvent): void {
  switch (event.kind) {
    case "joined":
      terminal.note(`joined as node ${event.nodeId}`);
      return;
    case "answered":
      terminal.note(
        `${event.type}: ${Object.entries(event.scores)
          .map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`)
          .join(", ")}, ${event.seconds.toFixed(1)} s`,
      );
      return;
    case "failed":
      terminal.warn(`${event.type}: answered by an error: ${event.reason}`);
      return;
    case "dropped":
      terminal.warn(`${event.type}: no answer was taken: ${event.reason}`);
      return;
    case "waiting":
      terminal.warn(`the SuperLink does not answer (${event.reason}); another try in ${event.seconds} s`);
      return;
    case "left":
      terminal.note("left the federation");
      return;
    case "received":
      return;
  }
}
