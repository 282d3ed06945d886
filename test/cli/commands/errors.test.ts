/** Every wrong usage and input: exit code 2, one line on stderr, nothing on stdout, nothing left behind. */
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { optimizerNames } from "../../../src/presets/index.ts";
import { writeIdx } from "../../data/write-idx.ts";
import { anygrad, temporaryFolder } from "../anygrad.ts";
import { served } from "../served.ts";

const folder = temporaryFolder();

async function refusal(args: readonly string[], code = 2): Promise<string> {
  const ended = await served(args);
  expect(ended, args.join(" ")).toMatchObject({ code, stdout: "" });
  const lines = ended.stderr.trimEnd().split("\n");
  expect(lines, ended.stderr).toHaveLength(1);
  expect(ended.stderr).not.toMatch(/\bat .*:\d+:\d+/); // a stack trace
  expect(ended.stderr).toMatch(/^anygrad: /);
  return ended.stderr.slice("anygrad: ".length).trimEnd();
}

const pixels = (count: number): Uint8Array => new Uint8Array(count * 784).fill(7);

function emptyFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

/** Four IDX files, some of them as a case wants them. */
function idxFolder(name: string, changed: Readonly<Record<string, Uint8Array>> = {}): string {
  const path = join(folder, name);
  mkdirSync(path);
  const files = {
    "train-images-idx3-ubyte": writeIdx("u8", [4, 28, 28], pixels(4)),
    "train-labels-idx1-ubyte": writeIdx("u8", [4], [0, 1, 2, 9]),
    "t10k-images-idx3-ubyte": writeIdx("u8", [2, 28, 28], pixels(2)),
    "t10k-labels-idx1-ubyte": writeIdx("u8", [2], [0, 1]),
    ...changed,
  };
  for (const [file, bytes] of Object.entries(files))
    if (bytes.length > 0) writeFileSync(join(path, file), bytes);
  return path;
}

/** A folder with a link of this name to a file elsewhere. */
function linked(name: string, link: string): string {
  const path = emptyFolder(name);
  symlinkSync(join(folder, "elsewhere"), join(path, link));
  return path;
}

function csvFile(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join("\n"));
  return path;
}

