/** What a sweep's folder keeps of its trials, and of its best run. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { SweepPlan } from "../../../cli/tune/plan.ts";
import { openSweepFolder } from "../../../cli/tune/sweepFolder.ts";
import type { Trial } from "../../../report/sweep/trial.ts";
import { openOutputFolder } from "../../../runs/folder/outputFolder.ts";
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

const linesIn = (folder: string): string[] =>
  readFileSync(join(folder, "trials.jsonl"), "utf8").trimEnd().split("\n");
const numbersIn = (folder: string): number[] =>
  linesIn(folder).map((line) => (JSON.parse(line) as Trial).trial);

it("a trial's line is there before it counts as recorded; in order they are where the sweep is over, or opened again", async () => {
  const output = await openOutputFolder(join(temporaryFolder(), "sweep"));
  const sweep = await openSweepFolder(output, {} as SweepPlan);
  const numbers = Array.from({ length: 300 }, (_, i) => ((i * 313) % 300) + 1);
  await Promise.all(
    numbers.map(async (trial) => {
      await sweep.record({ trial } as Trial);
      expect(numbersIn(output.path)).toContain(trial);
    }),
  );
  expect(numbersIn(output.path)).toEqual(numbers);
  const inOrder = numbers.toSorted((a, b) => a - b);
  await openSweepFolder(output, {} as SweepPlan);
  expect(numbersIn(output.path)).toEqual(inOrder);
  await sweep.record({ trial: 302 } as Trial);
  await sweep.record({ trial: 301 } as Trial);
  await sweep.record({ trial: 7, epochs: 9 } as Trial); // promoted: another result of the same trial
  expect(linesIn(output.path)).toHaveLength(303);
  await sweep.finish();
  expect(numbersIn(output.path)).toEqual([...inOrder, 301, 302]);
  expect(JSON.parse(linesIn(output.path)[6]!)).toEqual({ trial: 7, epochs: 9 });
  await output.close();
});

it("what a kill has cut off in the middle of a line is left out", async () => {
  const output = await openOutputFolder(join(temporaryFolder(), "sweep"));
  const first = await openSweepFolder(output, {} as SweepPlan);
  await first.record({ trial: 2 } as Trial);
  appendFileSync(join(output.path, "trials.jsonl"), '{"trial":1,"sta');
  const second = await openSweepFolder(output, {} as SweepPlan);
  expect([...second.trials.keys()]).toEqual([2]);
  await second.record({ trial: 1 } as Trial);
  expect(linesIn(output.path)).toEqual(['{"trial":2}', '{"trial":1}']);
  await output.close();
});

it.skipIf(!existsSync("/dev/full"))("a disk that is full ends in its line", async () => {
  const output = await openOutputFolder(join(temporaryFolder(), "sweep"));
  const sweep = await openSweepFolder(output, {} as SweepPlan);
  rmSync(join(output.path, "trials.jsonl"));
  symlinkSync("/dev/full", join(output.path, "trials.jsonl"));
  await expect(sweep.record({ trial: 1 } as Trial)).rejects.toMatchObject({
    code: "OUTPUT",
    message: expect.stringMatching(
      /trials\.jsonl: cannot be written \(ENOSPC: the disk is full\); free space on it/,
    ),
  });
  await output.close();
});
