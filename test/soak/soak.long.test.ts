/** A process that runs for months, in short; and that what leaks is found. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

/** Runs run.mjs. */
const soak = (...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const program = join(import.meta.dirname, "run.mjs");
    execFile(process.execPath, [program, "--short", ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });

it("a hundredth of a million steps and of all else leaves a process as it was", async () => {
  const { code, stdout, stderr } = await soak();
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^10000 steps, 100 fits, 100 loads, 1000 predictions, /);
  expect(stdout).not.toContain("GROWS");
  expect(stdout.split("\n")).toHaveLength(12); // what was done, the head, nine rows, and the end
  expect(code).toBe(0);
}, 200_000);

it("objects, files and wasm memory that are kept are found", async () => {
  const { code, stdout } = await soak("--only=leaking");
  expect(stdout.match(/^\w+(?=.* GROWS)/gm)).toEqual(["heap", "files", "wasm", "used"]);
  expect(code).toBe(1);
}, 200_000);

it("a kind of work that is not there is refused", async () => {
  const { code, stderr } = await soak("--only=steps,nothing");
  expect(code).toBe(2);
  expect(stderr).toMatch(/^test:soak: no kind of work is nothing; there are steps, /);
}, 60_000);