describe.concurrent("wrong usage ends in one line and exit code 2", () => {
  const cases: readonly [string, readonly string[], string | RegExp][] = [
    ["an unknown command", ["trian"], "unknown command 'trian'; did you mean train?"],
    ["an unknown option", ["train", "--epoch", "3"], "unknown option '--epoch'; did you mean --epochs?"],
    [
      "an unknown preset",
      ["train", "cnn-3232"],
      /^preset "cnn-3232" is unknown; did you mean cnn-32-32\? known/,
    ],
    [
      "an unknown preset of summary",
      ["summary", "resnet"],
      /^preset "resnet" is unknown; known are mlp, cnn, photos, table, series, softmax, /,
    ],
    [
      "an unknown augmentation",
      ["train", "--augment", "shift=2,rotaton=10"],
      /^--augment: "rotaton" is unknown; did you mean rotation\? known are shift, /,
    ],
    [
      "an augmentation without its number",
      ["train", "--augment", "shift"],
      /^--augment: shift has no value; /,
    ],
    ["an augmentation twice", ["train", "--augment", "flip,flip"], /^--augment: flip is given twice; /],
    [
      "an augmentation of words",
      ["train", "--augment", "zoom=much"],
      /^--augment: zoom is "much"; pass a number/,
    ],
    [
      "a rotation too far",
      ["train", "--augment", "rotation=200"],
      /^--augment: rotation is 200; pass degrees/,
    ],
    ["an empty augmentation", ["train", "--augment", ""], /^--augment: "" is unknown; known are shift/],
    [
      "a cutout larger than the images",
      ["train", "mlp-64", "--limit", "50", "--augment", "cutout=40"],
      /^augmentation: cutout is 40; .* the images are 28 by 28$/,
    ],
    ["no command of data", ["data"], "a command is missing; anygrad --help lists commands and options"],
    [
      "statistics of a network that has none",
      ["train", "softmax", "--limit", "100", "--recalibrate", "5"],
      "--recalibrate: softmax has no batch normalisation; leave it out, or train one that has, such as cnn-bn-sigmoid",
    ],
    ["an average without end", ["train", "--ema", "1"], /^--ema is "1"; pass a number from 0 to below 1/],
    ["two presets", ["train", "mlp-64", "mlp-512"], /^too many arguments for 'train'/],
    ["no model", ["evaluate"], /^evaluate: no model; name the folder of a run or a model file/],
    ["no file", ["predict", "model"], /^predict: no files to be predicted by/],
    [
      "batch size 0",
      ["train", "--batch-size", "0"],
      '--batch-size is "0"; pass "all" or a whole number from 1',
    ],
    [
      "no samples",
      ["data", "preview", "--samples", "0"],
      '--samples is "0"; pass a whole number from 1 to 100',
    ],
    [
      "an unknown way to show pictures",
      ["data", "preview", "--picture", "kity"],
      /^--picture "kity" is unknown; did you mean kitty\? known are auto, kitty, iterm, sixel, blocks/,
    ],
    ["epochs -1", ["train", "--epochs", "-1"], '--epochs is "-1"; pass a whole number from 1'],
    ["half an epoch", ["train", "--epochs", "0.5"], '--epochs is "0.5"; pass a whole number from 1'],
    ["limit 0", ["train", "--limit", "0"], '--limit is "0"; pass a whole number from 1'],
    ["a seed below 0", ["train", "--seed", "-1"], '--seed is "-1"; pass a whole number from 0'],
    [
      "a learning rate that is no number",
      ["train", "--learning-rate", "NaN"],
      '--learning-rate is "NaN"; pass a number above 0, such as 0.001',
    ],
    ["a negative decay", ["train", "--decay", "-1"], '--decay is "-1"; pass a number from 0'],
    ["a dropout of 1", ["train", "--dropout", "1"], '--dropout is "1"; pass a number from 0 to below 1'],
    ["an empty l1", ["train", "--l1", ""], '--l1 is ""; pass a number from 0'],
    ["a wrong l2", ["train", "--l2", "x"], '--l2 is "x"; pass a number from 0'],
    ["a command that is not there", ["trian"], "unknown command 'trian'; did you mean train?"],
    [
      "Keras's name of an option",
      ["train", "--lr", "1"],
      "unknown option '--lr'; did you mean --learning-rate?",
    ],
    [
      "an option in snake case",
      ["train", "--batch_size", "1"],
      "unknown option '--batch_size'; did you mean --batch-size?",
    ],
    [
      "an empty folder",
      ["train", "--dataset", emptyFolder("nothing")],
      /^--dataset: .*nothing is an empty folder; put a folder of pictures a class into it/,
    ],
    [
      "too many threads",
      ["train", "--limit", "50", "--threads", "999"],
      '--threads is 999; pass "auto" or a whole number from 1 to 64',
    ],
    [
      "an unknown optimizer",
      ["train", "--optimizer", "adm"],
      `--optimizer "adm" is unknown; did you mean adam? known are ${optimizerNames.join(", ")}`,
    ],
    [
      "an unknown init",
      ["train", "--init", "xavier"],
      '--init "xavier" is unknown; known are gaussian, glorot, he',
    ],
    [
      "an unknown activation",
      ["train", "--activation", "tanh"],
      '--activation "tanh" is unknown; known are relu, sigmoid',
    ],
    [
      "an unknown normalisation",
      ["train", "--normalize", "standart"],
      '--normalize "standart" is unknown; did you mean standard? known are simple, standard',
    ],
    [
      "an unknown variant",
      ["train", "--variant", "avx"],
      '--variant "avx" is unknown; known are auto, scalar, simd, relaxed',
    ],
    [
      "nothing held out",
      ["train", "--validation-split", "0"],
      '--validation-split is "0"; pass a number above 0 and below 1',
    ],
    [
      "too few examples to hold one out",
      ["train", "--limit", "4", "--validation-split", "0.1"],
      /^--validation-split: a share of 0\.1 of 4 examples leaves a part empty; pass .*more examples/,
    ],
    [
      "a best model for no folder",
      ["train", "--keep-best"],
      "--keep-best keeps a model in a folder; pass --out DIR too",
    ],
    ["a log of no kind", ["train", "--log", "cvs"], /^--log "cvs" is unknown; did you mean csv\? known/],
    [
      "a log without a place",
      ["train", "--log", "csv"],
      "--log csv is kept in the folder of --out; pass --out DIR, or a place as in csv:log.csv",
    ],
    [
      "a log behind a link",
      ["train", "--log", "csv", "--out", linked("link", "log.csv")],
      `${join(folder, "link", "log.csv")} is a link, which is not followed; remove it, or name where it leads as in --log csv:PATH`,
    ],
    [
      "a log in no file",
      ["train", "--log", "csv:"],
      "--log csv: names no file; pass csv, or a path behind the colon",
    ],
    [
      "events to stdout",
      ["train", "--log", "tensorboard:-"],
      /^--log tensorboard:- names no folder; jsonl:- alone/,
    ],
    ["a log twice", ["train", "--log", "jsonl:-,jsonl:-"], "--log jsonl:- is given twice; give it once"],
    [
      "two writers of stdout",
      ["train", "--log", "jsonl:-", "--json"],
      /^--log jsonl:- and --json both write to stdout/,
    ],
    [
      "entries of no log",
      ["train", "--log-every", "5"],
      "--log-every has no meaning without --log; pass it, too",
    ],
    [
      "histograms in a table",
      ["train", "--log", "csv:a.csv", "--log-histograms", "1"],
      "--log-histograms has no meaning without --log tensorboard; pass it, too",
    ],
    [
      "several runs on one stdout",
      ["compare", "mlp-64", "softmax", "--log", "jsonl:-"],
      "--log jsonl:- is for one run; of several pass jsonl:DIR, a file a run",
    ],
    [
      "logs of a sweep that keeps nothing",
      ["tune", "softmax", "--search", "learning-rate=0.1,0.2", "--log", "csv"],
      "--log csv is kept in the folder of --out; pass --out DIR, or a place as in csv:logs",
    ],
    [
      "a pause without a folder",
      ["train", "--stop-after", "2"],
      "--stop-after keeps the run in a folder; pass --out DIR too",
    ],
    [
      "a pause after the end",
      ["train", "--epochs", "3", "--stop-after", "4", "--out", join(folder, "late")],
      "--stop-after is 4 but the run has 3 epochs; pass at most that many, or more --epochs",
    ],
    ["no threads", ["train", "--threads", "0"], '--threads is "0"; pass "auto" or a whole number from 1'],
    [
      "relaxed in strict precision",
      ["train", "--variant", "relaxed"],
      /^createEngine: variant "relaxed" rounds/,
    ],
    [
      "no run to go on with",
      ["train", "--resume", "./x"],
      "--resume: ./x holds no unfinished run; anygrad train --out DIR keeps one there until it is over",
    ],
    [
      "dropout without a hidden layer",
      ["train", "softmax", "--limit", "50", "--dropout", "0.5"],
      "softmax: it has no hidden layer for dropout 0.5; leave it out, or train mlp-64",
    ],
    [
      "an unknown data set",
      ["train", "--dataset", "fashion"],
      /^--dataset "fashion" is unknown; did you mean fashion-mnist\? known are digits, mnist, fashion-mnist, kmnist, .*cifar-100, or/,
    ],
    ["a missing CSV file", ["train", "--dataset", "x.csv"], "--dataset: x.csv is not there; check the path"],
    ["a missing folder", ["train", "--dataset", "./x"], "--dataset: ./x is not there; check the path"],
    [
      "a missing --data folder",
      ["train", "--dataset", "mnist", "--data", "./x"],
      "--data: ./x is no folder; pass one that holds data sets",
    ],
    ["a download of what is built in", ["data", "download", "digits"], /^digits: built in, nothing to fetch/],
    [
      "a search space that nests without end",
      ["tune", "--search", csvFile("deep.json", ["[".repeat(1e5)])],
      /^--search: .*deep\.json nests deeper than 200 levels; mend it$/,
    ],
    [
      "a network that nests without end",
      ["summary", "--model", csvFile("deepest.json", ["[".repeat(1e5)])],
      /deepest\.json: it nests deeper than 200 levels; write it by/,
    ],
    ["a missing model", ["evaluate", "./x"], /^\.\/x: no model there; anygrad train --out DIR writes one/],
    [
      "too little memory to begin with",
      ["train", "--limit", "50", "--memory-limit", "1", "--quiet"],
      /^memory: .* MiB of wasm memory are needed but the limit is 1\.0 MiB; .*needs about .* MiB/,
    ],
    [
      "a loss that turns NaN",
      ["train", "mlp-64", "--limit", "200", "--learning-rate", "1e30", "--quiet"],
      /^fit: the loss became (NaN|Infinity) at step \d of epoch 1 with learning rate 1e\+30; try a lower/,
    ],
  ];
  it.each(cases)("%s", async (_, args, wanted) => {
    const message = await refusal(args);
    if (typeof wanted === "string") expect(message).toBe(wanted);
    else expect(message).toMatch(wanted);
  });
});

