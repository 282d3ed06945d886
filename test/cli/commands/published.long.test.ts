/** Training by the command line on MNIST and Fashion-MNIST themselves. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { anygrad } from "../anygrad.ts";

const published = process.env.ANYGRAD_DATA ?? "";
describe.skipIf(!existsSync(join(published, "fashion-mnist")))("published data (needs ANYGRAD_DATA)", () => {
  it("trains on Fashion-MNIST where ANYGRAD_DATA says it is", async () => {
    const { code, stderr } = await anygrad(
      ["train", "mlp-64", "--dataset", "fashion-mnist", "--epochs", "1", "--limit", "6000"],
      { env: { ANYGRAD_DATA: published } },
    );
    expect(code).toBe(0);
    expect(stderr).toContain(`found    ${join(published, "fashion-mnist")}`);
    expect(stderr).toMatch(/^ {2}Ankle boot +9 /m);
    expect(Number(/accuracy {2}(0\.\d+)/.exec(stderr)?.[1])).toBeGreaterThan(0.7);
  });

  it("reaches 0.93 on MNIST in one epoch on a sixth of it", async () => {
    const { stdout } = await anygrad([
      "train",
      "--dataset",
      "mnist",
      "--data",
      published,
      "--epochs",
      "1",
      "--limit",
      "10000",
      "--json",
      "--quiet",
    ]);
    expect(JSON.parse(stdout).test.accuracy).toBeGreaterThan(0.93);
  });
});
