/** What a sweep's folder keeps of its trials, and of its best run. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { SweepPlan } from "../../../cli/tune/plan.ts";
import { openSweepFolder } from "../../../cli/tune/sweepFolder.ts";
import type { Trial } from "../../../report/sweep/trial.ts";
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

it("many trials are written in their order, once for all that end meanwhile, before they count as recorded", async () => {
  const output = await openOutputFolder(join(temporaryFolder(), "sweep"));
  let writes = 0;
  const counted = {
    ...output,
    write: (...given: Parameters<typeof output.write>) => {
      writes++;
      return output.write(...given);
    },
  };
  const sweep = await openSweepFolder(counted, {} as SweepPlan);
  const numbers = Array.from({ length: 700 }, (_, i) => ((i * 313) % 700) + 1);
  const kept = (): number[] =>
    readFileSync(join(output.path, "trials.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as Trial).trial);
  await Promise.all(numbers.map((trial) => sweep.record({ trial } as Trial)));
  expect(kept()).toEqual(numbers.toSorted((a, b) => a - b));
  expect(writes).toBeLessThan(5);
  for (const trial of [702, 701]) {
    await sweep.record({ trial } as Trial);
    expect(kept()).toContain(trial);
  }
  expect(kept().slice(-3)).toEqual([700, 701, 702]);
  await output.close();
});
