/** `train --out` whose disk is full, whose process dies or is told to end: what it says, what is kept, and how it goes on. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { anygrad as crashing } from "../../crash/commands.mjs";
import { anygrad, temporaryFolder } from "../anygrad.ts";
import { checkpointsOf, finished, quiet, type Run } from "../interruption.ts";
import { served } from "../served.ts";

const parts = "train mlp-64 --limit 100 --threads 1 --no-report --epochs 4 --seed 5".split(" ");
const folder = temporaryFolder();
let wanted: Run;
beforeAll(async () => {
  wanted = await finished(...parts);
});
const named = (name: string): { out: string; args: string[] } => {
  const out = join(folder, name);
  return { out, args: [...parts, "--out", out, ...quiet] };
};
const lastLine = (text: string): string => text.trimEnd().split("\n").at(-1)!;

describe("a full disk", () => {
  it("in the middle does not end the run, which tells of it, keeps the last good one and tries again", async () => {
    const { out, args } = named("full-once");
    const full = { folder: out, mode: "full", at: "checkpoint-0002", who: "parent" } as const;
    const paused = await crashing([...args, "--stop-after", "3"], { fault: full });
    expect(paused.code).toBe(0);
    expect(paused.stderr).toMatch(
      /checkpoint-0002.safetensors: cannot be written \(ENOSPC: the disk is full\); free space on it; training goes on, checkpoint-0001.safetensors stays, and another is tried when it is due\n$/,
    );
    expect(paused.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(checkpointsOf(out)).toEqual(["checkpoint-0001.safetensors", "checkpoint-0003.safetensors"]);
    expect((await finished(...args.slice(0, -2))).digest).toBe(wanted.digest);
  });

  it("at the end is told with what helps, and --resume makes that end", async () => {
    const { out, args } = named("full-end");
    const ended = await crashing(args, {
      fault: { folder: out, mode: "full", at: "run.json", who: "parent" },
    });
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toBe(
      `anygrad: ${join(out, "run.json")}: cannot be written (ENOSPC: the disk is full); free space on it; then anygrad train --resume ${out} goes on\n`,
    );
    expect(checkpointsOf(out).at(-1)).toBe("checkpoint-0004.safetensors");
    const run = await finished("train", "--resume", out);
    expect({ ...run, out: null }).toMatchObject({ digest: wanted.digest, test: wanted.test });
  });

  it("from the beginning leaves nothing and costs no training", async () => {
    const { out, args } = named("full-always");
    const ended = await crashing(args, { fault: { folder: out, mode: "full", at: 1, who: "parent" } });
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toMatch(/^anygrad: --out: .*ENOSPC: the disk is full\); free space on it\n$/);
    expect(readdirSync(folder)).not.toContain("full-always");
  });

  it("for checkpoints alone does no harm to the end", async () => {
    const { out, args } = named("full-checkpoints");
    const ended = await crashing(args, {
      fault: { folder: out, mode: "full", at: "checkpoint-", who: "parent" },
    });
    expect(ended.code).toBe(0);
    expect(ended.stderr.match(/no checkpoint is there yet/g)).toHaveLength(5); // each epoch's, and once more at the end
    expect((JSON.parse(ended.stdout) as Run).digest).toBe(wanted.digest);
  });
});

describe("a death", () => {
  it("before the first checkpoint of a new run resumes no older one", async () => {
    const { out, args } = named("older");
    const older = [...parts.slice(0, -1), "6", "--out", out];
    await finished(...older, "--stop-after", "2");
    const fault = { folder: out, mode: "die", at: "checkpoint-0001.safetensors.", who: "parent" } as const;
    const ended = await crashing([...args, "--overwrite"], { fault });
    expect(ended.code).toBeNull();
    const { code, stderr } = await served(["train", "--resume", out, "--quiet"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--resume: .* holds no unfinished run; anygrad train --out DIR keeps one there/);
    expect((await finished(...args.slice(0, -2))).digest).toBe(wanted.digest);
  });

  it("lets go of the folder, which a second process may not have before, and leaves nothing half-written", async () => {
    const { out, args } = named("held");
    let [told, second]: [boolean, ReturnType<typeof served> | undefined] = [false, undefined];
    // a long one, which the second finds at work
    const long = ["train", "mlp-64", "--limit", "100", "--epochs", "100000", "--out", out, "--no-report"];
    const first = await anygrad(long, {
      onError: (text, kill) => {
        if (
          told ||
          !/\d\/100000 /.test(text) ||
          !readdirSync(out).some((name) => /\d[.]safetensors$/.test(name))
        )
          return;
        told = true;
        second = served(["train", "--resume", out, "--quiet"]);
        second.finally(() => kill("SIGKILL"));
      },
    });
    expect(first.code).toBeNull();
    const refused = await second!;
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /^anygrad: --resume: .*held is in use by process \d+; wait for its end, or pass another folder\n$/,
    );
    const half = `run.json.${"9".repeat(7)}-0f8fad5b-d9cb-469f-a165-70867728950e.partial`;
    writeFileSync(join(out, half), "{");
    expect((await finished(...args.slice(0, -2), "--overwrite")).digest).toBe(wanted.digest);
    expect(readdirSync(out).sort()).toEqual([
      "history.csv",
      "model.safetensors",
      "predictions.csv",
      "run.json",
      "steps.csv",
    ]);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("by %s writes a checkpoint first", async (signal) => {
    const { out } = named(signal);
    let sent = false;
    const long = ["--limit", "1000", "--epochs", "500", "--checkpoint", "1h"];
    const begun = ["train", "mlp-64", "--seed", "5", "--no-report", "--out", out, ...long];
    const { code, stderr } = await anygrad(begun, {
      onError: (text, kill) => {
        if (sent || !/ 1\/500 /.test(text)) return;
        sent = true;
        kill(signal);
      },
    });
    expect(code).toBe(130);
    expect(lastLine(stderr)).toBe(`anygrad: stopped; anygrad train --resume ${out} goes on`);
    expect(checkpointsOf(out).length).toBeGreaterThan(0);
  });
});

describe("--checkpoint and --keep", () => {
  const within = async (name: string, ...more: string[]): Promise<string[]> => {
    const { out, args } = named(name);
    // 100 examples, 7 steps an epoch; the last step of an epoch is its end
    await finished(...args.slice(0, -2), "--batch-size", "16", "--stop-after", "2", ...more);
    return checkpointsOf(out);
  };

  it("every so many steps, the newest of them, and at a run's end", async () => {
    const steps = (epoch: number, step: number): string =>
      `checkpoint-000${epoch}-step-${String(step).padStart(6, "0")}.safetensors`;
    expect(await within("steps", "--checkpoint", "4", "--keep", "9")).toEqual([
      steps(0, 4),
      steps(1, 1),
      steps(1, 5),
      "checkpoint-0001.safetensors", // the best by validation so far
      "checkpoint-0002.safetensors",
    ]);
  });

  it("the newest two alone, where nothing is said, at each epoch's end", async () => {
    expect(await within("usual")).toEqual(["checkpoint-0001.safetensors", "checkpoint-0002.safetensors"]);
  });

  it("within an epoch by the clock", async () => {
    const names = await within("clock", "--checkpoint", "0.0001s", "--keep", "20");
    expect(names.length).toBeGreaterThan(10);
  });

  it("keep the best by validation, which need not be among the newest", async () => {
    const { out, args } = named("best");
    // a rate that ruins the network after its first epoch
    const ruin = ["--schedule", "constant", "--learning-rate", "0.05", "--keep", "1", "--epochs", "30"];
    const cut = args.filter((_, i) => !["--epochs", "4"].includes(args[i]!)).slice(0, -2);
    const run = await finished(...cut, ...ruin, "--stop-after", "29");
    const scores = run.history.val_accuracy!;
    const best = 1 + scores.indexOf(Math.max(...scores));
    const kept = [best, 29].map((epoch) => `checkpoint-${String(epoch).padStart(4, "0")}.safetensors`);
    expect(checkpointsOf(out)).toEqual([...new Set(kept)]);
    expect(best).toBeLessThan(29);
  });

  it.each([
    [
      "--checkpoint",
      "0",
      /^anygrad: --checkpoint is "0"; pass a number of steps from 1, or a time such as "30s"/,
    ],
    ["--checkpoint", "5 apples", /^anygrad: --checkpoint is "5 apples"; pass a number of steps/],
    ["--keep", "0", /^anygrad: --keep/],
  ])("refuse %s %s", async (flag, value, message) => {
    const { code, stderr } = await served([...named("refused").args, flag, value]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
