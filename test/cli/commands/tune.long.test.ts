/**
 * `anygrad tune`: the same trials whatever the number of processes and after an interruption; grids; successive halving;
 * trials that fail.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Trial } from "../../../report/sweep/trial.ts";
import { anygrad, type Ended, temporaryFolder } from "../anygrad.ts";
import { linesOf, quick, space, swept, trialsOf, random as withReport } from "../sweep.ts";

const folder = temporaryFolder();
const random = [...withReport, "--no-report"];
const asha = [
  "tune",
  "mlp-64",
  ...space,
  "--method",
  "asha",
  "--trials",
  "7",
  "--limit",
  "200",
  "--epochs",
  "4",
  "--reduction",
  "2",
  "--no-report",
];

/** All of a sweep but its times. */
function outcome(out: string): object {
  return trialsOf(out).map(({ seconds: _, ...trial }) => trial);
}

/** Ends a sweep by a signal as soon as it has so many results. */
function interrupted(
  args: readonly string[],
  out: string,
  results: number,
  signal: NodeJS.Signals,
): Promise<Ended> {
  let sent = false;
  return anygrad([...args, "--out", out], {
    onError: (text, kill) => {
      if (sent || (text.match(/^ +\d+\/\d+ .*epoch/gm) ?? []).length < results) return;
      sent = true;
      kill(signal);
    },
  });
}

const whole = { random: join(folder, "random"), asha: join(folder, "asha") };
let result: Record<string, never>;
beforeAll(async () => {
  result = await swept([...random, "--jobs", "2"], whole.random);
  await swept([...asha, "--jobs", "1"], whole.asha);
}, 400_000);

describe("a sweep", () => {
  it("is the same with one process as with two", async () => {
    const serial = join(folder, "serial");
    await swept([...random, "--jobs", "1"], serial);
    expect(outcome(serial)).toEqual(outcome(whole.random));
  }, 300_000);

  it("that is over is read, not run again; a longer one goes on from it", async () => {
    const before = linesOf(whole.random);
    expect(await swept([...random, "--jobs", "2"], whole.random)).toMatchObject({
      best: result.best,
      test: result.test,
    });
    expect(linesOf(whole.random)).toEqual(before); // times, too
    const longer = random.with(random.indexOf("5"), "6");
    await swept(longer, whole.random);
    expect(linesOf(whole.random).slice(0, 5)).toEqual(before);
    expect(linesOf(whole.random)).toHaveLength(6);
  }, 300_000);

  it("by grid tries every combination, options without a value and files included", async () => {
    const out = join(folder, "grid");
    const file = join(folder, "space.json");
    writeFileSync(file, '{ "optimizer": ["sgd", "adam"], "seed": { "min": 1, "max": 2, "step": 1 } }');
    await swept(
      [
        ...["tune", "mlp-64", "--search", file, "--method", "grid", "--metric", "val_loss", ...quick],
        "--no-report",
      ],
      out,
    );
    expect(trialsOf(out).map(({ options }) => options)).toEqual([
      { optimizer: "sgd", seed: 1 },
      { optimizer: "sgd", seed: 2 },
      { optimizer: "adam", seed: 1 },
      { optimizer: "adam", seed: 2 },
    ]);
    expect(new Set(trialsOf(out).map(({ digest }) => digest)).size).toBe(4);
  });

  it("by successive halving gives the better ones more epochs, from where they were", () => {
    const trials = trialsOf(whole.asha);
    expect(trials).toHaveLength(7);
    const complete = trials.filter(({ status }) => status === "complete");
    const stopped = trials.filter(({ status }) => status === "stopped");
    expect(complete.length).toBeGreaterThan(0);
    expect(complete.length + stopped.length).toBe(7);
    expect(stopped.filter(({ epochs }) => epochs === 1).length).toBeGreaterThanOrEqual(2);
    for (const { epochs, history } of trials) expect(history.val_loss).toHaveLength(epochs);
    for (const { epochs } of complete) expect(epochs).toBe(4);
    const best = JSON.parse(readFileSync(join(whole.asha, "best", "run.json"), "utf8"));
    expect(complete.map(({ digest }) => digest)).toContain(best.digest);
  });

  it("says on 80 columns what it tries and what came of it", async () => {
    const { stderr, code } = await anygrad([...asha, "--out", whole.asha]);
    expect(code).toBe(0);
    for (const text of ["successive halving (ASHA)", "Trials", "Effects", "Result", "its own weights, once"])
      expect(stderr).toContain(text);
    for (const line of stderr.split("\n")) expect(line.length, line).toBeLessThanOrEqual(folder.length + 80);
  });
});

