/** Sweeps by workers over a queue: the trials of one machine, whoever made them, whatever happened on the way. */
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openQueue, type QueueConnection } from "../../cli/cluster/connection.ts";
import { DataCache } from "../../cli/cluster/content/dataCache.ts";
import type { Build } from "../../cli/cluster/job.ts";
import { openQueueRuns } from "../../cli/cluster/queueRuns.ts";
import { enterSweep, sweepsOf } from "../../cli/cluster/registry.ts";
import { work } from "../../cli/cluster/worker.ts";
import { queueAddress } from "../../cli/options/queueAddress.ts";
import { combinationsOf, type SweepPlan } from "../../cli/tune/plan.ts";
import type { Trial } from "../../report/sweep/trial.ts";
import { temporaryFolder } from "../cli/anygrad.ts";
import { hasRedis, redisNote, startRedis, type TestRedis } from "./redis.ts";
import {
  build,
  localSweep,
  silentTerminal,
  simulatedPlan,
  simulatedPool,
  simulatedSweep,
} from "./simulated.ts";

let redis: TestRedis;
let prefixes = 0;

/** A queue that nobody else uses, with short locks. */
function freshQueue(): string {
  return `${redis.url}?prefix=test${prefixes++}&lock=1`;
}

interface Hand {
  readonly connection: QueueConnection;
  readonly stop: () => Promise<unknown>;
  readonly made: Promise<number>;
}

interface HandOptions {
  readonly milliseconds?: (args: readonly string[]) => number;
  readonly dies?: (args: readonly string[]) => boolean;
  readonly jobs?: number;
  readonly as?: Build;
}

async function startWorker(
  url: string,
  { milliseconds = () => 1, dies, jobs = 1, as = build }: HandOptions = {},
): Promise<Hand> {
  const terminal = silentTerminal();
  const connection = await openQueue(queueAddress(url), terminal);
  const controller = new AbortController();
  const made = work(connection, {
    jobs,
    threads: 1,
    pool: (signal) => simulatedPool({ jobs, signal, milliseconds, ...(dies && { dies }) }),
    buildOf: async () => as,
    untilEmpty: false,
    cache: new DataCache({ folder: temporaryFolder() }),
    folders: [],
    signal: controller.signal,
    terminal,
  });
  made.catch(() => {});
  const stop = async (): Promise<unknown> => {
    controller.abort();
    const end = await made.catch((error) => error as unknown);
    await connection.close();
    return end;
  };
  return { connection, stop, made };
}

interface Coordinator {
  readonly trials: Promise<readonly Trial[] | undefined>;
  readonly terminal: ReturnType<typeof silentTerminal>;
  /** Ends as a killed process does: nothing is taken off the queue. */
  readonly vanish: () => void;
  readonly stop: () => void;
  readonly trouble: () => Error | undefined;
}

const sweepId = "0badf00d";

function coordinate(url: string, plan: SweepPlan, folder: string): Coordinator {
  const terminal = silentTerminal();
  const controller = new AbortController();
  let connection: QueueConnection | undefined;
  let trouble: () => Error | undefined = () => undefined;
  const trials = simulatedSweep(plan, folder, async () => {
    connection = await openQueue(queueAddress(url), terminal);
    const what = {
      title: "mlp-64 on digits",
      host: "here",
      began: 0,
      planned: plan.trials,
      anygrad: "1.2.3",
    };
    const entered = await enterSweep(connection, sweepId, what);
    const options = {
      sweep: sweepId,
      build,
      fast: false,
      whole: false,
      inputs: [],
      signal: controller.signal,
      terminal,
    };
    const runs = await openQueueRuns(connection, options);
    trouble = () => runs.trouble;
    return {
      runs,
      beginsAhead: true,
      async close(isOver) {
        await runs.close();
        await entered.leave(isOver);
        await connection!.close();
      },
    };
  });
  return {
    trials,
    terminal,
    vanish: () => void connection?.close(),
    stop: () => controller.abort(),
    trouble: () => trouble(),
  };
}

