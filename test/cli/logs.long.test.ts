/** `--log`: what is in the logs of runs that go on after a kill, of several runs, and of one whose reader has gone. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventsIn } from "../runs/logs/events.ts";
import { anygrad, environment, script, temporaryFolder } from "./anygrad.ts";
import { finished, interrupted } from "./interruption.ts";
import { linesOf, logsIn } from "./logged.ts";

const folder = temporaryFolder();
const training =
  "train mlp-64 --limit 640 --epochs 30 --batch-size 64 --seed 5 --validation-split 0.2 --no-report".split(
    " ",
  );
const logs = "--log csv,jsonl --log tensorboard --log-every 3".split(" ");

describe("logs of a run", () => {
  it("have every entry once after kills and interruptions, in the middle of epochs", async () => {
    const [whole, killed] = [join(folder, "whole"), join(folder, "killed")];
    await finished(...training, ...logs, "--out", whole);
    const args = [...training, ...logs, "--out", killed, "--checkpoint", "5"];
    for (const [signal, epochs] of [
      ["SIGKILL", 4],
      ["SIGKILL", 9],
      ["SIGINT", 13],
      ["SIGKILL", 19],
    ] as const)
      await interrupted(args, signal, epochs);
    const { digest } = await finished(...args);
    expect(logsIn(killed)).toEqual(logsIn(whole));
    expect(digest).toBe(JSON.parse(readFileSync(join(whole, "run.json"), "utf8")).digest);
    // 8 steps an epoch
    const jsonl = linesOf(join(whole, "log.jsonl")).map((line) => JSON.parse(line));
    expect(jsonl.filter(({ event }) => event === "epoch").map(({ step }) => step)).toEqual(
      Array.from({ length: 30 }, (_, epoch) => 8 * (epoch + 1)),
    );
    expect(jsonl.filter(({ event }) => event === "step").map(({ step }) => step)).toEqual(
      Array.from({ length: 80 }, (_, i) => 3 * (i + 1)),
    );
  });

  it("goes to stdout, which holds nothing else", async () => {
    const { code, stdout } = await anygrad([
      ..."train softmax --limit 64 --epochs 3 --log jsonl:-".split(" "),
    ]);
    expect(code).toBe(0);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ event, epoch, epochs }) => [event, epoch, epochs])).toEqual([
      ["epoch", 1, 3],
      ["epoch", 2, 3],
      ["epoch", 3, 3],
    ]);
  });

  it("tells of the epochs that are asked for, where the run pauses before their end", async () => {
    const args = "train softmax --limit 64 --epochs 3 --log jsonl:- --no-report --stop-after 1".split(" ");
    const { code, stdout, stderr } = await anygrad([...args, "--out", join(folder, "paused")]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ epoch: 1, epochs: 3 });
    expect(stderr).toContain("1/3");
  });

  it("lets the run go on where the program that reads stdout has ended", async () => {
    const out = join(folder, "unread");
    const args = ["train", "softmax", "--limit", "64", "--epochs", "40", "--log", "jsonl:-", "--out", out];
    const child = spawn(process.execPath, [script, ...args, "--no-report"], {
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code, stderr).toBe(0);
    expect(stderr.match(/stdout cannot be written \(EPIPE\); training goes on/g)).toHaveLength(1);
    expect(existsSync(join(out, "run.json"))).toBe(true);
  });

  it("are in what --log names, which --resume may change, and changes nothing of the run", async () => {
    const out = join(folder, "moved");
    const args = "train softmax --limit 64 --epochs 4 --no-report".split(" ");
    const { digest } = await finished(...args);
    await finished(...args, "--out", out, "--log", `csv:${out}/first.csv`, "--stop-after", "2");
    const run = await finished("train", "--resume", out, "--log", `csv:${out}/second.csv`);
    expect(run.digest).toBe(digest);
    const epochs = (name: string): string[] => linesOf(join(out, name)).map((line) => line.split(",")[0]!);
    expect(epochs("first.csv")).toEqual(["epoch", "1", "2", ""]);
    expect(epochs("second.csv")).toEqual(["epoch", "3", "4", ""]);
    expect(JSON.parse(readFileSync(join(out, "run.json"), "utf8")).command).not.toContain("--log");
  });
});

describe("logs of several runs", () => {
  it("are in a place of their own for each model that compare trains", async () => {
    const out = join(folder, "compared");
    const args = "softmax mlp-64 --limit 64 --epochs 2 --log csv --log tensorboard --no-report --quiet".split(
      " ",
    );
    expect((await anygrad(["compare", ...args, "--out", out])).code).toBe(0);
    const runs = ["mlp-64-digits", "softmax-digits"];
    expect(readdirSync(join(out, "logs")).sort()).toEqual(runs.map((name) => `${name}.csv`));
    expect(readdirSync(join(out, "tensorboard")).sort()).toEqual(runs);
    for (const name of runs)
      expect(linesOf(join(out, "logs", `${name}.csv`)).map((line) => line.split(",")[0])).toEqual([
        ...["epoch", "1", "2", ""],
      ]);
  });

  it("go on with the trials of tune from rung to rung, and stay", async () => {
    const out = join(folder, "tuned");
    const search = "--search learning-rate=0.001,0.01,0.1 --method asha --trials 3 --min-epochs 1 --epochs 4";
    const args = `tune softmax --limit 100 ${search} --log tensorboard --log jsonl --no-report --quiet`.split(
      " ",
    );
    expect((await anygrad([...args, "--out", out])).code).toBe(0);
    const trials = ["0001", "0002", "0003"];
    expect(readdirSync(join(out, "tensorboard")).sort()).toEqual(trials);
    const reached = trials.map((name) => linesOf(join(out, "logs", `${name}.jsonl`)).length);
    expect(Math.max(...reached)).toBe(4);
    expect(Math.min(...reached)).toBe(1);
    for (const [i, name] of trials.entries()) {
      const steps = eventsIn(join(out, "tensorboard", name, "train")).filter(
        ({ tag }) => tag === "epoch_loss",
      );
      expect(steps.map(({ step }) => step)).toEqual(
        Array.from({ length: reached[i]! }, (_, epoch) => steps[0]!.step * (epoch + 1)),
      );
    }
  });
});