describe("an interrupted sweep", () => {
  it.each([
    ["random", "SIGINT"],
    ["asha", "SIGKILL"],
  ] as const)(
    "by %s and %s goes on: no trial is lost, none is run twice",
    async (method, signal) => {
      const out = join(folder, `${method}-${signal}`);
      const args = method === "random" ? random : asha;
      const ended = await interrupted([...args, "--jobs", "2"], out, 3, signal);
      expect(ended.code).toBe(signal === "SIGKILL" ? null : 130);
      if (signal !== "SIGKILL")
        expect(ended.stderr.trimEnd().split("\n").at(-1)).toMatch(
          /^anygrad: stopped; \d of \d trials are over; the same command goes on$/,
        );
      const before = linesOf(out);
      expect(before.length).toBeGreaterThanOrEqual(3);
      expect(existsSync(join(out, "report.html"))).toBe(false);
      await swept([...args, "--jobs", "1"], out);
      // what was complete is untouched, its time included
      for (const line of before) if (line.includes('"complete"')) expect(linesOf(out)).toContain(line);
      const wanted = (outcome(whole[method]) as Trial[]).slice(0, method === "random" ? 5 : 7);
      expect(outcome(out)).toEqual(wanted);
    },
    300_000,
  );
});

describe("trials that fail", () => {
  const failing = ["--search", "learning-rate=0.1,1e30,1e31", "--method", "grid", ...quick];

  it("are recorded with their reason, and the sweep goes on", async () => {
    const out = join(folder, "failing");
    const { code, stderr, stdout } = await anygrad(["tune", "mlp-64", ...failing, "--out", out, "--json"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/2\/3 {2}failed: fit: the loss became/);
    expect(stderr).toContain("2 of 3 trials failed");
    expect(JSON.parse(stdout)).toMatchObject({
      trials: { total: 3, complete: 1, stopped: 0, failed: 2 },
      best: { trial: 1 },
    });
    const [, second] = trialsOf(out);
    expect(second).toMatchObject({
      status: "failed",
      failure: { reason: expect.stringMatching(/^fit: the loss became/) },
    });
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain("Failed trials");
  });

  it("all together end with exit code 1", async () => {
    const out = join(folder, "all-failing");
    const args = ["tune", "softmax", "--search", "dropout=0.1,0.2", ...quick, "--out", out, "--quiet"];
    const { code, stderr, stdout } = await anygrad(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe(
      "anygrad: 2 of 2 runs failed; the first: softmax: it has no hidden layer for dropout 0.1; leave it out, or train mlp-64\n",
    );
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain("All 2 trials failed");
  });
});

describe("wrong usage ends in one line and exit code 2", () => {
  it.each<[string, readonly string[], RegExp]>([
    [
      "other values",
      asha.with(3, "learning-rate=0.01..2:log"),
      /holds another sweep: it searches other values of learning-rate;/,
    ],
    [
      "an option more",
      [...asha, "--search", "dropout=0,0.5"],
      /holds another sweep: it searches other values of dropout;/,
    ],
    [
      "another seed",
      [...asha, "--seed", "9"],
      /holds another sweep: its seed is 1, not 9; go on with the same settings/,
    ],
    ["other fixed options", [...asha, "--dropout", "0.5"], /holds another sweep: its fixed is/],
    ["more trials of asha", asha.with(asha.indexOf("7"), "8"), /its trials is 7, not 8/],
  ])("a folder of another sweep: %s", async (_, args, wanted) => {
    const before = linesOf(whole.asha);
    const { code, stderr } = await anygrad([...args, "--out", whole.asha]);
    expect({ code, lines: stderr.trimEnd().split("\n").length }).toEqual({ code: 2, lines: 1 });
    expect(stderr).toMatch(wanted);
    expect(linesOf(whole.asha)).toEqual(before);
  });
});
