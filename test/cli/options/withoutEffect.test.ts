/** Options that would have no effect are refused: for each option of each command a combination, or why it always has one. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { benchCommand } from "../../../cli/commands/bench.ts";
import { compareCommand } from "../../../cli/commands/compare.ts";
import { dataCommand } from "../../../cli/commands/data.ts";
import { evaluateCommand } from "../../../cli/commands/evaluate.ts";
import { exportCommand } from "../../../cli/commands/export.ts";
import { importCommand } from "../../../cli/commands/import.ts";
import { inspectCommand } from "../../../cli/commands/inspect.ts";
import { federateCommand } from "../../../cli/commands/machines/federate.ts";
import { queueCommand } from "../../../cli/commands/machines/queue.ts";
import { workCommand } from "../../../cli/commands/machines/work.ts";
import { predictCommand } from "../../../cli/commands/predict.ts";
import { presetsCommand } from "../../../cli/commands/presets.ts";
import { reportCommand } from "../../../cli/commands/report.ts";
import { summaryCommand } from "../../../cli/commands/summary.ts";
import { trainCommand } from "../../../cli/commands/train.ts";
import { tuneCommand } from "../../../cli/commands/tune.ts";
import { createEngine, datasets, sequential } from "../../../src/index.ts";
import { layers } from "../../../src/layers/index.ts";
import { temporaryFolder } from "../anygrad.ts";
import { housesCsv } from "../ownData.ts";
import { served } from "../served.ts";

const folder = temporaryFolder();
const table = join(folder, "houses.csv");
writeFileSync(table, housesCsv);
const net = sequential([layers.flatten(), layers.dense({ units: 10, activation: "softmax" })], {
  inputShape: [28, 28, 1],
});
await net.compile({
  optimizer: "sgd",
  loss: "sparseCategoricalCrossentropy",
  engine: await createEngine({ threads: 1 }),
});
await net.fit((await datasets.digits({ train: 10, test: 1 })).train, { epochs: 1 }); // now it says what becomes of bytes
const model = join(folder, "model.safetensors");
writeFileSync(model, await net.save());
const own = join(folder, "net.mjs");
writeFileSync(own, "export default () => [];");

/** Arguments behind the command with which the option does nothing, and what is said. */
type Idle = readonly [args: string, message: RegExp];
/** Why an option has an effect in every combination. */
type Always = string;

