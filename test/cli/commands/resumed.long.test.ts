/** `train --resume`: a run that Ctrl-C or a crash ended goes on, and ends as if nothing had happened. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../anygrad.ts";
import { comparable, finished, type Run, wholeAndStopped } from "../interruption.ts";
import { served } from "../served.ts";

const folder = temporaryFolder();
let wanted: Run;
const stopped = join(folder, "stopped");
beforeAll(async () => {
  wanted = await wholeAndStopped(join(folder, "whole"), stopped);
}, 60_000);

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
    const { code, stderr } = await served(["train", "--resume", out]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/holds no unfinished run/);
  });

  it.each<[string, string[], RegExp]>([
    ["another preset", ["mlp-64"], /^anygrad: --resume: the run in .* trains mlp-128-64, not mlp-64; leave/],
    [
      "another batch size",
      ["--batch-size", "8"],
      /--resume: .* settings it began with; leave --batch-size out/,
    ],
    ["another folder", ["--out", folder], /--resume: .* leave --out out/],
    ["too few epochs", ["--epochs", "2"], /--resume: the run is in epoch \d+ but epochs is 2; pass at least/],
  ])("refuses %s", async (_, args, message) => {
    const { code, stderr } = await served(["train", ...args, "--resume", stopped, "--quiet"]);
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
    const { code, stderr } = await served(["train", "--resume", out, "--quiet"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/damaged|not a whole safetensors file/);
  });
});
