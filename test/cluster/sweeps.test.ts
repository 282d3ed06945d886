/** Sweeps by workers over a queue: the trials of one machine, whoever made them, in whatever order. */
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openQueue } from "../../cli/cluster/connection.ts";
import type { Build } from "../../cli/cluster/job.ts";
import { enterSweep, sweepsOf } from "../../cli/cluster/registry.ts";
import { queueAddress } from "../../cli/options/machines/queueAddress.ts";
import { temporaryFolder } from "../cli/anygrad.ts";
import { long, thorough } from "../long.ts";
import { coordinate, freshQueue, rateOf, startWorker } from "./hands.ts";
import { hasRedis, redisNote, startRedis, type TestRedis } from "./redis.ts";
import { build, localSweep, silentTerminal, simulatedPlan } from "./simulated.ts";

let redis: TestRedis;

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
  const all = plans.flatMap(([method, plan]) => [1, 3].map((workers) => [method, workers, plan] as const));
  const some = all.filter(([method, workers]) => method === "asha" && workers === 3);
  it.each(thorough ? all : some)(
    "of method %s by %i workers has the trials of one machine",
    async (_, workers, plan) => {
      const url = freshQueue(redis);
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

  long("gives up a trial whose process dies three times, and goes on", async () => {
    const url = freshQueue(redis);
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
    const url = freshQueue(redis);
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

  it("a job that is no trial is refused, and what else waits goes on", async () => {
    const url = freshQueue(redis);
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

  it("a worker until the queue is empty ends at once where nothing is, and stays while a coordinator is there", async () => {
    const url = freshQueue(redis);
    const folder = temporaryFolder();
    const none = await startWorker(url, { untilEmpty: true });
    expect(await none.made).toBe(0);
    await none.stop();
    const looker = await openQueue(queueAddress(url), silentTerminal());
    const what = { title: "soon", host: "here", began: 0, planned: 3, anygrad: "1.2.3" };
    const { leave } = await enterSweep(looker, "0badf00e", what); // has put nothing there yet
    const early = await startWorker(url, { untilEmpty: true });
    await pause(1500); // longer than from one look to the next
    const plan = simulatedPlan("random", 3);
    expect(await coordinate(url, plan, `${folder}/queue`).trials).toEqual(await localSweep(plan, folder));
    await leave(true);
    expect(await early.made).toBe(3);
    await early.stop();
    await looker.close();
  });

  long("a worker that is stopped gives its trials back", async () => {
    const url = freshQueue(redis);
    const folder = temporaryFolder();
    const plan = simulatedPlan("random", 3);
    const slow = await startWorker(url, { milliseconds: () => 100_000, jobs: 2 });
    const { trials } = coordinate(url, plan, `${folder}/queue`);
    await expect.poll(() => slow.connection.queue.getActiveCount(), { timeout: 20_000 }).toBe(2);
    expect(await slow.stop()).toBe(0);
    const hand = await startWorker(url);
    expect(await trials).toEqual(await localSweep(plan, folder));
    expect(await hand.stop()).toBe(3);
  });
});