describe.concurrent("data that cannot be trained on ends in one line and exit code 2", () => {
  const row = `1${",0".repeat(784)}`;
  const whole = writeIdx("u8", [4, 28, 28], pixels(4));
  const images = "train-images-idx3-ubyte";
  const labels = "train-labels-idx1-ubyte";
  const cases: readonly [string, string, RegExp][] = [
    [
      "a folder without files",
      emptyFolder("empty"),
      /is an empty folder; put a folder of pictures a class into it/,
    ],
    [
      "a missing file",
      idxFolder("missing", { [labels]: new Uint8Array() }),
      /train-labels-idx1-ubyte\.gz is missing/,
    ],
    [
      "a truncated file",
      idxFolder("short", { [images]: whole.subarray(0, 999) }),
      /cut off: .* take 3152 bytes, it has 999/,
    ],
    ["an over-long file", idxFolder("long", { [images]: new Uint8Array([...whole, 0]) }), /too long/],
    [
      "a file that is not IDX",
      idxFolder("text", { [images]: new TextEncoder().encode("hello") }),
      /not an IDX file/,
    ],
    [
      "images and labels that differ in number",
      idxFolder("differ", { [labels]: writeIdx("u8", [3], [0, 1, 2]) }),
      /4.*3/,
    ],
    [
      "a CSV row with missing columns",
      csvFile("columns.csv", [row, row.slice(2)]),
      /columns\.csv: line 2 has 784 columns/,
    ],
    [
      "letters in a CSV",
      csvFile("letters.csv", [row, row.replace(",0", ",x")]),
      /letters\.csv: line 2, column 2 has the character "x"/,
    ],
    [
      "values over 255 in a CSV",
      csvFile("large.csv", [row, row.replace(",0", ",256")]),
      /large\.csv: line 2, column 2 is 256/,
    ],
    ["a CSV of one row", csvFile("one.csv", [row]), /one\.csv: one row alone/],
    ["neither folder nor CSV", csvFile("notes.txt", ["x"]), /notes\.txt is neither a folder nor a \.csv/],
  ];
  it.each(cases)("%s", async (_, dataset, wanted) => {
    expect(await refusal(["train", "--dataset", dataset, "--epochs", "1", "--quiet"])).toMatch(wanted);
  });

  it.each([
    ["cnn-32-32", /^conv2d: the input of an example is \[2\]/],
    ["cnn", /^cnn: an example is 2 values, no picture; train table, series or mlp on it/],
  ])("too small images for %s", async (preset, wanted) => {
    const tiny = csvFile("tiny.csv", ["1,2,3", "0,2,3"]);
    expect(await refusal(["train", preset, "--dataset", tiny, "--epochs", "1", "--quiet"])).toMatch(wanted);
  });

  it("a damaged model", async () => {
    const path = csvFile("broken.safetensors", ["not a model"]);
    expect(await refusal(["evaluate", path])).toMatch(/safetensors|model/);
  });
});

