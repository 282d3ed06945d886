/** `anygrad queue` on a queue that has trials: what it tells, and that it holds, goes on, cancels and cleans. */
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openQueue, type QueueConnection } from "../../cli/cluster/connection.ts";
import { sweepsOf } from "../../cli/cluster/registry.ts";
import { queueAddress } from "../../cli/options/machines/queueAddress.ts";
import { temporaryFolder } from "../cli/anygrad.ts";
import { served } from "../cli/served.ts";
import { type Coordinator, coordinate, freshQueue, startWorker, sweepId } from "./hands.ts";
import { hasRedis, redisNote, startRedis, type TestRedis } from "./redis.ts";
import { localSweep, silentTerminal, simulatedPlan } from "./simulated.ts";

const plan = simulatedPlan("random", 5);
let redis: TestRedis;

interface Begun extends Coordinator {
  readonly looker: QueueConnection;
  readonly folder: string;
  readonly url: string;
  /** `anygrad queue …words` on it. @returns what it told, on stdout and stderr */
  queue(...words: readonly string[]): Promise<string>;
}

/** A sweep whose trials wait on a queue of their own. */
async function begun(): Promise<Begun> {
  const url = freshQueue(redis);
  const folder = temporaryFolder();
  const looker = await openQueue(queueAddress(url), silentTerminal());
  const coordinator = coordinate(url, plan, `${folder}/queue`);
  await expect.poll(() => looker.queue.getJobCountByTypes("prioritized"), { timeout: 20_000 }).toBe(5);
  return {
    ...coordinator,
    looker,
    folder,
    url,
    async queue(...words) {
      const { code, stdout, stderr } = await served(["queue", ...words, "--queue", url]);
      expect({ code, stderr }, stderr).toMatchObject({ code: 0 });
      return stdout + stderr;
    },
  };
}

const jobsOf = ({ looker: { queue } }: Begun): Promise<number> =>
  queue.getJobCountByTypes("wait", "prioritized", "delayed", "active", "completed", "failed");

describe.skipIf(!hasRedis)(`anygrad queue${redisNote}`, () => {
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.end());

  it("status tells of trials, workers and sweeps, in words and as JSON", async () => {
    const empty = await served(["queue", "status", "--queue", freshQueue(redis)]);
    expect(empty).toEqual({
      code: 0,
      stdout: "trials: 0 waiting, 0 at work, 0 ended and not fetched; workers: none\n",
      stderr: "",
    });
    const sweep = await begun();
    const hand = await startWorker(sweep.url, { milliseconds: () => 100_000, jobs: 2 });
    await expect.poll(() => sweep.looker.queue.getActiveCount(), { timeout: 20_000 }).toBe(2);
    const text = await sweep.queue("status");
    expect(text).toMatch(/^trials: 3 waiting, 2 at work, 0 ended and not fetched; workers: \S+-\d+\n/);
    expect(text).toMatch(/0badf00d +mlp-64 on digits +5 +here, at work, since 1970-01-01T00:00Z/);
    expect(JSON.parse(await sweep.queue("status", "--json"))).toEqual({
      paused: false,
      trials: { waiting: 3, atWork: 2, ended: 0 },
      workers: [expect.stringMatching(/-\d+$/)],
      sweeps: [
        {
          id: sweepId,
          title: "mlp-64 on digits",
          host: "here",
          began: 0,
          planned: 5,
          anygrad: "1.2.3",
          alive: true,
        },
      ],
    });
    sweep.stop();
    await sweep.trials;
    await hand.stop();
    await sweep.looker.close();
  });

  it("pause lets no worker take a trial, and resume goes on", async () => {
    const sweep = await begun();
    expect(await sweep.queue("pause")).toBe(
      "paused: what is at work ends, and nothing begins; anygrad queue resume goes on\n",
    );
    const hand = await startWorker(sweep.url);
    await pause(500);
    expect(await sweep.queue("status")).toMatch(/^paused; trials: 5 waiting, 0 at work, 0 ended/);
    expect(await sweep.queue("resume")).toBe("workers take trials again\n");
    expect(await sweep.trials).toEqual(await localSweep(plan, sweep.folder));
    expect(await hand.stop()).toBe(5);
    await sweep.looker.close();
  });

  it.each([sweepId, "all"])("cancel %s ends the sweep, at work and waiting, in a line", async (which) => {
    const sweep = await begun();
    const hand = await startWorker(sweep.url, { milliseconds: () => 100_000 });
    await expect.poll(() => sweep.looker.queue.getActiveCount(), { timeout: 20_000 }).toBe(1);
    const wrong = await served(["queue", "cancel", "0badf00e", "--queue", sweep.url]);
    expect(wrong).toEqual({
      code: 2,
      stdout: "",
      stderr: "anygrad: queue cancel: there is no sweep 0badf00e; there are 0badf00d\n",
    });
    expect(await sweep.queue("cancel", which)).toMatch(
      /^0badf00d \(mlp-64 on digits\): cancelled, [0-4] trials taken off the queue; its folder keeps what was done\n$/,
    );
    expect(await sweep.trials).toBeUndefined();
    expect(sweep.trouble()?.message).toBe(
      "--queue: the sweep was cancelled on the queue; the same command goes on",
    );
    // the worker sees it within seconds, and is free again
    await expect.poll(() => sweep.looker.queue.getActiveCount(), { timeout: 20_000 }).toBe(0);
    expect(await sweepsOf(sweep.looker)).toEqual([]);
    expect(await hand.stop()).toBe(0);
    expect(await jobsOf(sweep)).toBe(0);
    // the same command goes on
    const again = coordinate(sweep.url, plan, `${sweep.folder}/queue`);
    const next = await startWorker(sweep.url);
    expect(await again.trials).toEqual(await localSweep(plan, sweep.folder));
    expect(await next.stop()).toBe(5);
    await sweep.looker.close();
  });

  it("clean takes away what coordinators left that are gone, and nothing of others", async () => {
    const sweep = await begun();
    const nothing = "0 sweeps whose coordinators are gone, 0 trials: taken off the queue; ";
    const advice = "the same commands begin them anew there\n";
    expect(await sweep.queue("clean")).toBe(nothing + advice);
    expect(await jobsOf(sweep)).toBe(5);
    const hand = await startWorker(sweep.url, { milliseconds: () => 1 });
    sweep.vanish();
    await expect.poll(() => sweep.looker.queue.getCompletedCount(), { timeout: 20_000 }).toBe(5);
    await hand.stop();
    await sweep.looker.redis.del(sweep.looker.key("alive", sweepId)); // as half a minute does
    expect(await sweep.queue("status")).toMatch(
      /0 waiting, 0 at work, 5 ended and not fetched; .*\n[\s\S]*here, gone/,
    );
    expect(await sweep.queue("clean")).toBe(
      `1 sweeps whose coordinators are gone, 5 trials: taken off the queue; ${advice}`,
    );
    expect(await jobsOf(sweep)).toBe(0);
    expect(await sweepsOf(sweep.looker)).toEqual([]);
    await sweep.looker.close();
  });
});
