/** `anygrad tune`: a sweep, trials that fail, wrong usage. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Trial } from "../../../report/sweep/trial.ts";
import { anygrad, temporaryFolder } from "../anygrad.ts";
import { served } from "../served.ts";
import { random, swept, trialsOf } from "../sweep.ts";

const folder = temporaryFolder();
const whole = join(folder, "random");
let result: Record<string, never>;
beforeAll(async () => {
  result = await swept([...random, "--jobs", "2"], whole);
}, 400_000);

describe("a sweep", () => {
  it("leaves a line a trial, the best run with its one test, and a report", () => {
    const trials = trialsOf(whole);
    expect(trials.map(({ trial }) => trial)).toEqual([1, 2, 3, 4, 5]);
    for (const trial of trials) {
      expect(trial).toMatchObject({
        status: "complete",
        epochs: 2,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(Object.keys(trial.options)).toEqual(["learning-rate", "optimizer"]);
      expect(trial.val_accuracy).toBe(trial.history.val_accuracy!.at(-1));
      expect(trial.history.val_loss).toHaveLength(2);
    }
    const accuracies = trials.map(({ val_accuracy }) => val_accuracy!);
    const { best, test, examples } = result as never as {
      best: Trial;
      test: { loss: number; accuracy: number };
      examples: Record<string, number>;
    };
    expect(best.val_accuracy).toBe(Math.max(...accuracies));
    expect(examples).toEqual({ train: 180, validation: 20, test: 200 });
    expect(readdirSync(whole).sort()).toEqual([
      "best",
      "figures",
      "report.html",
      "sweep.json",
      "trials.jsonl",
    ]);
    const figures = readdirSync(join(whole, "figures"));
    for (const name of ["parallel", "curves", "effect-optimizer"])
      expect(figures).toEqual(expect.arrayContaining([`${name}.svg`, `${name}.png`]));
    const run = JSON.parse(readFileSync(join(whole, "best", "run.json"), "utf8"));
    expect(run).toMatchObject({ digest: best.digest, test });
    expect(readdirSync(join(whole, "best")).join()).not.toContain("checkpoint");
    const report = readFileSync(join(whole, "report.html"), "utf8");
    for (const text of [
      "Effect of learning-rate",
      "Effect of optimizer",
      "All trials",
      test.accuracy.toFixed(4),
    ])
      expect(report).toContain(text);
    expect(report).not.toMatch(/(src|href)="https?:/);
  });

  it("has trials that train alone gives, too, by the command it prints", async () => {
    const { best, bestCommand } = result as never as { best: Trial; bestCommand: string };
    expect(bestCommand).toContain("--validation-split 0.1");
    const { stdout } = await anygrad([...bestCommand.split(" ").slice(1), "--json", "--quiet"]);
    expect(JSON.parse(stdout)).toMatchObject({ digest: best.digest, test: result.test });
  });
});

describe("tune --no-report", () => {
  it("leaves no report, nor that of before, and the same command makes it without it", async () => {
    const out = join(folder, "again", "random");
    cpSync(whole, out, { recursive: true });
    writeFileSync(join(out, "figures", "mine.svg"), "<svg/>");
    const ended = await anygrad([...random, "--no-report", "--out", out]);
    expect(ended).toMatchObject({ code: 0, stdout: "" });
    expect(ended.stderr).toMatch(
      /written +trials.jsonl, best\/ in .*\nno report; the same command without --no-report writes it\nanygrad report \S+best writes that of the best run\n$/,
    );
    expect(readdirSync(out).sort()).toEqual(["best", "figures", "sweep.json", "trials.jsonl"]);
    expect(readdirSync(join(out, "figures"))).toEqual(["mine.svg"]);
    expect(readFileSync(join(out, "trials.jsonl"), "utf8")).toBe(
      readFileSync(join(whole, "trials.jsonl"), "utf8"),
    );

    await swept([...random, "--jobs", "2"], out);
    // but for the time of the command
    const timeless = (path: string): string =>
      readFileSync(path, "utf8").replace(/<dt>time<\/dt><dd>[^<]*/, "");
    expect(timeless(join(out, "report.html"))).toBe(timeless(join(whole, "report.html")));
    const figures = readdirSync(join(whole, "figures"));
    expect(readdirSync(join(out, "figures")).sort()).toEqual([...figures, "mine.svg"].sort());
    for (const name of figures)
      expect(
        readFileSync(join(out, "figures", name)).equals(readFileSync(join(whole, "figures", name))),
      ).toBe(true);
  }, 120_000);
});

