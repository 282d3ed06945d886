/** `train --resume`: a run that Ctrl-C or a crash ended goes on, and ends as if nothing had happened. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { unseal } from "../../../runs/checkpoints/seal.ts";
import { anygrad, temporaryFolder } from "../anygrad.ts";
import { checkpointsOf, comparable, finished, quiet, type Run, wholeAndStopped } from "../interruption.ts";
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
    expect(checkpointsOf(stopped).length).toBeGreaterThan(1);
  });

  it("takes the checkpoint before one that is damaged, names it, and ends with the same digest", async () => {
    const names = checkpointsOf(stopped);
    const newest = names.at(-1)!;
    const bytes = readFileSync(join(stopped, newest));
    for (const [at, mask] of [
      [3, 1],
      [700, 16],
      [bytes.length - 5000, 128],
    ] as const) {
      const out = join(folder, `flipped-${at}`);
      cpSync(stopped, out, { recursive: true });
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped[at]! ^ mask, at);
      writeFileSync(join(out, newest), flipped);
      const { code, stdout, stderr } = await anygrad(["train", "--resume", out, ...quiet]);
      expect(code).toBe(0);
      expect(stderr).toMatch(new RegExp(`${newest}: damaged, .*; the run goes on after epoch \\d+\n$`));
      expect((JSON.parse(stdout) as Run).digest).toBe(wanted.digest);
    }
    const out = join(folder, "all-damaged");
    cpSync(stopped, out, { recursive: true });
    for (const name of names) writeFileSync(join(out, name), "cut");
    const { code, stderr } = await served(["train", "--resume", out, "--quiet"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/all \d checkpoints are damaged; .*; bring it back, or train anew\n$/);
  });

  it("reads the two files of earlier versions on, and refuses those of two runs", async () => {
    const parts = "train mlp-64 --limit 100 --epochs 3 --no-report".split(" ");
    const former = async (name: string, ...more: string[]): Promise<string> => {
      const from = join(folder, `${name}-now`);
      await finished(...parts, ...more, "--stop-after", "1", "--out", from);
      const [file] = checkpointsOf(from);
      const bytes = readFileSync(join(from, file!));
      const out = join(folder, name);
      mkdirSync(out);
      writeFileSync(join(out, "checkpoint.safetensors"), bytes); // a seal more does no harm
      const { preset, options, network } = unseal(bytes, file!)!;
      writeFileSync(join(out, "checkpoint.json"), JSON.stringify({ preset, options, network }));
      return out;
    };
    const [a, b] = [await former("former-a"), await former("former-b", "--learning-rate", "0.02")];
    const mixed = join(folder, "mixed");
    cpSync(a, mixed, { recursive: true });
    cpSync(join(b, "checkpoint.safetensors"), join(mixed, "checkpoint.safetensors"));
    const refused = await served(["train", "--resume", mixed, "--quiet"]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /checkpoint.safetensors is not of the run whose settings checkpoint.json tells/,
    );
    expect((await finished("train", "--resume", a)).digest).toBe((await finished(...parts)).digest);
    expect(readdirSync(a)).not.toContain("checkpoint.json");
  });

  it("goes on by the same command, and refuses other settings unless they may take its place", async () => {
    const parts = "train mlp-64 --limit 100 --no-report".split(" ");
    const out = join(folder, "whose");
    await finished(...parts, "--epochs", "3", "--stop-after", "1", "--out", out);
    const refused = await served([...parts, "--epochs", "4", "--out", out, "--quiet"]);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(
      /holds an unfinished run of other settings: its epochs is 3, not 4; anygrad train --resume .* --overwrite to replace it\n$/,
    );
    expect(checkpointsOf(out)).toEqual(["checkpoint-0001.safetensors"]);
    const whole = await finished(...parts, "--epochs", "3");
    expect((await finished(...parts, "--epochs", "3", "--out", out)).digest).toBe(whole.digest);
    const over = await served([...parts, "--epochs", "3", "--seed", "2", "--out", out, "--quiet"]);
    expect(over.stderr).toMatch(/holds a run of other settings: its seed is 1, not 2; pass another folder/);
    const other = await finished(...parts, "--epochs", "3", "--seed", "2", "--out", out, "--overwrite");
    expect(other.digest).not.toBe(whole.digest);
    const run = JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as { seed: number; digest: string };
    expect(run).toMatchObject({ seed: 2, digest: other.digest });
  });

  it.each([
    "train mlp-64 --out",
    "train --resume",
    "compare mlp-64 mlp-128-64 --out",
    "tune --search seed=1,2 --out",
  ])("%s with an empty name is refused", async (command) => {
    const { code, stderr } = await served([...command.split(" "), "", "--quiet"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^anygrad: --(out|resume) is ""; pass the path of a folder/);
  });
});
