/** A learning rate that drives the numbers out of bounds, through every command: an error in words, and nothing that is broken is kept. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { seal, unseal } from "../../../runs/checkpoints/seal.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../src/io/safetensors/format.ts";
import { long } from "../../long.ts";
import { anygrad, temporaryFolder } from "../anygrad.ts";
import { served } from "../served.ts";
import { outOfBounds, small } from "./outOfBounds.ts";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));
const inWords =
  /^anygrad: fit: the (loss|validation loss|weights).* at step 1 of epoch 1 with learning rate 1e\+38; try a lower/m;

describe("train", () => {
  it.each(["softmax", "mlp-64", "cnn-32-32"])(
    "%s ends with exit code 2, and leaves no folder",
    async (preset) => {
      const out = join(folder, preset);
      const { code, stdout, stderr } = await served(["train", preset, ...outOfBounds, "--out", out]);
      expect(stderr).toMatch(inWords);
      expect(stderr).not.toMatch(/TypeError|a fault of anygrad/);
      expect([code, stdout]).toEqual([2, ""]);
      expect(existsSync(out)).toBe(false);
    },
  );

  it("names the last good checkpoint, and leaves it as it was", async () => {
    const out = join(folder, "checkpoint");
    const schedule = [
      "--limit",
      "64",
      "--epochs",
      "4",
      "--threads",
      "1",
      "--no-report",
      "--learning-rate",
      "0.1",
    ];
    expect((await anygrad(["train", "softmax", ...schedule, "--stop-after", "1", "--out", out])).code).toBe(
      0,
    );
    const files = ["checkpoint-0001.safetensors"];
    expect(readdirSync(out).sort()).toEqual(files);
    // the rate that a callback had set: the run goes on with it
    const state = join(out, files[0]!);
    const file = decodeSafetensors(readFileSync(state));
    const { checkpoint: _, ...metadata } = file.metadata;
    const run = JSON.stringify({ ...JSON.parse(metadata.run!), learningRate: 1e39 });
    const { sha256: __, ...record } = unseal(readFileSync(state), state)!;
    const bytes = seal(encodeSafetensors({ ...file, metadata: { ...metadata, run } }), record);
    writeFileSync(state, bytes);
    const { code, stderr } = await served(["train", "--resume", out]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/ at step \d of epoch 2 with learning rate 1e\+39; /);
    expect(stderr).toContain(`the last good state is ${state}, after epoch 1`);
    expect(readdirSync(out).sort()).toEqual(files);
    expect(Buffer.compare(readFileSync(state), bytes)).toBe(0);
  });
});

describe("a folder that an older version filled from such a run", () => {
  long("is told as that by report, evaluate and compare --runs", async () => {
    const good = join(folder, "good");
    await anygrad(["train", "softmax", ...small, "--no-report", "--out", good]);
    await anygrad(["train", "mlp-64", ...small, "--no-report", "--out", join(folder, "other")]);
    const old = join(folder, "old");
    cpSync(good, old, { recursive: true });
    const run = JSON.parse(readFileSync(join(old, "run.json"), "utf8"));
    writeFileSync(join(old, "run.json"), JSON.stringify({ ...run, test: { ...run.test, loss: Number.NaN } }));
    const words = `${join(old, "run.json")}: test.loss is NaN or infinite: the run's numbers went out of bounds`;
    for (const args of [
      ["report", old],
      ["evaluate", old],
    ]) {
      const { code, stderr } = await served(args);
      expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
    }
    const { code, stdout } = await anygrad(["compare", "--runs", good, old, join(folder, "other"), "--json"]);
    expect(code).toBe(1);
    const { datasets, failed } = JSON.parse(stdout);
    expect(datasets[0].models).toHaveLength(2);
    expect(failed).toEqual([{ model: "old", dataset: "", reason: expect.stringContaining(words) }]);
  });
});
