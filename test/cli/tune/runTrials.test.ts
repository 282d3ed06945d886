/** Which runs a sweep keeps on its way, and what it does with a best trial that ends in other bits here. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { ChildEnd } from "../../../cli/process/childRun.ts";
import type { RunPool, RunRequest } from "../../../cli/process/runPool.ts";
import { runTrials, type SweepWork, testBest } from "../../../cli/tune/runTrials.ts";
import { openSweepFolder, type SweepFolder } from "../../../cli/tune/sweepFolder.ts";
import { openOutputFolder } from "../../../runs/folder/outputFolder.ts";
import { simulatedPlan, simulatedPool } from "../../cluster/simulated.ts";
import { temporaryFolder } from "../anygrad.ts";

const plan = simulatedPlan("random", 12);
const simulated = simulatedPool({ jobs: 1, signal: new AbortController().signal, milliseconds: () => 0 });

function workOf(folder: SweepFolder, run: RunPool["run"]): SweepWork {
  return {
    plan,
    known: [
      { name: "learning-rate", parse: Number, argumentsFor: (value) => ["--learning-rate", String(value)] },
    ],
    folder,
    scores: ["val_accuracy", "val_loss"],
    runs: { run },
    local: { run },
    beginsAhead: false,
    loose: () => [],
    looseHere: () => [],
    watcher: { onStart() {}, onEpoch() {}, onResult() {}, onEnd() {} },
    died: [],
  };
}

it("of the runs that are over, the best so far stays alone", async () => {
  const output = await openOutputFolder(join(temporaryFolder(), "sweep"));
  const folder = await openSweepFolder(output, plan);
  const kept = (): number[] =>
    Array.from({ length: plan.trials }, (_, i) => i + 1).filter((trial) => existsSync(folder.runOf(trial)));
  const asked: { request: RunRequest; resolve: (end: ChildEnd) => void }[] = [];
  const whole = runTrials(
    workOf(folder, (request) => new Promise((resolve) => asked.push({ request, resolve }))),
  );
  await expect.poll(() => asked.length, { timeout: 30_000 }).toBe(plan.trials);
  const ends = await Promise.all(
    asked.map(async (one) => {
      mkdirSync(one.request.out, { recursive: true });
      const end = await simulated.run(one.request.args);
      const score = end.kind === "paused" ? Number(end.record.history.val_accuracy!.at(-1)) : -1;
      return { ...one, end, score, trial: Number.parseInt(one.request.name, 10) };
    }),
  );
  expect(ends.some(({ score }) => score < 0)).toBe(true);
  // the worst first, so that each takes the place of the one before; and of two the better before the worse
  const order = ends.toSorted((a, b) => a.score - b.score);
  [order[6], order[7]] = [order[7]!, order[6]!];
  let best = -1;
  for (const [i, { end, score, trial, resolve }] of order.entries()) {
    resolve(end);
    best = Math.max(best, score);
    const waiting = order.slice(i + 1).map((one) => one.trial);
    const wanted = best < 0 ? waiting : [...waiting, best === score ? trial : order[i - 1]!.trial];
    await expect.poll(kept, { timeout: 30_000 }).toEqual(wanted.toSorted((a, b) => a - b));
  }
  expect(await whole).toBe(true);
  await output.close();
});

it("a best trial whose digest is another here is told, with what to remove", async () => {
  const output = await openOutputFolder(join(temporaryFolder(), "sweep"));
  const folder = await openSweepFolder(output, plan);
  const [trained, here] = ["a", "b"].map((letter) => letter.repeat(64)) as [string, string];
  const end = async (): Promise<ChildEnd> => {
    const paused = await simulated.run(["--learning-rate", "0.1", "--stop-after", "9"]);
    if (paused.kind !== "paused") throw new Error(paused.kind);
    return { kind: "done", record: { ...paused.record, digest: here, test: { loss: 1, accuracy: 0.5 } } };
  };
  const best = {
    trial: 3,
    status: "complete",
    options: { "learning-rate": 0.1 },
    epochs: 9,
    history: {},
  } as const;
  const told = await testBest(workOf(folder, end), { ...best, seconds: 1, digest: trained });
  expect(told).toEqual({
    kind: "failed",
    reason:
      "here it ends with digest bbbbbbbbbbbb, and where it was trained with aaaaaaaaaaaa; remove its line from trials.jsonl and the machine that gave it",
  });
  expect(await testBest(workOf(folder, end), { ...best, seconds: 1, digest: here })).toEqual({
    kind: "done",
    test: { loss: 1, accuracy: 0.5 },
  });
  await output.close();
});