describe.skipIf(!hasRedis)(`a sweep over a queue${redisNote}`, () => {
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.end());

  const plans = [
    ["grid", simulatedPlan("grid", 12)],
    ["random", simulatedPlan("random", 15)],
    ["asha", simulatedPlan("asha", 27)],
  ] as const;
  it.each(plans.flatMap(([method, plan]) => [1, 3].map((workers) => [method, workers, plan] as const)))(
    "of method %s by %i workers has the trials of one machine",
    async (_, workers, plan) => {
      const url = freshQueue();
      const folder = temporaryFolder();
      let turn = 0;
      const uneven = { milliseconds: () => (turn++ % 5) * 4, jobs: 2 }; // who asks last may end first
      const hands = await Promise.all(Array.from({ length: workers }, () => startWorker(url, uneven)));
      const { trials, terminal } = coordinate(url, plan, `${folder}/queue`);
      const local = await localSweep(plan, folder);
      expect(local!.some(({ status }) => status === "failed")).toBe(true);
      expect(await trials).toEqual(local);
      expect(terminal.warnings).toEqual([]);
      const { connection } = hands[0]!;
      expect(await connection.queue.getJobCountByTypes("completed", "failed", "wait", "active")).toBe(0);
      expect(await sweepsOf(connection)).toEqual([]);
      await Promise.all(hands.map(({ stop }) => stop()));
    },
  );

  it("loses no trial of a machine that falls asleep, and takes none twice when it wakes", async () => {
    const url = freshQueue();
    const folder = temporaryFolder();
    const plan = simulatedPlan("random", 8);
    const connection = await openQueue(queueAddress(url), silentTerminal());
    let wake = (): void => {};
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const late: Error[] = [];
    const wrong = { ...build, worker: "asleep", ...(await endOf(plan, 1)) };
    const sleeper = connection.worker(
      async () => {
        await asleep;
        return wrong;
      },
      { concurrency: 3, skipLockRenewal: true, skipStalledCheck: true },
    );
    sleeper.on("error", (error) => late.push(error));
    void sleeper.run();
    const { trials } = coordinate(url, plan, `${folder}/queue`);
    await expect.poll(() => connection.queue.getActiveCount()).toBe(3);
    const hand = await startWorker(url);
    await expect.poll(() => connection.queue.getActiveCount(), { timeout: 10_000 }).toBe(0);
    wake();
    expect(await trials).toEqual(await localSweep(plan, folder));
    await connection.close();
    expect(late.map(({ message }) => message).join()).toMatch(/(Missing (lock|key)[^,]*,?){3}/);
    expect(await hand.stop()).toBe(8);
  });

  it("goes on with what ended while the coordinator was gone", async () => {
    const url = freshQueue();
    const folder = temporaryFolder();
    const plan = simulatedPlan("random", 10);
    const first = coordinate(url, plan, `${folder}/queue`);
    const looker = await openQueue(queueAddress(url), silentTerminal());
    await expect.poll(() => looker.queue.getJobCountByTypes("wait", "prioritized")).toBe(10);
    first.vanish();
    const hand = await startWorker(url);
    await expect.poll(() => looker.queue.getCompletedCount()).toBe(10);
    await hand.stop();
    // no worker is there: all that comes is what the queue kept
    const second = coordinate(url, plan, `${folder}/again`);
    expect(await second.trials).toEqual(await localSweep(plan, folder));
    await looker.close();
  });

  it("puts back what a Redis that was killed has forgotten", async () => {
    const url = freshQueue();
    const folder = temporaryFolder();
    const plan = simulatedPlan("random", 6);
    const { trials } = coordinate(url, plan, `${folder}/queue`);
    const looker = await openQueue(queueAddress(url), silentTerminal());
    await expect.poll(() => looker.queue.getJobCountByTypes("wait", "prioritized")).toBe(6);
    await looker.queue.pause();
    for (const id of ["2-9", "5-9"]) await looker.queue.remove(`${sweepId}.${id}`);
    await redis.kill();
    await redis.start();
    await looker.queue.resume();
    const hand = await startWorker(url);
    expect(await trials).toEqual(await localSweep(plan, folder));
    await hand.stop();
    await looker.close();
  });

  it("gives up a trial whose process dies three times, and goes on", async () => {
    const url = freshQueue();
    const plan = simulatedPlan("random", 4);
    let deaths = 0;
    const dies = (args: readonly string[]): boolean => {
      const isThird = args.includes(rateOf(plan, 3));
      if (isThird) deaths++;
      return isThird;
    };
    const hand = await startWorker(url, { dies });
    const { trials } = coordinate(url, plan, `${temporaryFolder()}/queue`);
    const third = (await trials)![2]!;
    expect(third).toMatchObject({
      status: "failed",
      failure: { reason: "given up after 3 attempts: the process was killed" },
    });
    expect(deaths).toBe(3);
    await hand.stop();
  });

  it.each<[string, Build, RegExp]>([
    [
      "version",
      { ...build, anygrad: "1.2.2" },
      /^the queue's trial 1-9 is of anygrad 1\.2\.3, this is 1\.2\.2/,
    ],
    [
      "bits",
      { ...build, control: "d".repeat(64) },
      /^the queue's trial 1-9 computes other bits: .* cccccccccccc .* dddddddddddd here/,
    ],
  ])("a worker of another %s is refused by name, and its trial goes to others", async (_, as, message) => {
    const url = freshQueue();
    const folder = temporaryFolder();
    const plan = simulatedPlan("random", 3);
    const { trials } = coordinate(url, plan, `${folder}/queue`);
    const other = await startWorker(url, { as });
    await expect(other.made).rejects.toThrow(message);
    await other.stop();
    const hand = await startWorker(url);
    expect(await trials).toEqual(await localSweep(plan, folder));
    expect(await hand.stop()).toBe(3);
  });

  it.each<[string, (value: Record<string, unknown>) => unknown, RegExp]>([
    ["is no object", () => "?", /a result that is none: "\?", wanted an object/],
    [
      "is of another version",
      (value) => ({ ...value, anygrad: "0" }),
      /worker w is of anygrad 0, this is 1\.2\.3/,
    ],
    [
      "has another control digest",
      (value) => ({ ...value, control: "e".repeat(64) }),
      /worker w computes other bits/,
    ],
    ["has no digest", (value) => withRecord(value, { digest: "?" }), /has a digest that is none/],
    [
      "has scores that are no numbers",
      (value) => withRecord(value, { history: { loss: ["a"] } }),
      /scores in loss that are no numbers/,
    ],
    [
      "has scores of too few epochs",
      (value) => withRecord(value, { history: { loss: [1], val_loss: [] } }),
      /another number of epochs/,
    ],
    ["has no record", (value) => ({ ...value, record: 3 }), /wanted an object/],
  ])("a result that %s is told, and the trial run again", async (_, poison, message) => {
    const url = freshQueue();
    const folder = temporaryFolder();
    const plan = simulatedPlan("random", 2);
    const { trials, terminal } = coordinate(url, plan, `${folder}/queue`);
    const connection = await openQueue(queueAddress(url), silentTerminal());
    const good = { ...build, worker: "w", ...(await endOf(plan, 1)) };
    const liar = connection.worker(async () => poison(good as never), { concurrency: 1 });
    const told = liar.run();
    await expect.poll(() => terminal.warnings.length).toBeGreaterThan(0);
    await liar.close();
    await told.catch(() => {});
    await connection.close();
    expect(terminal.warnings[0]).toMatch(message);
    expect(terminal.warnings[0]).toMatch(/; it is run again$/);
    const hand = await startWorker(url);
    const done = await trials;
    // of a trial that the liar was given three times, that is told; no other differs
    const local = (await localSweep(plan, folder))!;
    for (const [i, trial] of done!.entries())
      if (!trial.failure?.reason.startsWith("3 results that are none")) expect(trial).toEqual(local[i]);
    await hand.stop();
  });

  it("a job that is no trial is refused, and what else waits goes on", async () => {
    const url = freshQueue();
    const folder = temporaryFolder();
    const looker = await openQueue(queueAddress(url), silentTerminal());
    await looker.queue.add("trial", { args: "rm -rf /" }, { jobId: "stranger" });
    const plan = simulatedPlan("random", 2);
    const { trials } = coordinate(url, plan, `${folder}/queue`);
    const hand = await startWorker(url);
    expect(await trials).toEqual(await localSweep(plan, folder));
    expect((await looker.queue.getJob("stranger"))?.failedReason).toMatch(
      /^a job that is no trial: anygrad is missing, wanted a text$/,
    );
    await hand.stop();
    await looker.close();
  });

  it("ends in a line where Redis is full, its state intact, and goes on when there is room", async () => {
    const url = freshQueue();
    const folder = temporaryFolder();
    const plan = simulatedPlan("random", 4);
    redis.command("config", "set", "maxmemory", "1");
    try {
      const { trials, trouble } = coordinate(url, plan, `${folder}/queue`);
      await expect(trials).rejects.toThrow(/OOM/);
      expect(trouble()).toBeUndefined();
    } finally {
      redis.command("config", "set", "maxmemory", "0");
    }
    const hand = await startWorker(url);
    const { trials } = coordinate(url, plan, `${folder}/queue`);
    expect(await trials).toEqual(await localSweep(plan, folder));
    await hand.stop();
  });

  it("is cancelled by who takes it off the queue's list", async () => {
    const url = freshQueue();
    const plan = simulatedPlan("random", 5);
    const { trials, trouble } = coordinate(url, plan, `${temporaryFolder()}/queue`);
    const looker = await openQueue(queueAddress(url), silentTerminal());
    await expect.poll(async () => (await sweepsOf(looker)).length).toBe(1);
    await looker.redis.hdel(looker.key("sweeps"), sweepId);
    expect(await trials).toBeUndefined();
    expect(trouble()?.message).toMatch(/the sweep was cancelled on the queue; the same command goes on/);
    await looker.close();
  });

  it("a worker that is stopped gives its trials back", async () => {
    const url = freshQueue();
    const folder = temporaryFolder();
    const plan = simulatedPlan("random", 3);
    const slow = await startWorker(url, { milliseconds: () => 100_000, jobs: 2 });
    const { trials } = coordinate(url, plan, `${folder}/queue`);
    await expect.poll(() => slow.connection.queue.getActiveCount()).toBe(2);
    expect(await slow.stop()).toBe(0);
    const hand = await startWorker(url);
    expect(await trials).toEqual(await localSweep(plan, folder));
    expect(await hand.stop()).toBe(3);
    await pause(0);
  });
});

function withRecord(value: Record<string, unknown>, change: object): object {
  return { ...value, record: { ...(value.record as object), ...change } };
}

async function endOf(plan: SweepPlan, trial: number): Promise<object> {
  const { run } = simulatedPool({ jobs: 1, signal: new AbortController().signal, milliseconds: () => 0 });
  return run(["--learning-rate", rateOf(plan, trial), "--stop-after", "9"]);
}

function rateOf(plan: SweepPlan, trial: number): string {
  return String(Object.values(combinationsOf(plan)[trial - 1]!)[0]);
}