describe("an interrupted sweep", () => {
  it("without --out leaves nothing", async () => {
    let sent = false;
    const ended = await anygrad(random, {
      onError: (text, kill) => {
        if (sent || !text.includes("val acc")) return;
        sent = true;
        kill("SIGINT");
      },
    });
    expect(ended.code).toBe(130);
    expect(ended.stderr).toMatch(/anygrad: stopped; nothing was kept, as there was no --out\n$/);
  });
});

describe.concurrent("wrong usage ends in one line and exit code 2", () => {
  const range = ["--search", "learning-rate=0.01..1:log"];
  const list = ["--search", "optimizer=sgd,adam"];
  it.each<[string, readonly string[], string | RegExp]>([
    [
      "nothing to search",
      [],
      /^--search: nothing to search; pass it as learning-rate=0\.001,0\.01 or as a JSON file/,
    ],
    [
      "an unknown option",
      ["--search", "learnin-rate=1,2"],
      /"learnin-rate" is no option of anygrad train; did you mean learning-rate\?/,
    ],
    [
      "a missing file",
      ["--search", "./space.json"],
      /^--search: \.\/space\.json is no file that can be read/,
    ],
    ["an option twice", [...list, "--search", "optimizer=adam,rmsprop"], /optimizer is given twice/],
    [
      "fixed and searched",
      [...list, "--optimizer", "sgd"],
      "--optimizer is both given (sgd) and searched; leave one of them out",
    ],
    [
      "a grid with a range",
      [...range, "--method", "grid"],
      /^--method grid: learning-rate is a range without end/,
    ],
    [
      "trials of a grid",
      [...list, "--method", "grid", "--trials", "3"],
      /^--trials goes with random and asha/,
    ],
    [
      "more trials than combinations",
      [...list, "--trials", "3"],
      /^--trials is 3 but the search space has 2 combinations/,
    ],
    [
      "min-epochs without asha",
      [...list, "--min-epochs", "2"],
      /^--min-epochs goes with --method asha; leave it out of random/,
    ],
    ["a reduction without asha", [...list, "--reduction", "2"], /^--reduction goes with --method asha/],
    [
      "more min-epochs than epochs",
      [...list, "--method", "asha", "--epochs", "3", "--min-epochs", "4"],
      "--min-epochs is 4 but a trial has 3 epochs; pass at most that many",
    ],
    [
      "epochs searched by asha",
      ["--search", "epochs=1,2", "--method", "asha"],
      /asha gives out the epochs itself/,
    ],
    [
      "epochs fixed and searched",
      ["--search", "epochs=1,2", "--epochs", "3"],
      "--epochs is both given (3) and searched; leave one of them out",
    ],
    [
      "nothing held out",
      [...list, "--validation-split", "0"],
      '--validation-split is "0"; pass a number above 0 and below 1',
    ],
    [
      "an unknown metric",
      [...list, "--metric", "accuracy"],
      /^--metric "accuracy" is unknown; .*known are val_accuracy, val_r2, val_rmse/,
    ],
    [
      "an unknown method",
      [...list, "--method", "bayes"],
      /^--method "bayes" is unknown; known are grid, random, asha/,
    ],
    ["no jobs", [...list, "--jobs", "0"], '--jobs is "0"; pass a whole number from 1'],
    [
      "a wrong fixed option",
      [...list, "--dropout", "2"],
      /^--dropout is "2"; pass a number from 0 to below 1/,
    ],
    [
      "an option of train that has no meaning here",
      [...list, "--stop-after", "2"],
      /^unknown option '--stop-after'/,
    ],
    ["an unknown data set", [...list, "--dataset", "nosuch"], /^--dataset "nosuch" is unknown/],
    [
      "a folder that cannot be written",
      [...list, "--out", "/dev/null/x"],
      /^--out: \/dev\/null\/x: cannot be written/,
    ],
  ])("%s", async (_, args, wanted) => {
    const { code, stdout, stderr } = await served(["tune", "mlp-64", ...args]);
    expect({ code, stdout, lines: stderr.trimEnd().split("\n").length }, stderr).toEqual({
      code: 2,
      stdout: "",
      lines: 1,
    });
    const message = stderr.trimEnd().replace("anygrad: ", "");
    if (typeof wanted === "string") expect(message).toBe(wanted);
    else expect(message).toMatch(wanted);
  });

  it("a damaged folder", async () => {
    const out = temporaryFolder();
    writeFileSync(join(out, "sweep.json"), "{");
    const { code, stderr } = await served([...random, "--out", out]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/sweep\.json is damaged; bring it back, or pass another folder/);
  });
});
