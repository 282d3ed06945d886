/** `compare` and `tune` whose runs, or who themselves, die, or find a full disk or half of a file: the same command gets well again. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { unseal } from "../../../runs/checkpoints/seal.ts";
import { anygrad, copyPackage } from "../../crash/commands.mjs";
import { type Ended, temporaryFolder } from "../anygrad.ts";
import type { Comparison } from "../comparison.ts";
import { trialsOf } from "../sweep.ts";

const folder = temporaryFolder();
copyPackage(join(folder, "package")); // without pictures, which take most of the time
const small = "--limit 100 --epochs 2 --jobs 2 --no-report --json --quiet --out".split(" ");
const killed = "the process was killed, as systems do that run out of memory";
/** A run dies in its second epoch whenever it is started. */
const forGood = { mode: "die", at: "checkpoint-0002", who: "child" } as const;

describe("compare", () => {
  const args = ["compare", "mlp-64", "mlp-64:seed=2", ...small];
  const [first, second] = ["runs/mlp-64-digits", "runs/mlp-64_seed=2-digits"];
  const digests = ({ stdout }: Ended): [string, string][] =>
    (JSON.parse(stdout) as Comparison).datasets[0]!.models.map(({ model, digest }) => [model, digest]);
  const [whole, half] = [join(folder, "compared"), join(folder, "half-compared")];
  let wanted: [string, string][];
  beforeAll(async () => {
    wanted = digests(await anygrad([...args, whole]));
    expect(wanted).toHaveLength(2);
    const ended = await anygrad([...args, half], { fault: { ...forGood, folder: join(half, second) } });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toBe(
      `anygrad: 1 of 2 runs failed; the first: ${killed}; the same command goes on with what has died\n`,
    );
  }, 120_000);
  const copyOf = (from: string, name: string): string => {
    const out = join(folder, name);
    cpSync(from, out, { recursive: true });
    return out;
  };
  const getsWell = async (out: string): Promise<void> => {
    const ended = await anygrad([...args, out]);
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: "" });
    expect(digests(ended)).toEqual(wanted);
    for (const run of [first, second]) expect(existsSync(join(out, run, "run.json")), run).toBe(true);
  };

  it("goes on with a run that has died, and keeps the one that has not", async () => {
    const out = copyOf(half, "died");
    expect(readdirSync(join(out, second)).filter((name) => name.startsWith("checkpoint-"))).toHaveLength(1);
    const before = readFileSync(join(out, first, "run.json"), "utf8");
    await getsWell(out);
    expect(readFileSync(join(out, first, "run.json"), "utf8")).toBe(before);
  });

  it.each([0, 40])("trains again where conditions.json ends after %i bytes", async (bytes) => {
    const out = copyOf(half, `cut-${bytes}`);
    const path = join(out, second, "conditions.json");
    const text = readFileSync(path);
    expect(text.length).toBeGreaterThan(150);
    writeFileSync(path, text.subarray(0, bytes));
    await getsWell(out);
  });

  it("trains again where the settings of an earlier version's checkpoint stand alone", async () => {
    const out = copyOf(half, "alone");
    const [name] = readdirSync(join(out, second)).filter((each) => each.startsWith("checkpoint-"));
    const path = join(out, second, name!);
    const { preset, options, network } = unseal(readFileSync(path), path)!;
    rmSync(path);
    writeFileSync(join(out, second, "checkpoint.json"), JSON.stringify({ preset, options, network }));
    await getsWell(out);
  });

  it("and where a finished run's file is damaged or gone", async () => {
    const out = copyOf(whole, "damaged");
    writeFileSync(join(out, first, "history.csv"), "epoch,lo");
    rmSync(join(out, second, "predictions.csv"));
    await getsWell(out);
  });

  it("takes the lock away of a run that ended before it did so itself", async () => {
    const out = copyOf(whole, "locked");
    writeFileSync(join(out, first, ".anygrad.lock"), "{}");
    await getsWell(out);
    expect(existsSync(join(out, first, ".anygrad.lock"))).toBe(false);
  });

  it("starts a run again that has died once, and says nothing of it", async () => {
    const out = join(folder, "once");
    const fault = { ...forGood, folder: join(out, "runs"), flag: `${out}.flag` };
    const ended = await anygrad([...args, out], { fault });
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: "" });
    expect(existsSync(fault.flag)).toBe(true);
    expect(digests(ended)).toEqual(wanted);
  });

  it("tells of a full disk as it is, with exit code 1, and goes on when there is room", async () => {
    const out = join(folder, "full");
    const ended = await anygrad([...args, out], {
      fault: { folder: join(out, second), mode: "full", at: "run.json", who: "child" },
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(
      /1 of 2 runs failed; the first: .*run.json: cannot be written \(ENOSPC: the disk is full\); free space on it; .*; the same command goes on with what has died\n$/,
    );
    await getsWell(out);
  });
});