describe.concurrent("an output folder", () => {
  it.each([
    ["below a device", "/dev/null/x", "ENOTDIR: a part of the path is a file"],
    ["below a file", join(csvFile("file", ["x"]), "out"), "ENOTDIR: a part of the path is a file"],
    [
      "that no one may make",
      "/proc/x/y",
      "ENOENT: a part of the path is a link that leads nowhere, or was removed",
    ],
  ])("%s is refused before any work", async (_, out, reason) => {
    const started = performance.now();
    // 100 epochs of the largest network would take minutes
    expect(await refusal(["train", "cnn-relu", "--epochs", "100", "--out", out])).toBe(
      `--out: ${out}: cannot be written (${reason}); choose another folder`,
    );
    expect(performance.now() - started).toBeLessThan(40_000); // on a busy machine
  });

  it("is taken away again when the run fails", async () => {
    const out = join(folder, "deep", "er");
    await refusal(["train", "mlp-64", "--limit", "200", "--learning-rate", "1e30", "--quiet", "--out", out]);
    expect(existsSync(join(folder, "deep"))).toBe(false);
  });

  it("that was there stays as it was when the run fails", async () => {
    const out = temporaryFolder();
    writeFileSync(join(out, "run.json"), "mine");
    await refusal(["train", "--dataset", "nosuch", "--out", out]);
    expect(readdirSync(out)).toEqual(["run.json"]);
  });
});

describe("Ctrl-C", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("%s ends a run tidily with exit code 130", async (signal) => {
    let sent = false;
    const ended = await anygrad(["train", "--limit", "200", "--epochs", "100000"], {
      onError: (text, kill) => {
        if (sent || !text.includes("test accuracy")) return; // the heading of the epochs: training has begun
        sent = true;
        kill(signal);
      },
    });
    expect(ended.code).toBe(130);
    expect(ended.stderr.trimEnd().split("\n").at(-1)).toBe("anygrad: stopped; nothing was written");
  });
});