const tables = /is of use with tables, and digits is none/;
const pictures = /is for folders of pictures, and digits is none/;
const windows = /is of use with windows alone|is of use with tables/;
const whole = "whatever is trained";
const ofTables: Record<string, Idle> = {
  label: ["--label y", tables],
  task: ["--task regression", tables],
  ignore: ["--ignore a", tables],
  categories: ["--categories a", tables],
  ordinal: ["--ordinal a", tables],
  missing: ["--missing drop", tables],
  window: ["--window 5", tables],
  stride: [`--dataset ${table} --stride 2`, windows],
  horizon: [`--dataset ${table} --horizon 2`, windows],
  group: [`--dataset ${table} --group a`, windows],
  "max-bytes": ["--max-bytes 9999", tables],
};
const ofPictures: Record<string, Idle> = {
  "image-size": ["--image-size 32", pictures],
  color: ["--color rgb", pictures],
  fit: ["--fit cover", pictures],
  "max-pixels": ["--max-pixels 9", pictures],
  "no-cache": ["--no-cache", pictures],
};
/** Digits are drawn before most of these are refused: few are enough. */
const few = "--limit 10";
const ofPreset = `--model ${own} ${few}`;
const preset = /changes the network of a preset, but net.mjs has its own/;
const out = /in a folder; pass --out DIR too/;
const named = /is where named sets such as mnist are looked for, and digits is built in/;
const engine = {
  threads: "it computes",
  variant: "it computes",
  precision: "a note says where there is none",
  "memory-limit": "it computes",
};
const training: Record<string, Idle | Always> = {
  data: ["--data .", named],
  limit: whole,
  ...ofTables,
  ...ofPictures,
  normalize: [
    `table --dataset ${table} --label 4 --normalize standard`,
    /--normalize is for pixels, and each column/,
  ],
  activation: [`${ofPreset} --activation relu`, preset],
  init: [`${ofPreset} --init he`, preset],
  dropout: [`${ofPreset} --dropout 0.1`, preset],
  l1: [`${ofPreset} --l1 0.1`, preset],
  l2: [`${ofPreset} --l2 0.1`, preset],
  custom: [
    `softmax ${few} --custom gone.mjs`,
    /--custom defines what a model file holds by name, and softmax is a preset/,
  ],
  set: [`softmax ${few} --set a=1`, /--set is for the function of a model file, and softmax is a preset/],
  epochs: whole,
  "batch-size": whole,
  optimizer: whole,
  "learning-rate": whole,
  schedule: whole,
  decay: ["--decay 0.1 --schedule cosine", /both set the learning rate/],
  "weight-decay": whole,
  "label-smoothing": [
    `--dataset ${table} --label 4 --label-smoothing 0.1`,
    /has no meaning where numbers are predicted/,
  ],
  ema: whole,
  recompute: "a network in which nothing is saved by it is trained as ever",
  "micro-batch": ["--micro-batch 8 --recompute", /cannot be used with option '--recompute'/],
  recalibrate: [`softmax ${few} --recalibrate 2`, /has no batch normalisation/],
  augment: [`table --dataset ${table} --label 4 --augment flip`, /flip needs images/],
  seed: whole,
  checkpoint: ["--checkpoint 5", out],
  keep: ["--keep 3", out],
  "keep-best": ["--keep-best", out],
  log: ["--log csv", /pass --out DIR, or a place/],
  "log-every": ["--log-every 5", /has no meaning without --log/],
  "log-histograms": ["--log-histograms 5", /has no meaning without --log tensorboard/],
  ...engine,
};
const queue = "redis://127.0.0.1:1";
const printing = { json: "it prints", quiet: "it prints" };
const reading: Record<string, Idle | Always> = {
  custom: "definitions are at hand for what the file holds",
  pixels: [`${model} --dataset digits --pixels 0..1`, /--pixels is for models that do not say/],
  shapes: [`${model} --dataset digits --shapes 3x3`, /--shapes is for files that leave sizes open/],
};

const behind = (start: string, options: Record<string, Idle>): Record<string, Idle> =>
  Object.fromEntries(
    Object.entries(options).map(([name, [args, message]]) => [name, [`${start} ${args}`, message]]),
  );