describe("tune", () => {
  const args = ["tune", "mlp-64", "--search", "learning-rate=0.01,0.1,1", "--method", "grid", ...small];
  const best = ({ stdout }: Ended): unknown => {
    const { best, test, trials } = JSON.parse(stdout) as Record<
      "best" | "test" | "trials",
      { digest: string }
    >;
    return { digest: best.digest, test, trials };
  };
  let wanted: unknown;
  beforeAll(async () => {
    wanted = best(await anygrad([...args, join(folder, "tuned")]));
  }, 120_000);

  it("does not count a trial as failed that dies four times, exits with 1, and goes on with it", async () => {
    const out = join(folder, "trial-died");
    const fault = { ...forGood, folder: join(out, "trials/0002") };
    const ended = await anygrad([...args, out], { fault });
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toBe(
      `anygrad: 1 of 3 trials died, each four times; the first, trial 2: ${killed}; the same command goes on with what is missing\n`,
    );
    expect(trialsOf(out).map(({ trial, status }) => [trial, status])).toEqual([
      [1, "complete"],
      [3, "complete"],
    ]);
    expect(readdirSync(join(out, "trials/0002"))).toContain("checkpoint-0001.safetensors");
    const again = await anygrad([...args, out]);
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: "" });
    expect(best(again)).toEqual(wanted);
  });

  it("starts a trial again that has died once", async () => {
    const out = join(folder, "trial-once");
    const fault = { ...forGood, folder: join(out, "trials"), flag: `${out}.flag` };
    const ended = await anygrad([...args, out], { fault });
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: "" });
    expect(existsSync(fault.flag)).toBe(true);
    expect(best(ended)).toEqual(wanted);
  });

  it("tells of a full disk as it is, with exit code 1", async () => {
    const out = join(folder, "trial-full");
    const fault = { folder: join(out, "trials/0002"), mode: "full", at: "/0002", who: "child" } as const;
    const ended = await anygrad([...args, out], { fault });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/1 of 3 trials died, .* trial 2: .*ENOSPC: the disk is full/);
    const again = await anygrad([...args, out]);
    expect(best(again)).toEqual(wanted);
  });

  it("counts as failed what its own settings cause, once, with exit code 0 where others are left", async () => {
    const out = join(folder, "trial-failed");
    const search = args.map((arg) => arg.replace("0.01,0.1,1", "0.01,1e30"));
    const { code, stderr } = await anygrad([...search, out]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(trialsOf(out).map(({ status }) => status)).toEqual(["complete", "failed"]);
    expect(trialsOf(out)[1]!.failure!.reason).toMatch(/the loss became/);
    const none = args.map((arg) => arg.replace("0.01,0.1,1", "1e29,1e30"));
    const all = await anygrad([...none, join(folder, "all-failed")]);
    expect(all.code).toBe(1);
    expect(all.stderr).toMatch(/^anygrad: 2 of 2 runs failed; the first: .*the loss became/);
  });
});
