/** `--keep-best`: the model after the best epoch, also of averaged weights, of runs that were killed, and of several runs. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { anygrad, temporaryFolder } from "./anygrad.ts";
import { finished, interrupted, type Run } from "./interruption.ts";

const folder = temporaryFolder();
/** A rate at which accuracy goes up and down. */
const training =
  "train mlp-64 --limit 300 --epochs 30 --learning-rate 0.6 --optimizer sgd --seed 3 --no-report".split(" ");

interface Kept extends Run {
  best: { epoch: number; monitor: string; value: number };
}

/** The best epoch by a history, from 1, the first of equal ones. */
function bestEpoch({ history }: Run, name = "val_accuracy"): number {
  return history[name]!.indexOf(Math.max(...history[name]!)) + 1;
}

async function accuracyOf(model: string): Promise<number> {
  const { code, stdout, stderr } = await anygrad(["evaluate", model, "--limit", "300", "--json", "--quiet"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return (JSON.parse(stdout) as { test: { accuracy: number } }).test.accuracy;
}

describe("train --keep-best", () => {
  it.each([
    ["the run's own weights", []],
    ["averaged weights", ["--ema", "0.9"]],
  ])("writes the model of the best epoch: %s", async (name, more) => {
    const out = join(folder, name.replaceAll(/\W/g, "-"));
    const run = (await finished(...training, ...more, "--keep-best", "--out", out)) as Kept;
    const epoch = bestEpoch(run);
    expect(epoch).toBeLessThan(30);
    const value = run.history.val_accuracy![epoch - 1]!;
    expect(run.best).toEqual({ epoch, monitor: "val_accuracy", value });
    expect(JSON.parse(readFileSync(join(out, "run.json"), "utf8")).best).toEqual(run.best);
    // judged on the test set, as nothing was held out
    expect(await accuracyOf(join(out, "best.safetensors"))).toBeCloseTo(value, 6);
    expect(await accuracyOf(join(out, "model.safetensors"))).toBeCloseTo(run.test!.accuracy, 6);
  });

  it("is the same after a kill, and gone with the next run", async () => {
    const [whole, killed] = [join(folder, "whole"), join(folder, "killed")];
    const args = [...training, "--validation-split", "0.3", "--keep-best"];
    await finished(...args, "--out", whole);
    await interrupted([...args, "--out", killed], "SIGKILL", 22);
    await finished(...args, "--out", killed);
    const bytes = (out: string): Buffer => readFileSync(join(out, "best.safetensors"));
    expect(bytes(killed).equals(bytes(whole))).toBe(true);
    await finished(...args.slice(0, -1), "--out", killed);
    expect(existsSync(join(killed, "best.safetensors"))).toBe(false);
  });

  it("says by what the epoch is chosen where nothing was held out", async () => {
    const args = "train softmax --limit 64 --epochs 2 --keep-best --no-report --out".split(" ");
    const { stderr } = await anygrad([...args, join(folder, "told")]);
    expect(stderr).toContain("--keep-best chooses the epoch by the test set");
    expect(stderr).toMatch(/^best[.]safetensors is the model after epoch [12], val_accuracy 0[.]\d{4}$/m);
  });

  it("is there for the best trial of tune", async () => {
    const out = join(folder, "tuned");
    const args = "tune softmax --limit 100 --epochs 3 --search learning-rate=0.01,0.1 --keep-best --quiet";
    expect((await anygrad([...args.split(" "), "--out", out])).code).toBe(0);
    expect(existsSync(join(out, "best", "best.safetensors"))).toBe(true);
  });
});
