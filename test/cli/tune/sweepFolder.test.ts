/** What a sweep's folder keeps of its best run. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { SweepPlan } from "../../../cli/tune/plan.ts";
import { openSweepFolder } from "../../../cli/tune/sweepFolder.ts";
import { openOutputFolder } from "../../../runs/outputFolder.ts";
import { temporaryFolder } from "../anygrad.ts";

it("the best run has no lock of a process that died before it took it away", async () => {
  const folder = await openOutputFolder(join(temporaryFolder(), "sweep"));
  const sweep = await openSweepFolder(folder, {} as SweepPlan);
  const run = sweep.runOf(3);
  mkdirSync(run, { recursive: true });
  for (const name of ["run.json", ".anygrad.lock", ".anygrad.lock.dead"])
    writeFileSync(join(run, name), "{}");
  const best = await sweep.keepAsBest(3);
  expect(best).toBe(join(folder.path, "best"));
  expect(readdirSync(best)).toEqual(["run.json"]);
  // a sweep that was killed behind the new name, and goes on
  writeFileSync(join(best, ".anygrad.lock"), "{}");
  writeFileSync(join(best, "report.html.4194304-0badf00d-0000-4000-8000-0badf00d0000.partial"), ""); // of a number that no process has
  await sweep.keepAsBest(3);
  expect(readdirSync(best)).toEqual(["run.json"]);
  await folder.close();
});
