/** What the commands do when all is well: train, and everything that lives on what it wrote. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decode as decodePng } from "fast-png";
import { beforeAll, describe, expect, it } from "vitest";
import { digits } from "../../../src/data/digits/digits.ts";
import { load } from "../../../src/model/index.ts";
import { writeIdx } from "../../data/write-idx.ts";
import { long } from "../../long.ts";
import { anygrad, environment, script, temporaryFolder } from "../anygrad.ts";
import { served } from "../served.ts";

const folder = temporaryFolder();
const out = join(folder, "runs", "first");
const training = ["train", "mlp-64", "--limit", "300", "--epochs", "3", "--seed", "5"];

interface Run {
  preset: string;
  dataset: string;
  seed: number;
  engine: Record<string, unknown>;
  params: Record<string, number>;
  history: Record<string, number[]>;
  test: { loss: number; accuracy: number };
  seconds: number;
  secondsPerEpoch: number;
  stepMilliseconds: number;
  digest: string;
  out: string | null;
}

async function trained(...args: string[]): Promise<Run> {
  const { code, stdout, stderr } = await anygrad([...args, "--json", "--quiet"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Run;
}

let run: Run;
beforeAll(async () => {
  run = await trained(...training, "--out", out);
}, 60_000);

describe("train --json", () => {
  it("prints one object with everything that was reached", () => {
    expect(Object.keys(run)).toEqual([
      "preset",
      "dataset",
      "seed",
      "engine",
      "params",
      "history",
      "test",
      "seconds",
      "secondsPerEpoch",
      "stepMilliseconds",
      "digest",
      "out",
    ]);
    expect(run).toMatchObject({ preset: "mlp-64", dataset: "digits", seed: 5, out });
    expect(run.params).toEqual({ total: 50890, trainable: 50890, nonTrainable: 0 });
    expect(run.engine).toMatchObject({ precision: "strict" });
    expect(run.digest).toMatch(/^[0-9a-f]{64}$/);
    for (const name of ["loss", "accuracy", "val_loss", "val_accuracy", "seconds"])
      expect(run.history[name], name).toHaveLength(3);
    expect(run.test.accuracy).toBe(run.history.val_accuracy?.at(-1));
    expect(run.test.accuracy).toBeGreaterThan(0.3); // a guess reaches 0.1
    expect(run.seconds).toBeGreaterThan(run.secondsPerEpoch);
    expect(run.stepMilliseconds).toBeGreaterThan(0);
  });

  it("judges epochs on what --validation-split holds out, and the test set at the end", async () => {
    const out = join(folder, "held-out");
    const split = ["--validation-split", "0.2", "--no-report", "--out", out];
    const { stdout, stderr, code } = await anygrad([...training, ...split, "--json"]);
    expect(code).toBe(0);
    expect(stderr).toContain("  data     240 to train, 60 to validate, 300 to test: 28×28×1, 10 classes\n");
    expect(stderr).toContain("   val loss   val accuracy");
    const held = JSON.parse(stdout) as Run;
    const whole = held.history.val_accuracy!.map((accuracy) => accuracy * 60);
    for (const right of whole) expect(right).toBeCloseTo(Math.round(right), 6);
    expect(held.history.val_accuracy).not.toEqual(run.history.val_accuracy);
    expect(held.test).not.toEqual(run.test);
    const { code: again, stdout: judged } = await served(["evaluate", out, "--limit", "300", "--json"]);
    expect({ again, ...JSON.parse(judged) }).toMatchObject({ again: 0, test: held.test });
    const settings = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(settings).toMatchObject({ dataset: { train: [240, 28, 28, 1], validation: [60, 28, 28, 1] } });
    expect(settings.command).toContain("--validation-split 0.2");
  });

  it("is the same run again with the same seed, in either variant, and another with another", async () => {
    const [scalar, simd, other] = await Promise.all([
      trained(...training, "--variant", "scalar"),
      trained(...training, "--variant", "simd"),
      trained(...training.slice(0, -1), "6"),
    ]);
    expect(scalar.engine.variant).toBe("scalar");
    expect(scalar.digest).toBe(run.digest);
    expect(simd.digest).toBe(run.digest);
    expect(other.digest).not.toBe(run.digest);
    expect(simd.out).toBeNull();
  });

  it("takes every option", async () => {
    const args =
      "train mlp-128-64 --limit 100 --epochs 1 --batch-size 32 --optimizer nesterov --learning-rate 0.02 --decay 0.001 --l1 1e-6 --l2 1e-5 --normalize standard --init he --activation sigmoid --dropout 0.2 --threads 1 --precision strict --memory-limit 64";
    const options = await trained(...args.split(" "), "--no-report", "--out", join(folder, "options"));
    expect(options.history.learningRate?.[0]).toBe(0.02 / (1 + 0.001 * 3));
    const saved = JSON.parse(readFileSync(join(folder, "options", "run.json"), "utf8"));
    expect(saved.recipe).toEqual({
      optimizer: "nesterov",
      learningRate: 0.02,
      decay: 0.001,
      batchSize: 32,
      epochs: 1,
      normalize: "standard",
      loss: "sparseCategoricalCrossentropy",
    });
    expect(saved.network).toEqual({ activation: "sigmoid", init: "he", dropout: 0.2, l1: 1e-6, l2: 1e-5 });
    expect(saved.dataset.normalization.shift).toBeLessThan(0);
  });

  long("runs whole-set batches and sigmoid outputs", async () => {
    const descent = await trained(
      "train",
      "mlp-512",
      "--limit",
      "70",
      "--epochs",
      "2",
      "--no-report",
      "--out",
      join(folder, "gd"),
    );
    expect(readFileSync(join(folder, "gd", "run.json"), "utf8")).toContain('"batchSize": "all"');
    expect(descent.history.loss).toHaveLength(2);
    const sigmoids = await trained("train", "mlp-512-256", "--limit", "640", "--epochs", "6");
    expect(sigmoids.test.accuracy).toBeGreaterThan(0.3);
  });
});

describe("train --out", () => {
  it("writes the model, the history and the settings, and nothing else", async () => {
    const report = ["figures", "report.html"];
    const files = ["history.csv", "model.safetensors", "predictions.csv", "run.json", "steps.csv"];
    expect(readdirSync(out).sort()).toEqual([...report, ...files].sort());
    const bare = join(folder, "bare");
    cpSync(out, bare, { recursive: true });
    writeFileSync(join(bare, "figures", "mine.png"), "");
    const without = [...training, "--limit", "50", "--no-report", "--overwrite", "--out", bare];
    const { code, stderr } = await anygrad(without);
    expect({ code, told: stderr.trimEnd().split("\n").at(-1) }).toEqual({
      code: 0,
      told: `no report; anygrad report ${bare} writes it`,
    });
    expect(readdirSync(bare).sort()).toEqual(["figures", ...files]);
    expect(readdirSync(join(bare, "figures"))).toEqual(["mine.png"]); // nothing of the run before
    const net = await load(readFileSync(join(out, "model.safetensors")));
    expect(await net.digest()).toBe(run.digest);
    const lines = readFileSync(join(out, "history.csv"), "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    const columns = lines[0]!.split(",");
    expect(columns[0]).toBe("epoch");
    const last = lines[3]!.split(",").map(Number);
    expect(last[0]).toBe(3);
    for (const [name, values] of Object.entries(run.history))
      expect(last[columns.indexOf(name)], name).toBe(values[2]);
  });

  it("writes a line for each step: its batch's values, and running ones that end as the epoch's", () => {
    const [heads, ...lines] = readFileSync(join(out, "steps.csv"), "utf8").trimEnd().split("\n");
    expect(heads).toBe("step,epoch,loss,accuracy,learning_rate,running_loss,running_accuracy");
    const steps = lines.map((line) => line.split(",").map(Number));
    expect(steps.map(([step]) => step)).toEqual(Array.from({ length: steps.length }, (_, i) => i + 1));
    const ends = [1, 2, 3].map((epoch) => steps.filter((step) => step[1] === epoch).at(-1)!);
    expect(ends.map((step) => step[4])).toEqual(run.history.learningRate);
    expect(ends.map((step) => step[5])).toEqual(run.history.loss);
    expect(ends.map((step) => step[6])).toEqual(run.history.accuracy);
    // the batch's own: the first step of an epoch has seen nothing else
    const begins = steps.filter((step, i) => step[1] !== steps[i - 1]?.[1]);
    for (const [, , loss, accuracy, , runningLoss, runningAccuracy] of begins)
      expect([loss, accuracy]).toEqual([runningLoss, runningAccuracy]);
  });

  it("writes the probabilities of every test example: their largest is the prediction, and rights are the accuracy", () => {
    const [heads, ...lines] = readFileSync(join(out, "predictions.csv"), "utf8").trimEnd().split("\n");
    expect(heads).toBe("example,label,predicted,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9");
    const rows = lines.map((line) => line.split(",").map(Number));
    expect(rows).toHaveLength(300);
    for (const [, , predicted, ...probabilities] of rows) {
      expect(probabilities[predicted!]).toBe(Math.max(...probabilities));
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 2);
    }
    expect(rows.filter(([, label, predicted]) => label === predicted).length / 300).toBeCloseTo(
      run.test.accuracy,
      10,
    );
  });

  long(
    "writes figures that are whole, and a report that `anygrad report` makes again to the byte",
    async () => {
      const figures = readdirSync(join(out, "figures"));
      expect(figures.filter((name) => name.endsWith(".svg"))).toHaveLength(12);
      for (const name of figures.filter((file) => file.endsWith(".png"))) {
        const { width, height } = decodePng(readFileSync(join(out, "figures", name)));
        const [svgWidth, svgHeight] = ["width", "height"].map((side) =>
          Number(
            new RegExp(`<svg[^>]* ${side}="([\\d.]+)"`).exec(
              readFileSync(join(out, "figures", name.replace("png", "svg")), "utf8"),
            )?.[1],
          ),
        );
        expect(Math.abs(width - 2 * svgWidth!), name).toBeLessThanOrEqual(1);
        expect(Math.abs(height - 2 * svgHeight!), name).toBeLessThanOrEqual(1);
      }
      const again = join(folder, "again");
      cpSync(out, again, { recursive: true });
      for (const name of ["report.html", "figures"]) rmSync(join(again, name), { recursive: true });
      const { code, stdout, stderr } = await served(["report", again, "--json", "--quiet"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(JSON.parse(stdout).files).toHaveLength(25);
      for (const name of ["report.html", ...figures.map((file) => `figures/${file}`)])
        expect(readFileSync(join(again, name)).equals(readFileSync(join(out, name))), name).toBe(true);
    },
    60_000,
  );

  it("report refuses other data, another model and a folder without a run, in one line", async () => {
    const refusal = async (...args: string[]): Promise<string> => {
      const { code, stderr } = await served(["report", ...args]);
      expect(code).toBe(2);
      expect(stderr.trimEnd().split("\n")).toHaveLength(1);
      return stderr;
    };
    expect(await refusal(folder)).toMatch(/: no run.json there; pass the folder of a finished run/);
    const broken = join(folder, "broken");
    cpSync(out, broken, { recursive: true });
    const settings = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    const write = (changed: object): void =>
      writeFileSync(join(broken, "run.json"), JSON.stringify({ ...settings, ...changed }));
    write({ dataset: { ...settings.dataset, limit: 200 } });
    expect(await refusal(broken)).toMatch(/digits: 200 test examples, not the 300 of predictions.csv/);
    write({ digest: "00" });
    expect(await refusal(broken)).toMatch(/model.safetensors has not the weights that run.json names/);
    write({});
    writeFileSync(join(broken, "history.csv"), "epoch,loss\n1\n");
    expect(await refusal(broken)).toMatch(
      /history.csv: line 2 has 1 columns, the first 2; bring the file back/,
    );
  }, 60_000);

  it("writes a command that repeats the run", async () => {
    const saved = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(saved).toMatchObject({ preset: "mlp-64", seed: 5, digest: run.digest, test: run.test });
    expect(saved.command).toBe("anygrad train mlp-64 --limit 300 --epochs 3 --seed 5 --dataset digits");
    const again = await trained(...saved.command.split(" ").slice(1));
    expect(again.digest).toBe(run.digest);
  });
});

describe("train for a reader", () => {
  it("prints a line an epoch and the report to stderr, plain where there is no terminal", async () => {
    const { code, stdout, stderr } = await anygrad([...training, "--limit", "100"], {
      env: { NO_COLOR: "" },
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).not.toContain("\x1b");
    expect(stderr).toMatch(/^mlp-64 on digits\n {2}network {2}dense 64: 50,890 parameters\n/);
    expect(stderr.match(/^ {5}\d\/3( +[\d.]+){4} +[\d.]+ m?s$/gm)).toHaveLength(3);
    for (const part of ["loss by step", "Confusion matrix", "Most confused", "Result", "nothing; --out DIR"])
      expect(stderr).toContain(part);
    for (const line of stderr.split("\n")) expect(Array.from(line).length, line).toBeLessThanOrEqual(80);
  });

  const hasScript = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;
  it.skipIf(!hasScript)("draws a bar on a terminal and takes it away (needs `script`)", () => {
    const command = `stty cols 80 rows 24; ${process.execPath} ${script} train --limit 1500 --epochs 1`;
    const screen = execFileSync("script", ["-qec", command, "/dev/null"], {
      env: { ...environment, NO_COLOR: undefined, TERM: "xterm" },
      encoding: "utf8",
    });
    const escapeSign = String.fromCharCode(27);
    expect(screen.replaceAll(escapeSign, "ESC")).toMatch(
      /1\/1 {2}ESC\[32m━*╸?ESC.*loss \d\.\d+ +accuracy 0\.\d+ .* img\/s/,
    );
    expect(screen).toContain("\x1b[?25l"); // the cursor is hidden,
    expect(screen.lastIndexOf("\x1b[?25h")).toBeGreaterThan(screen.lastIndexOf("\x1b[?25l")); // and comes back
    expect(screen.slice(screen.indexOf("Result"))).not.toContain("━");
  });

  it("prints nothing with --quiet", async () => {
    expect(await anygrad([...training, "--limit", "60", "--quiet"])).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });
});

describe("evaluate", () => {
  it("finds the accuracy of the training again, from the folder and from the file", async () => {
    const { code, stdout } = await served(["evaluate", out, "--limit", "300"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`accuracy ${run.test.accuracy.toFixed(4)} on 300 test images of digits`);
    expect(stdout).toContain("Most confused");
    const file = await served(["evaluate", join(out, "model.safetensors"), "--limit", "300", "--json"]);
    const scores = JSON.parse(file.stdout);
    expect(scores.test.accuracy).toBe(run.test.accuracy);
    expect(scores.test.loss).toBeCloseTo(run.test.loss, 5);
    expect(scores.digest).toBe(run.digest);
    expect(scores.matrix.flat().reduce((sum: number, count: number) => sum + count, 0)).toBe(300);
  });
});

describe("predict", () => {
  const { test } = digits({ train: 1, test: 3 });
  const rows = [0, 1, 2].map((i) => Array.from(test.x.subarray(i * 784, (i + 1) * 784)));
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  it("reads IDX, CSV and JSON alike", async () => {
    const files = [
      file("three.idx", writeIdx("u8", [3, 28, 28], test.x)),
      file("three.csv", rows.map((row) => row.join(",")).join("\n")),
      file("one.json", JSON.stringify(rows[0])),
    ];
    const { code, stdout } = await served(["predict", out, ...files, "--json"]);
    expect(code).toBe(0);
    const { predictions } = JSON.parse(stdout) as {
      predictions: {
        file: string;
        image: number;
        class: string;
        probability: number;
        probabilities: number[];
      }[];
    };
    expect(predictions.map(({ image }) => image)).toEqual([0, 1, 2, 0, 1, 2, 0]);
    for (const { probability, probabilities } of predictions) {
      expect(probability).toBe(Math.max(...probabilities));
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    }
    const answers = predictions.map(({ file: _, ...answer }) => answer);
    expect(answers.slice(3, 6)).toEqual(answers.slice(0, 3));
    expect(answers[6]).toEqual(answers[0]);
  });

  it("prints a line an image", async () => {
    const path = file("two.json", JSON.stringify(rows.slice(0, 2)));
    const { stdout } = await served(["predict", out, path]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^file +image +class +probability$/);
    expect(lines.slice(1)).toHaveLength(2);
    expect(lines[1]).toMatch(/two\.json +0 +\d +[\d.]+ %$/);
  });

  it.each([
    [
      "a CSV with labels",
      "labels.csv",
      `1,${"0,".repeat(783)}0`,
      /line 1 has 785 columns.*take the labels away/,
    ],
    [
      "too few values",
      "few.json",
      "[1,2,3]",
      /an array of 3, but the model takes images of 28×28×1, 784 values each/,
    ],
    [
      "values that are no pixels",
      "over.json",
      JSON.stringify(Array(784).fill(0.5)),
      /value 0 of image 0 is 0\.5/,
    ],
    ["JSON that is no array", "object.json", '{"x":1}', /holds a value of type object/],
    ["no pixels", "none.csv", "", /none[.]csv: 0 values, but the model takes images of 28×28×1/],
    ["a header alone", "head.csv", "a,b\n", /head[.]csv: 0 values, but the model takes images/],
    ["pixels that are none", "gap.csv", `${"0,".repeat(783)}`, /value 783 of image 0 is NaN; pixels/],
    [
      "a line without an end",
      "long.csv",
      "1,".repeat(2e6),
      /line 1 has more than \d+ characters; pass lines/,
    ],
    ["a PNG", "x.png", "\x89PNG", /x[.]png: a PNG that ends within its header/],
    ["what is not IDX", "x.bin", "hello", /not an IDX file/],
  ])("refuses %s", async (_, name, content, wanted) => {
    const ended = await served(["predict", out, file(name, Buffer.from(content, "latin1"))]);
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr.trimEnd()).toMatch(wanted);
    expect(ended.stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("own data", () => {
  const { train, test } = digits({ train: 60, test: 20 });

  it("trains on a folder of IDX files", async () => {
    const own = temporaryFolder();
    const write = (name: string, bytes: Uint8Array): void => writeFileSync(join(own, name), bytes);
    write("train-images-idx3-ubyte", writeIdx("u8", [60, 28, 28], train.x));
    write("train-labels-idx1-ubyte", writeIdx("u8", [60], train.y));
    write("t10k-images-idx3-ubyte", writeIdx("u8", [20, 28, 28], test.x));
    write("t10k-labels-idx1-ubyte", writeIdx("u8", [20], test.y));
    const folderRun = await trained("train", "softmax", "--dataset", own, "--epochs", "1");
    const builtIn = await trained("train", "softmax", "--limit", "60", "--epochs", "1");
    expect(folderRun.digest).toBe(builtIn.digest);
  });

  it("trains on a CSV file, split or beside its test file", async () => {
    const csv = (set: typeof train, count: number): string =>
      Array.from({ length: count }, (_, i) =>
        [set.y[i], ...set.x.subarray(i * 784, (i + 1) * 784)].join(","),
      ).join("\n");
    const own = temporaryFolder();
    writeFileSync(join(own, "all.csv"), csv(train, 60));
    writeFileSync(join(own, "my_train.csv"), csv(train, 60));
    writeFileSync(join(own, "my_test.csv"), csv(test, 20));
    const split = await served(["data", "info", join(own, "all.csv"), "--json"]);
    expect(JSON.parse(split.stdout)).toMatchObject({ train: [48, 28, 28, 1], test: [12, 28, 28, 1] });
    const pair = await trained("train", "softmax", "--dataset", join(own, "my_train.csv"), "--epochs", "1");
    const builtIn = await trained("train", "softmax", "--limit", "60", "--epochs", "1");
    expect(pair.digest).toBe(builtIn.digest);
  });
});

describe("commands that look", () => {
  it("presets lists every preset with its parameters within 80 columns", async () => {
    const { code, stdout } = await served(["presets"]);
    expect(code).toBe(0);
    expect(stdout).toContain("  cnn-bn-sigmoid    455,346  cnn-relu with batch norm, sigmoid\n");
    for (const line of stdout.split("\n")) expect(Array.from(line).length).toBeLessThanOrEqual(80);
    const { presets } = JSON.parse((await served(["presets", "--json"])).stdout);
    expect(presets).toHaveLength(20);
    const named = (wanted: string) => presets.find(({ name }: { name: string }) => name === wanted);
    expect(named("cnn-bn-sigmoid").params).toEqual({ total: 455346, trainable: 454878, nonTrainable: 468 });
  });

  it("summary prints the table of a preset", async () => {
    const { stdout } = await served(["summary", "cnn-bn-sigmoid"]);
    expect(stdout).toContain("Total params: 455,346");
    expect(stdout).toContain("Trainable params: 454,878");
    expect(stdout).toContain("Non-trainable params: 468");
  });

  it("data info tells counts, shape, balance, mean and where it was found", async () => {
    const { stdout } = await served(["data", "info"]);
    expect(stdout).toMatch(/found +built in/);
    expect(stdout).toMatch(/examples +10,000 to train, 2,000 to test/);
    expect(stdout).toMatch(/mean +\d+\.\d\d \(0\.\d{4} of 255\)/);
    expect(stdout.match(/1,000 +10\.0 %/g)).toHaveLength(10);
  });

  it("data preview draws one picture a class within 80 columns", async () => {
    const { code, stdout } = await served(["data", "preview"]);
    expect(code).toBe(0);
    for (let digit = 0; digit < 10; digit++) expect(stdout).toMatch(new RegExp(`^(.* )?${digit}( |$)`, "m"));
    expect(stdout).toContain("█");
    for (const line of stdout.split("\n")) expect(Array.from(line).length).toBeLessThanOrEqual(80);
  });

  it("help and version go to stdout with exit code 0", async () => {
    const help = await anygrad(["train", "--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    for (const option of ["dataset", "data", "epochs", "batch-size", "optimizer", "learning-rate", "decay"])
      expect(help.stdout).toContain(`--${option} <`);
    expect(await anygrad([])).toMatchObject({ code: 0, stderr: "" });
    const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
    expect(await anygrad(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});
