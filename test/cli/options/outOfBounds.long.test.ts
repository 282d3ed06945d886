/** A learning rate that drives the numbers out of bounds, in the commands that train several times. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { anygrad, temporaryFolder } from "../anygrad.ts";
import { outOfBounds, small } from "./outOfBounds.ts";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));

describe("compare", () => {
  it("marks the run as failed and goes on with the others", async () => {
    const out = join(folder, "compare");
    const models = ["softmax", "mlp-64", "softmax:learning-rate=1e38"];
    const { code, stderr } = await anygrad(["compare", ...models, ...small, "--no-report", "--out", out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/anygrad: 1 of 3 runs failed; the first: fit: the .* with learning rate 1e\+38/);
    const { datasets, failed } = JSON.parse(readFileSync(join(out, "compare.json"), "utf8"));
    expect(datasets[0].models.map(({ model }: { model: string }) => model).sort()).toEqual([
      "mlp-64",
      "softmax",
    ]);
    expect(failed).toEqual([
      expect.objectContaining({
        model: "softmax learning-rate=1e38",
        reason: expect.stringMatching(/^fit: the /),
      }),
    ]);
  });

  it("says why there is nothing to compare where one run is left, or none", async () => {
    const one = await anygrad(["compare", "softmax", "softmax:learning-rate=1e38", ...small]);
    expect([one.code, one.stderr]).toEqual([
      1,
      expect.stringMatching(/softmax alone has ended, accuracy 0\.\d+/),
    ]);
    expect(one.stderr).toMatch(/1 of 2 runs failed; the first: fit: /);
    const none = await anygrad(["compare", "softmax", "mlp-64", ...outOfBounds]);
    expect([none.code, none.stderr]).toEqual([
      1,
      expect.stringMatching(/2 of 2 runs failed; the first: fit: /),
    ]);
  });
});

it("tune scores such a trial as failed", async () => {
  const args = ["tune", "softmax", ...small, "--search", "learning-rate=0.1,1e38", "--json"];
  const { code, stdout } = await anygrad(args);
  expect(code).toBe(0);
  const { trials, best } = JSON.parse(stdout);
  expect(trials).toMatchObject({ total: 2, complete: 1, failed: 1 });
  expect(best.options).toEqual({ "learning-rate": 0.1 });
});
