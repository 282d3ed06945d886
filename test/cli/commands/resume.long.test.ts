/** `train --resume`: a second time, after a kill and after a pause, with averages and schedules: as if nothing had happened. */
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { anygrad, temporaryFolder } from "../anygrad.ts";
import {
  checkpointsOf,
  comparable,
  finished,
  interrupted,
  type Run,
  wholeAndStopped,
} from "../interruption.ts";

const folder = temporaryFolder();
let wanted: Run;
const stopped = join(folder, "stopped");
beforeAll(async () => {
  wanted = await wholeAndStopped(join(folder, "whole"), stopped);
}, 60_000);

describe("train --resume", () => {
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
    expect(checkpointsOf(out)).toEqual(["checkpoint-0001.safetensors"]);
    // in place: nothing to do, the same answer; then two epochs, then the rest
    expect((await finished("train", "--resume", out, "--stop-after", "1")).digest).toBe(first.digest);
    const third = await finished("train", "--resume", out, "--stop-after", "3");
    expect(third.history.val_loss).toEqual(whole.history.val_loss!.slice(0, 3));
    const paused = await finished("train", "--resume", out, "--stop-after", "4");
    expect(paused).toMatchObject({ test: null, digest: whole.digest });
    const ended = await finished("train", "--resume", out);
    expect({ ...ended, out: null }).toMatchObject({ digest: whole.digest, test: whole.test });
    expect(comparable(ended)).toEqual(comparable(whole));
    expect(readdirSync(out).join()).not.toContain("checkpoint");
    const { command } = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
    expect(command).not.toMatch(/stop-after/);
  });
});
