/** Files of others in the folder of --out, and names that a terminal would obey: nothing of them is lost, or obeyed. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { anygrad, temporaryFolder } from "./anygrad.ts";
import { served } from "./served.ts";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));
const short = ["--limit", "30", "--epochs", "1"];

function folderWith(name: string): string {
  const path = join(folder, name.replaceAll(/[./]/g, "-"));
  mkdirSync(dirname(join(path, name)), { recursive: true });
  writeFileSync(join(path, name), "mine");
  return path;
}

it.each([
  ["train", "history.csv", ["train", "softmax"], "--overwrite to replace it"],
  ["train", "report.html", ["train", "softmax"], "--overwrite to replace it"],
  ["train", "model.safetensors", ["train", "softmax", "--no-report"], "--overwrite to replace it"],
  ["train", "figures/accuracy.png", ["train", "softmax"], "--overwrite to replace it"],
  ["compare", "figures/digits-accuracy.svg", ["compare", "softmax", "mlp-64"], "move it away"],
  ["tune", "trials.jsonl", ["tune", "softmax", "--search", "seed=1,2"], "move it away"],
  ["tune", "report.html", ["tune", "softmax", "--search", "seed=1,2"], "move it away"],
  ["compare", "report.html", ["compare", "softmax", "mlp-64"], "move it away"],
])("%s leaves a %s of somebody else's as it is", async (_, name, args, advice) => {
  const out = folderWith(name);
  const { code, stdout, stderr } = await served([...args, ...short, "--out", out]);
  expect(stderr).toMatch(new RegExp(`holds ${name}, which is of no (run|sweep|comparison) there.*${advice}`));
  expect([code, stdout]).toEqual([2, ""]);
  expect(readdirSync(out)).toEqual([name.split("/")[0]]);
  expect(readFileSync(join(out, name), "utf8")).toBe("mine");
});

it("is written over where that is asked for, and beside files of other names without a word", async () => {
  const out = folderWith("steps.csv");
  writeFileSync(join(out, "notes.txt"), "mine, too");
  const args = ["train", "softmax", ...short, "--no-report", "--quiet", "--out", out];
  expect((await anygrad([...args, "--overwrite"])).code).toBe(0);
  expect(readFileSync(join(out, "steps.csv"), "utf8")).toMatch(/^step,epoch/);
  expect((await anygrad(args)).code).toBe(0); // now it is a run's
  expect(readFileSync(join(out, "notes.txt"), "utf8")).toBe("mine, too");
});

it.skipIf(process.platform === "win32")("colours and bells in a path are shown as text", async () => {
  const out = join(folder, "a\u0007\u001b[31mred");
  const { code, stderr } = await anygrad(["train", "softmax", ...short, "--no-report", "--out", out]);
  expect(code).toBe(0);
  expect(stderr).toContain("a\\x07\\x1b[31mred");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be there
  expect(stderr).not.toMatch(/[\u0007\u001b]/);
});