const signal = new AbortController().signal;
const commands: readonly (readonly [Command, string, Record<string, Idle | Always>])[] = [
  [
    trainCommand(signal),
    "train",
    {
      ...training,
      model: [`softmax --model ${own}`, /both name a network/],
      dataset: whole,
      from: [`softmax --from ${model}`, /both name what is trained/],
      pixels: ["--pixels 0..1", /is for a trained model/],
      shapes: ["--shapes 3x3", /is for a trained model/],
      unfreeze: ["--unfreeze all", /is for a trained model/],
      at: ["--at dense", /is for a trained model/],
      "validation-split": "a note says where a folder has a validation set",
      resume: [`--resume ${folder} --epochs 3`, /holds no unfinished run/],
      "stop-after": ["--stop-after 1", out],
      overwrite: ["--overwrite", out],
      "no-report": "without a folder there is none either way",
      out: "it is written to",
      ...printing,
    },
  ],
  [
    compareCommand(signal),
    "compare",
    {
      ...Object.fromEntries(
        Object.entries(training).map(([name, row]) => [
          name,
          typeof row === "string"
            ? row
            : ([`softmax mlp-64 ${row[0].replace(/^(softmax|table) /, "")}`, row[1]] as const),
        ]),
      ),
      custom: [`softmax mlp-64 ${few} --custom gone.mjs`, /--custom defines/],
      normalize: "of several sets it may be for some",
      augment: "of several sets it may be for some",
      recalibrate: "of several networks it may be for some",
      decay: "a network of its own may have another schedule",
      "label-smoothing": "of several sets it may be for some",
      activation: "of several networks it may be for some",
      init: "of several networks it may be for some",
      dropout: "of several networks it may be for some",
      l1: "of several networks it may be for some",
      l2: "of several networks it may be for some",
      "validation-split": "a note says where a folder has a validation set",
      model: "it is trained",
      dataset: ["--runs a b --dataset digits", /--runs trains nothing/],
      jobs: ["softmax mlp-64 --fair --jobs 2", /--fair trains one run at a time/],
      queue: [`softmax mlp-64 --queue ${queue}`, /is in a folder; pass --out DIR too/],
      share: ["softmax mlp-64 --share 0.0.0.0", /pass --queue too/],
      fair: ["--runs a b --fair", /--runs trains nothing/],
      runs: ["softmax --runs a b", /--runs trains nothing, but softmax/],
      "no-report": "without a folder there is none either way",
      out: "it is written to",
      ...printing,
    },
  ],
  [
    tuneCommand(signal),
    "tune",
    {
      ...Object.fromEntries(
        Object.entries(training).map(([name, row]) => [
          name,
          typeof row === "string" ? row : ([`--search seed=1,2 ${row[0]}`, row[1]] as const),
        ]),
      ),
      normalize: "trials refuse it",
      decay: "trials refuse it",
      augment: "trials refuse it",
      recalibrate: "trials refuse it",
      "label-smoothing": "trials refuse it",
      ...Object.fromEntries(
        ["activation", "init", "dropout", "l1", "l2"].map((name) => [name, "trials refuse it"]),
      ),
      model: [`softmax --search seed=1,2 --model ${own}`, /both name a network/],
      dataset: whole,
      search: ["", /nothing to search/],
      method: "it is chosen by",
      trials: ["--search seed=1,2 --method grid --trials 2", /--trials goes with random and asha/],
      "min-epochs": ["--search seed=1,2 --min-epochs 2", /goes with --method asha/],
      reduction: ["--search seed=1,2 --reduction 2", /goes with --method asha/],
      metric: ["--search seed=1,2 --metric val_r2", /which have none/],
      "validation-split": "it is chosen by",
      jobs: [
        `--search seed=1,2 --queue ${queue} --out ${join(folder, "sweep")} --jobs 2`,
        /each anygrad work has its own/,
      ],
      queue: [`--search seed=1,2 --queue ${queue}`, /is in a folder; pass --out DIR too/],
      share: ["--search seed=1,2 --share 0.0.0.0", /pass --queue too/],
      "no-report": "without a folder there is none either way",
      out: "it is written to",
      ...printing,
    },
  ],
  [
    federateCommand(signal),
    "federate",
    {
      ...behind(
        "softmax --superlink 127.0.0.1:1 --insecure --dataset digits",
        Object.fromEntries(
          Object.entries({ ...ofTables, ...ofPictures, data: ["--data .", named] as const }).map(
            ([name, [args, message]]) => [name, [args.replace(/^.* --/, "--"), message] as const],
          ),
        ),
      ),
      superlink: "it is joined",
      transport: "it is spoken to by",
      insecure: "it is spoken to by",
      "root-certificates": [
        "softmax --superlink 127.0.0.1:1 --insecure --dataset digits --root-certificates ca.pem",
        /--root-certificates is for TLS/,
      ],
      "private-key": [
        "softmax --superlink 127.0.0.1:1 --insecure --dataset digits --private-key key",
        /--private-key is for SuperLinks that know their nodes/,
      ],
      layout: "the server's weights have one",
      "secure-aggregation": "it rules out servers",
      poll: "it asks",
      heartbeat: "it lives",
      "max-wait": "it may wait",
      from: [`softmax --superlink 127.0.0.1:1 --from ${model}`, /one network is wanted/],
      classes: [
        `--superlink 127.0.0.1:1 --from ${model} --classes 10`,
        /--classes is for networks that are made anew/,
      ],
      dataset: whole,
      limit: whole,
      epochs: "the server may not say it",
      "batch-size": "the server may not say it",
      optimizer: whole,
      "learning-rate": "the server may not say it",
      seed: whole,
      "train-scores": "they are sent",
      "test-scores": "they are sent",
      ...engine,
      ...printing,
    },
  ],
  [
    workCommand(signal),
    "work",
    {
      queue: "trials come from there",
      jobs: "it computes",
      data: "data sets are looked for there",
      cache: "data sets are kept there",
      "until-empty": "it ends then",
      quiet: printing.quiet,
    },
  ],
  ...queueCommand().commands.map((command): readonly [Command, string, Record<string, Always>] => [
    command,
    `queue ${command.name()}`,
    { queue: "it is looked at or changed", ...(command.name() === "status" && { json: printing.json }) },
  ]),
  [
    summaryCommand(signal),
    "summary",
    {
      model: [`softmax --model ${own}`, /both name a network/],
      ...behind("softmax", {
        activation: ["--activation relu", /softmax/],
        dropout: ["--dropout 0.1", /softmax/],
        custom: ["--custom gone.mjs", /is a preset/],
        set: ["--set a=1", /is a preset/],
      }),
      init: [`${model} --init he`, /is a saved model, which --init cannot change/],
      l1: [`${model} --l1 1`, /is a saved model/],
      l2: [`${model} --l2 1`, /is a saved model/],
      "input-shape": [`softmax --dataset ${table} --input-shape 4`, /both say what softmax takes/],
      classes: [`softmax --dataset ${table} --classes 4`, /both say what softmax takes/],
      dataset: [`${model} --dataset digits`, /is a saved model/],
      ...Object.fromEntries(
        [
          "data .",
          "limit 3",
          ...Object.values({ ...ofTables, ...ofPictures }).map(([args]) => args.replace(/^.*--/, "")),
        ].map((text) => [
          text.split(" ")[0]!,
          [`softmax --${text}`, /is for the data of --dataset/] as const,
        ]),
      ),
    },
  ],
  [
    evaluateCommand(signal),
    "evaluate",
    {
      ...reading,
      from: [`${model} --from ${model}`, /both name a model/],
      dataset: whole,
      data: [`${model} --dataset digits --data .`, named],
      limit: whole,
      "no-cache": [`${model} --dataset digits --no-cache`, pictures],
      ...behind(
        `${model}`,
        Object.fromEntries(
          Object.entries(ofTables).map(([name, [args, message]]) => [
            name,
            [
              args.includes("--dataset") ? `--dataset digits --${name} 2` : `--dataset digits ${args}`,
              message,
            ] as const,
          ]),
        ),
      ),
      ...engine,
      ...printing,
    },
  ],
  [
    predictCommand(),
    "predict",
    {
      ...reading,
      pixels: [`${model} x.png --pixels 0..1`, /--pixels is for models that do not say/],
      shapes: [`${model} x.png --shapes 3x3`, /--shapes is for files that leave sizes open/],
      from: "all names behind it are files then",
      "max-pixels": "the model may be one of pictures",
      "max-bytes": [`${model} x.png --max-bytes 9`, /--max-bytes is for models of tables/],
      ...engine,
      json: "it prints",
    },
  ],
  [
    exportCommand(signal),
    "export",
    {
      ...behind(`${model} --format npz --out ${join(folder, "x.npz")}`, {
        opset: ["--opset 18", /--opset is for --format onnx/],
        weights: ["--weights int8", /is for --format safetensors or onnx/],
        keep: ["--keep a", /--keep names layers that --weights leaves alone/],
        pixels: ["--pixels 0..1", /--pixels is for models that do not say/],
        shapes: ["--shapes 3x3", /--shapes is for files that leave sizes open/],
        dataset: ["--dataset digits", /--dataset is for telling what fewer bits cost/],
        data: ["--data .", /is for the data of --dataset/],
        limit: ["--limit 3", /is for the data of --dataset/],
        "no-cache": ["--no-cache", /is for the data of --dataset/],
        ...Object.fromEntries(
          Object.entries(ofTables).map(([name, [args]]) => [
            name,
            [args.replace(/^.* --/, "--"), /is for the data of --dataset/] as const,
          ]),
        ),
      }),
      custom: reading.custom!,
      format: "it is written as",
      out: "it is written to",
      inference: "it is written for",
      ...printing,
    },
  ],
  [
    importCommand(),
    "import",
    {
      ...reading,
      shapes: [`${model} --out ${join(folder, "y.safetensors")} --shapes 3x3`, /--shapes is for/],
      pixels: "the model may not say",
      out: "it is written to",
      ...printing,
    },
  ],
  [inspectCommand(), "inspect", { json: "it prints" }],
  [presetsCommand(), "presets", { json: "it prints" }],
  [
    reportCommand(signal),
    "report",
    {
      custom: reading.custom!,
      dataset: whole,
      data: "the run is read first: it has no such folder",
      ...printing,
    },
  ],
  [
    benchCommand(signal),
    "bench",
    {
      quick: "it measures less",
      only: "it measures less",
      match: ["--match nothing", /nothing is called "nothing"/],
      profile: ["--profile softmax --match adam", /--match does not go with --profile/],
      input: ["--input 9", /--input is for --profile NETWORK, which is not there/],
      batch: ["--batch 9", /--batch is for --profile NETWORK, which is not there/],
      html: ["--html profile.html", /--html is for --profile NETWORK, which is not there/],
      model: [
        `--model ${own} --only kernels`,
        /--model is for steps and inference, and --only kernels measures neither/,
      ],
      threads: "it computes",
      json: "it prints",
      markdown: "it is written to",
      milliseconds: "it measures longer",
    },
  ],
  ...dataCommand(signal).commands.map(
    (command): readonly [Command, string, Record<string, Idle | Always>] => {
      if (command.name() === "download") return [command, "data download", { data: "it is kept there" }];
      const set: Record<string, Idle | Always> = {
        ...behind("digits", { ...ofPictures, data: ["--data .", named] }),
        ...Object.fromEntries(
          Object.entries(ofTables).map(([name, [args, message]]) => [
            name,
            [
              args.startsWith("--dataset") ? args.replace("--dataset ", "") : `digits ${args}`,
              message,
            ] as const,
          ]),
        ),
        json: "it prints",
      };
      if (command.name() === "info") return [command, "data info", set];
      return [
        command,
        "data preview",
        {
          ...set,
          samples: ["digits --samples 3 --json", /--samples is for pictures, and --json gives figures/],
          seed: [`${table} --seed 3 --label 4`, /--seed is for pictures, and .* has none/],
          picture: ["digits --picture none --json", /--picture is for pictures, and --json gives figures/],
          out: "it is written to",
        },
      ];
    },
  ),
];

describe.each(commands)("%#", (command, name, rows) => {
  it(`${name}: every option is in the table`, () => {
    expect(Object.keys(rows).sort()).toEqual(command.options.map((option) => option.long!.slice(2)).sort());
  });

  const idle = Object.entries(rows).filter((row): row is [string, Idle] => typeof row[1] !== "string");
  it.each(idle)(`${name} --%s is refused where it would do nothing`, async (option, [args, message]) => {
    const ended = await served([...name.split(" "), ...args.split(" ").filter(Boolean)]);
    expect(ended, args).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr, args).toMatch(message);
    expect(args === "" || args.includes(`--${option}`)).toBe(true);
  });
});
