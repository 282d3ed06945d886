/** Model files of a user, and what is said of those that are refused. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { type Ended, temporaryFolder } from "../anygrad.ts";
import { served } from "../served.ts";

/** A folder of each test file's own. */
export const folder: string = temporaryFolder();
/** Writes a file into the folder. @returns its path */
export const file = (name: string, text: string): string => {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
};

/** A network of one hidden layer, and a word on stdout. */
export const mine: string = file(
  "mine.mjs",
  `import { layers, sequential } from "anygrad";
console.log("said by the module");
export default ({ inputShape, classes, seed, units = 16 }) => sequential([
  layers.flatten(), layers.dense({ units, activation: "relu" }),
  layers.dense({ units: classes, activation: "softmax" })], { inputShape, seed });
`,
);

/** The line that a command is refused with. @param by `anygrad` where a file has changed: a process imports one once */
export async function refusal(
  args: readonly string[],
  by: (args: readonly string[]) => Promise<Ended> = served,
): Promise<string> {
  const { code, stdout, stderr } = await by(args);
  const lines = stderr.split("\n").filter((line) => line !== "" && line !== "said by the module");
  expect([code, stdout, lines.length], stderr).toEqual([2, "", 1]);
  expect(stderr.length).toBeLessThan(560);
  return lines[0]!.replace("anygrad: ", "");
}
