/** `train --resume`: a run that Ctrl-C or a crash ended goes on, and ends as if nothing had happened. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { anygrad, temporaryFolder } from "../anygrad.ts";

const folder = temporaryFolder();
const training =
  "train mlp-128-64 --limit 1500 --epochs 30 --seed 5 --dropout 0.3 --no-report --augment shift=1,rotation=10,elastic=8:4,mixup=0.2".split(
    " ",
  );
const quiet = ["--json", "--quiet"];

interface Run {
  digest: string;
  test: { loss: number; accuracy: number } | null;
  seconds: number;
  history: Record<string, number[]>;
}

async function finished(...args: string[]): Promise<Run> {
  const { code, stdout, stderr } = await anygrad([...args, ...quiet]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Run;
}

/** Ends the run by a signal after this many epochs. */
function interrupted(args: readonly string[], signal: NodeJS.Signals, epochs: number) {
  let sent = false;
  return anygrad(args, {
    onError: (text, kill) => {
      if (sent || !text.includes(` ${epochs}/30 `)) return;
      sent = true;
      kill(signal);
    },
  });
}

let wanted: Run;
const stopped = join(folder, "stopped");
beforeAll(async () => {
  wanted = await finished(...training, "--out", join(folder, "whole"));
  const ended = await interrupted([...training, "--out", stopped], "SIGINT", 3);
  expect(ended.code).toBe(130);
  expect(ended.stderr.trimEnd().split("\n").at(-1)).toBe(
    `anygrad: stopped; anygrad train --resume ${stopped} goes on`,
  );
  expect(readdirSync(stopped).sort()).toEqual(["checkpoint.json", "checkpoint.safetensors"]);
}, 60_000);

function comparable({ history }: Run): object {
  return { ...history, seconds: history.seconds?.length };
}

