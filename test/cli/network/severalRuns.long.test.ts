/** Networks of the user's own in the commands that train several times, and in runs that go on. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { anygrad } from "../anygrad.ts";
import { file, folder, mine, refusal } from "./modules.ts";

describe("compare, tune and bench", () => {
  it("compare takes files as it takes presets, and notices a file that has changed", async () => {
    const path = file("compared.mjs", readFileSync(mine, "utf8"));
    const both = join(folder, "both");
    const args = [
      "compare",
      "softmax",
      `${path}:set.units=8,seed=1`,
      path,
      "--limit",
      "60",
      "--epochs",
      "1",
      "--no-report",
      "--out",
      both,
    ];
    const { code, stdout, stderr } = await anygrad([...args, "--json", "--quiet"]);
    expect([code, stderr.replaceAll("said by the module\n", "")]).toEqual([0, ""]);
    const { models } = JSON.parse(stdout).datasets[0];
    const alone = await anygrad([
      "train",
      path,
      "--set",
      "units=8",
      "--limit",
      "60",
      "--epochs",
      "1",
      "--quiet",
      "--json",
    ]);
    const digests = Object.fromEntries(
      models.map((one: { parameters: number; digest: string }) => [one.parameters, one.digest]),
    );
    expect(Object.keys(digests)).toEqual(["6370", "7850", "12730"]);
    expect(digests[6370]).toBe(JSON.parse(alone.stdout).digest);
    writeFileSync(path, `${readFileSync(path, "utf8")}// changed`);
    expect(await refusal([...args, "--quiet"], anygrad)).toMatch(
      /holds a run of .* as it was before it was changed/,
    );
    writeFileSync(path, "export default () => 3");
    expect(await refusal([...args, "--quiet"], anygrad)).toMatch(/it gives a number|does not read units/);
  });

  it("tune searches the options of the function", async () => {
    const args = ["tune", mine, "--method", "grid", "--limit", "60", "--epochs", "1", "--quiet"];
    const { code, stdout } = await anygrad([...args, "--search", "set.units=4,8", "--json"]);
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ searched: { "set.units": "4, 8" }, trials: { complete: 2 } });
    expect(result.bestCommand).toMatch(/^anygrad train \S*mine\.mjs .*--set units=[48]/);
    expect(await refusal([...args, "--search", "set.unit=4,8"])).toMatch(/did you mean units\?/);
    expect(await refusal([...args, "--search", "set=4,8"])).toMatch(/one by one: set\.units=32,64/);
  });

  it("bench measures its steps", async () => {
    const { code, stdout } = await anygrad([
      "bench",
      "--model",
      mine,
      "--quick",
      "--milliseconds",
      "1",
      "--threads",
      "1",
      "--json",
    ]);
    expect(code).toBe(0);
    const { rows } = JSON.parse(stdout);
    expect(
      new Set(rows.map(({ group, section }: { group: string; section: string }) => `${group} ${section}`)),
    ).toEqual(new Set(["mine.mjs steps", "mine.mjs inference"]));
  });
});

it("a run goes on and is reported without the file", async () => {
  const path = file("gone.mjs", readFileSync(mine, "utf8"));
  const paused = join(folder, "paused");
  const args = ["train", path, "--limit", "60", "--epochs", "2", "--no-report", "--quiet"];
  await anygrad([...args, "--stop-after", "1", "--out", paused]);
  const whole = await anygrad([...args, "--json"]);
  renameSync(path, `${path}.txt`);
  const resumed = await anygrad(["train", "--resume", paused, "--json", "--quiet"]);
  expect(resumed.stderr).toBe("");
  expect(JSON.parse(resumed.stdout).digest).toBe(JSON.parse(whole.stdout).digest);
  expect((await anygrad(["report", paused, "--quiet"])).code).toBe(0);
  expect(JSON.parse(readFileSync(join(paused, "run.json"), "utf8")).network.sha256).toMatch(/^[0-9a-f]{64}$/);
});
