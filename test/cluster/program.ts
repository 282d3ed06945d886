/**
 * The parts of a sweep over a queue as processes that train nothing: `worker URL JOBS MS` and `coordinator URL FOLDER METHOD TRIALS`.
 * measure.mjs and kills.mjs bundle this file and start, time and kill it.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openQueue } from "../../cli/cluster/connection.ts";
import { DataCache } from "../../cli/cluster/content/dataCache.ts";
import { openQueueRuns } from "../../cli/cluster/queueRuns.ts";
import { enterSweep } from "../../cli/cluster/registry.ts";
import { work } from "../../cli/cluster/worker.ts";
import { queueAddress } from "../../cli/options/machines/queueAddress.ts";
import type { Method } from "../../cli/tune/plan.ts";
import {
  build,
  localSweep,
  silentTerminal,
  simulatedPlan,
  simulatedPool,
  simulatedSweep,
} from "./simulated.ts";

const [, , role, ...given] = process.argv as [string, string, string, ...string[]];
const controller = new AbortController();
process.on("SIGTERM", () => controller.abort());
const { signal } = controller;
if (role === "worker") await worker(given[0]!, Number(given[1]), Number(given[2]));
if (role === "coordinator") await coordinator(given[0]!, given[1]!, given[2] as Method, Number(given[3]));
if (role === "local") await local(given[0]!, given[1] as Method, Number(given[2]));

async function worker(url: string, jobs: number, milliseconds: number): Promise<void> {
  const terminal = silentTerminal();
  const connection = await openQueue(queueAddress(url), terminal);
  await work(connection, {
    jobs,
    threads: 1,
    pool: (stop) => simulatedPool({ jobs, signal: stop, milliseconds: () => milliseconds }),
    buildOf: async () => build,
    cache: new DataCache({ folder: tmpdir() }),
    folders: [],
    untilEmpty: false,
    signal,
    terminal,
  });
  await connection.close();
}

async function coordinator(url: string, folder: string, method: Method, trials: number): Promise<void> {
  const terminal = silentTerminal();
  const plan = simulatedPlan(method, trials);
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  /** Bytes that are held, and the time, after each tenth of the trials. */
  const tenths: { bytes: number; seconds: number }[] = [];
  let results = 0;
  const sample = (): void => {
    const at = seconds();
    (globalThis as { gc?: () => void }).gc?.(); // what is held, not what was not collected yet
    const { heapUsed, external } = process.memoryUsage();
    tenths.push({ bytes: heapUsed + external, seconds: at });
  };
  const ended = await simulatedSweep(
    plan,
    folder,
    async () => {
      const connection = await openQueue(queueAddress(url), terminal);
      const what = {
        title: "simulated",
        host: "here",
        began: Date.now(),
        planned: trials,
        anygrad: build.anygrad,
      };
      const entered = await enterSweep(connection, "0badf00d", what);
      const runs = await openQueueRuns(connection, {
        sweep: "0badf00d",
        build,
        fast: false,
        whole: false,
        extra: [],
        inputs: [],
        signal,
        terminal,
      });
      return {
        runs,
        beginsAhead: true,
        async close(isOver) {
          await runs.close();
          await entered.leave(isOver);
          await connection.close();
        },
      };
    },
    () => {
      if (++results % Math.ceil(trials / 10) === 0) sample();
    },
  );
  const { user, system } = process.cpuUsage();
  const facts = {
    trials: ended?.length,
    seconds: seconds(),
    processorSeconds: (user + system) / 1e6,
    tenths,
    resident: process.resourceUsage().maxRSS * 1024,
    warnings: terminal.warnings,
  };
  writeFileSync(join(folder, "facts.json"), JSON.stringify(facts));
  process.exit(0);
}

/** The same sweep on one machine: what the others must equal. */
async function local(file: string, method: Method, trials: number): Promise<void> {
  const ended = await localSweep(simulatedPlan(method, trials), mkdtempSync(join(tmpdir(), "anygrad-")));
  writeFileSync(file, ended!.map((trial) => `${JSON.stringify(trial)}\n`).join(""));
}