describe("train --resume", () => {
  it("ends with the digest, the history and the files of a run that was not stopped", async () => {
    const out = join(folder, "once");
    cpSync(stopped, out, { recursive: true });
    const run = await finished("train", "--resume", out, "--threads", "1");
    expect(run.digest).toBe(wanted.digest);
    expect(comparable(run)).toEqual(comparable(wanted));
    const known = run.history.seconds!.filter((seconds) => seconds !== null);
    expect(known.length).toBeLessThan(30); // the epochs before were another process's,
    expect(run.seconds).toBeGreaterThan(known.reduce((sum, seconds) => sum + seconds, 0)); // but the time counts
    expect(readdirSync(out)).toEqual(readdirSync(join(folder, "whole")));
    for (const name of ["steps.csv", "predictions.csv"])
      expect(readFileSync(join(out, name), "utf8")).toBe(readFileSync(join(folder, "whole", name), "utf8"));
    const { command } = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(command).toBe(
      JSON.parse(readFileSync(join(folder, "whole", "run.json"), "utf8")).command.replace(
        " --dataset",
        " --threads 1 --dataset",
      ),
    );
    const { code, stderr } = await anygrad(["train", "--resume", out]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/holds no unfinished run/);
  });

  it("keeps the average and the statistics of --ema and --recalibrate", async () => {
    const part = "train cnn-bn-sigmoid --limit 200 --epochs 4 --ema 0.9 --recalibrate 2 --no-report".split(
      " ",
    );
    const whole = await finished(...part, "--out", join(folder, "average-whole"));
    const out = join(folder, "average");
    let sent = false;
    const ended = await anygrad([...part, "--out", out], {
      onError: (text, kill) => {
        if (sent || !text.includes(" 2/4 ")) return;
        sent = true;
        kill("SIGINT");
      },
    });
    expect(ended.code).toBe(130);
    const run = await finished("train", "--resume", out);
    expect(run.digest).toBe(whole.digest);
    expect(comparable(run)).toEqual(comparable(whole));
    expect(run.history.raw_val_accuracy).toHaveLength(4);
    const { command, raw } = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(command).toMatch(/--ema 0\.9 --recalibrate 2/);
    expect(raw).toEqual({
      loss: run.history.raw_val_loss!.at(-1),
      accuracy: run.history.raw_val_accuracy!.at(-1),
    });
    expect(readFileSync(join(out, "history.csv"), "utf8").split("\n")[0]).toMatch(
      /,val_loss,val_accuracy,raw_val_loss,raw_val_accuracy$/,
    );
  });

  it("goes on a second time, and after a kill from the last epoch's end", async () => {
    const out = join(folder, "twice");
    cpSync(stopped, out, { recursive: true });
    const again = await interrupted(["train", "--resume", out], "SIGTERM", 8);
    expect(again.code).toBe(130);
    expect(again.stderr).not.toMatch(/^ +[1-3]\/30 /m);
    const killed = await interrupted(["train", "--resume", out], "SIGKILL", 12);
    expect(killed.code).toBeNull();
    const run = await finished("train", "--resume", out);
    expect(run.digest).toBe(wanted.digest);
    expect(comparable(run)).toEqual(comparable(wanted));
  });

  it("goes on with a run that --stop-after has paused, once or epoch by epoch, schedules and all", async () => {
    const planned =
      "train mlp-64 --limit 400 --epochs 4 --schedule cosine --validation-split 0.2 --no-report".split(" ");
    const whole = await finished(...planned);
    const out = join(folder, "paused");
    const args = [...planned, "--out", out, "--stop-after", "1"];
    const first = await finished(...args);
    expect(first).toMatchObject({ test: null, history: { loss: [whole.history.loss![0]] } });
    expect(readdirSync(out).sort()).toEqual(["checkpoint.json", "checkpoint.safetensors"]);
    // in place: nothing to do, the same answer; then two epochs, then the rest
    expect((await finished("train", "--resume", out, "--stop-after", "1")).digest).toBe(first.digest);
    const third = await finished("train", "--resume", out, "--stop-after", "3");
    expect(third.history.val_loss).toEqual(whole.history.val_loss!.slice(0, 3));
    const paused = await finished("train", "--resume", out, "--stop-after", "4");
    expect(paused).toMatchObject({ test: null, digest: whole.digest });
    const ended = await finished("train", "--resume", out);
    expect({ ...ended, out: null }).toMatchObject({ digest: whole.digest, test: whole.test });
    expect(comparable(ended)).toEqual(comparable(whole));
    expect(readdirSync(out)).not.toContain("checkpoint.json");
    const { command } = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(command).not.toMatch(/stop-after/);
  });

  it.each<[string, string[], RegExp]>([
    ["another preset", ["mlp-64"], /^anygrad: --resume: the run in .* trains mlp-128-64, not mlp-64; leave/],
    [
      "another batch size",
      ["--batch-size", "8"],
      /--resume: .* settings it began with; leave --batch-size out/,
    ],
    ["another folder", ["--out", folder], /--resume: .* leave --out out/],
    [
      "too few epochs",
      ["--epochs", "2"],
      /fit: resume: the run is in epoch \d+ but epochs is 2; pass at least/,
    ],
  ])("refuses %s", async (_, args, message) => {
    const { code, stderr } = await anygrad(["train", ...args, "--resume", stopped, "--quiet"]);
    expect({ code, lines: stderr.trimEnd().split("\n").length }).toEqual({ code: 2, lines: 1 });
    expect(stderr).toMatch(message);
    expect(readdirSync(stopped).sort()).toEqual(["checkpoint.json", "checkpoint.safetensors"]);
  });

  it.each([
    ["checkpoint.json", "{"],
    ["checkpoint.json", '{"preset": 1}'],
    ["checkpoint.safetensors", "cut"],
  ])("says that %s is damaged", async (name, content) => {
    const out = join(folder, `damaged-${name}-${content.length}`);
    cpSync(stopped, out, { recursive: true });
    writeFileSync(join(out, name), content);
    const { code, stderr } = await anygrad(["train", "--resume", out, "--quiet"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/damaged|not a whole safetensors file/);
  });
});
