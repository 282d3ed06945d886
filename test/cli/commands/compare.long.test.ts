/** `anygrad compare`: alone, interrupted, a second time: the same weights, and nothing is trained twice; a run that fails. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { anygrad, type Ended, temporaryFolder } from "../anygrad.ts";
import { type Comparison, candidates, common, compared, key } from "../comparison.ts";

const folder = temporaryFolder();
const out = join(folder, "first");
const textOf = (...path: string[]): string => readFileSync(join(...path), "utf8");

let first: Comparison;
beforeAll(async () => {
  first = await compared([...candidates, ...common, "--jobs", "3", "--no-report", "--out", out]);
}, 180_000);

describe("compare --out", () => {
  it("trains nothing twice: a second time it keeps the runs, and adds a model that is new", async () => {
    const model = join(out, "runs", "softmax-digits", "model.safetensors");
    const before = statSync(model).mtimeMs;
    const models = [...candidates, "mlp-64-64"];
    const again = await anygrad(["compare", ...models, ...common, "--no-report", "--out", out, "--json"]);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain("3 of 4 runs are there already and kept\n");
    expect(again.stderr).toMatch(/ 4\/4 {2}mlp-64-64 on digits +0\.\d{4}/);
    expect(statSync(model).mtimeMs).toBe(before);
    const record = JSON.parse(again.stdout) as Comparison;
    expect(record.datasets[0]!.models).toHaveLength(4);
    for (const line of again.stderr.split("\n").filter((text) => !text.includes(out)))
      expect(Array.from(line).length, line).toBeLessThanOrEqual(80);
  }, 180_000);
});

describe("compare --fair", () => {
  it("reaches the same weights one after another, writes nothing without --out, and lets times compare", async () => {
    const record = await compared([...candidates, ...common, "--fair"]);
    expect(key(record)).toEqual(key(first));
    expect(record.datasets[0]!.timing.comparable).toBe(true);
    expect(record.datasets[0]!.models.map((model) => model.folder)).toEqual([null, null, null]);
  });
});

describe("a comparison that does not go well", () => {
  it("goes on where Ctrl-C stopped it, to the same weights", async () => {
    const long = [
      "softmax",
      "mlp-64",
      "--limit",
      "400",
      "--epochs",
      "60",
      "--seed",
      "4",
      "--jobs",
      "1",
      "--no-report",
    ];
    const broken = join(folder, "broken");
    let signalled = false; // a second Ctrl-C ends the process at once
    const stopped: Ended = await anygrad(["compare", ...long, "--out", broken], {
      onError: (text, kill) => {
        if (!signalled && text.includes("1/2")) kill("SIGINT");
        signalled ||= text.includes("1/2");
      },
    });
    expect(stopped.stderr).toMatch(/anygrad: stopped; the same command goes on with what is missing\n$/);
    expect(stopped.code).toBe(130);
    expect(existsSync(join(broken, "report.html"))).toBe(false);
    expect(existsSync(join(broken, "runs", "mlp-64-digits", "run.json"))).toBe(false);
    const [resumed, whole] = [await compared([...long, "--out", broken]), await compared(long)];
    expect(key(resumed)).toEqual(key(whole));
  }, 180_000);

  it("tells of a run that failed and reports the others, with exit code 1", async () => {
    const failing = join(folder, "failing");
    const models = ["softmax", "mlp-64", "mlp-512:memory-limit=1"];
    const ended = await anygrad(["compare", ...models, ...common, "--out", failing, "--json"]);
    expect(ended.code).toBe(1);
    const record = JSON.parse(ended.stdout) as Comparison;
    expect(record.failed).toHaveLength(1);
    expect(record.failed[0]).toMatchObject({ model: "mlp-512", dataset: "digits" });
    expect(record.failed[0]!.reason).toMatch(/MiB/);
    expect(record.datasets[0]!.models.map(({ model }) => model).sort()).toEqual(["mlp-64", "softmax"]);
    expect(ended.stderr).toMatch(/mlp-512 on digits +failed: /);
    expect(ended.stderr.trimEnd().split("\n").at(-1)).toMatch(/^anygrad: 1 of 3 runs failed; the first: /);
    expect(textOf(failing, "report.html")).toContain("Runs that failed");
  }, 180_000);
});
