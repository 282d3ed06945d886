/** What may happen to a sweep over a queue: whatever it is, its trials are those of an undisturbed one. */
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openQueue, queueError } from "../../cli/cluster/connection.ts";
import { sweepsOf } from "../../cli/cluster/registry.ts";
import { queueAddress } from "../../cli/options/machines/queueAddress.ts";
import { anygrad, temporaryFolder } from "../cli/anygrad.ts";
import { coordinate, endOf, freshQueue, startWorker, sweepId } from "./hands.ts";
import { hasRedis, redisNote, startRedis, type TestRedis } from "./redis.ts";
import { build, localSweep, silentTerminal, simulatedPlan } from "./simulated.ts";

let redis: TestRedis;

describe.skipIf(!hasRedis)(`faults of a sweep over a queue${redisNote}`, () => {
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.end());

  it("loses no trial of a machine that falls asleep, and takes none twice when it wakes", async () => {
    const url = freshQueue(redis);
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
    await expect.poll(() => connection.queue.getActiveCount(), { timeout: 20_000 }).toBe(3);
    const hand = await startWorker(url);
    await expect.poll(() => connection.queue.getActiveCount(), { timeout: 20_000 }).toBe(0);
    wake();
    expect(await trials).toEqual(await localSweep(plan, folder));
    await connection.close();
    expect(late.map(({ message }) => message).join()).toMatch(/(Missing (lock|key)[^,]*,?){3}/);
    expect(await hand.stop()).toBe(8);
  });

  it("goes on with what ended while the coordinator was gone", async () => {
    const url = freshQueue(redis);
    const folder = temporaryFolder();
    const plan = simulatedPlan("random", 10);
    const first = coordinate(url, plan, `${folder}/queue`);
    const looker = await openQueue(queueAddress(url), silentTerminal());
    await expect
      .poll(() => looker.queue.getJobCountByTypes("wait", "prioritized"), { timeout: 20_000 })
      .toBe(10);
    first.vanish();
    const hand = await startWorker(url);
    await expect.poll(() => looker.queue.getCompletedCount(), { timeout: 20_000 }).toBe(10);
    await hand.stop();
    // no worker is there: all that comes is what the queue kept
    const second = coordinate(url, plan, `${folder}/again`);
    expect(await second.trials).toEqual(await localSweep(plan, folder));
    await looker.close();
  });

  it("puts back what a Redis that was killed has forgotten", async () => {
    const url = freshQueue(redis);
    const folder = temporaryFolder();
    const plan = simulatedPlan("random", 6);
    const { trials } = coordinate(url, plan, `${folder}/queue`);
    const looker = await openQueue(queueAddress(url), silentTerminal());
    await expect
      .poll(() => looker.queue.getJobCountByTypes("wait", "prioritized"), { timeout: 20_000 })
      .toBe(6);
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

  // beside each other: most of the time they wait
  it.concurrent.for<[string, (value: Record<string, unknown>) => unknown, RegExp]>([
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
  ])("a result that %s is told, and the trial run again", async ([_, poison, message], { expect }) => {
    const url = freshQueue(redis);
    const folder = temporaryFolder();
    const plan = simulatedPlan("random", 2);
    const { trials, terminal } = coordinate(url, plan, `${folder}/queue`);
    const connection = await openQueue(queueAddress(url), silentTerminal());
    const good = { ...build, worker: "w", ...(await endOf(plan, 1)) };
    const liar = connection.worker(async () => poison(good as never), { concurrency: 1 });
    const told = liar.run();
    await expect.poll(() => terminal.warnings.length, { timeout: 20_000 }).toBeGreaterThan(0);
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

  it("ends in a line where Redis is full, its state intact, and goes on when there is room", async () => {
    const url = freshQueue(redis);
    const folder = temporaryFolder();
    const plan = simulatedPlan("random", 4);
    redis.command("config", "set", "maxmemory", "1");
    try {
      const { trials } = coordinate(url, plan, `${folder}/queue`);
      const refused = await trials.catch((error: unknown) => error);
      expect(queueError(refused, queueAddress(url)).message).toMatch(
        /^--queue: the Redis at redis:.* is full; raise its maxmemory, or anygrad queue clean; the same command goes on$/,
      );
    } finally {
      redis.command("config", "set", "maxmemory", "0");
    }
    const hand = await startWorker(url);
    const { trials } = coordinate(url, plan, `${folder}/queue`);
    expect(await trials).toEqual(await localSweep(plan, folder));
    await hand.stop();
  });

  it("whose Redis gets full on the way is that of one machine once there is room", async () => {
    const url = freshQueue(redis);
    const folder = temporaryFolder();
    const plan = simulatedPlan("random", 6);
    const { trials } = coordinate(url, plan, `${folder}/queue`);
    const looker = await openQueue(queueAddress(url), silentTerminal());
    await expect.poll(() => looker.queue.getJobCountByTypes("prioritized"), { timeout: 20_000 }).toBe(6);
    const hand = await startWorker(url, { milliseconds: () => 300 });
    await expect.poll(() => looker.queue.getActiveCount(), { timeout: 20_000 }).toBe(1);
    redis.command("config", "set", "maxmemory", "1");
    try {
      await expect.poll(() => hand.warnings.length, { timeout: 20_000 }).toBeGreaterThan(0);
      await pause(3000);
    } finally {
      redis.command("config", "set", "maxmemory", "0");
    }
    expect(await trials).toEqual(await localSweep(plan, folder));
    expect(hand.warnings).toEqual([
      expect.stringMatching(
        /^--queue: the Redis at redis:.* is full; raise its maxmemory, or anygrad queue clean/,
      ),
    ]);
    await hand.stop();
    await looker.close();
  });

  // "frozen": its connections stay open, and nothing is answered
  it.concurrent.for(["killed", "frozen"])(
    "workers and coordinators that are told to stop end while Redis is %s",
    async (how, { expect }) => {
      const own = await startRedis();
      const queue = ["--queue", `${own.url}?lock=2`];
      const stops: (() => void)[] = [];
      const started = new EventTarget();
      const command = (args: readonly string[], after: RegExp): ReturnType<typeof anygrad> => {
        let isStarted = false;
        return anygrad([...args, ...queue], {
          onError(text, kill) {
            if (isStarted || !after.test(text)) return;
            isStarted = true;
            stops.push(() => kill("SIGTERM")); // once: a second one ends at once
            started.dispatchEvent(new Event(String(stops.length)));
          },
        });
      };
      const all = once(started, "3");
      const tune = ["tune", "mlp-64", "--dataset", "digits", "--search", "learning-rate=1e-4..0.1:log"];
      const more = ["--trials", "1", "--epochs", "100000", "--out", `${temporaryFolder()}/sweep`];
      const coordinator = command([...tune, ...more], /the workers of redis/);
      const workers = ["1", "1"].map((jobs) => command(["work", "--jobs", jobs], /at work on redis/));
      try {
        await all;
        // one of the workers has the trial, the other waits for one
        await expect.poll(() => own.command("llen", "anygrad:trials:active"), { timeout: 20_000 }).toBe("1");
        if (how === "killed") await own.kill();
        else process.kill(own.pid, "SIGSTOP");
        await pause(1000);
      } finally {
        for (const stop of stops) stop();
      }
      const began = performance.now();
      expect((await coordinator).stderr).toMatch(
        /stopped; 0 of 1 trials are over; the same command goes on\n$/,
      );
      for (const worker of workers) expect((await worker).stderr).toMatch(/ended; trials made: 0\n$/);
      expect(performance.now() - began).toBeLessThan(25_000); // they wait 5 s at each of two or three places
      await own.end();
    },
  );

  it("is cancelled by who takes it off the queue's list", async () => {
    const url = freshQueue(redis);
    const plan = simulatedPlan("random", 5);
    const { trials, trouble } = coordinate(url, plan, `${temporaryFolder()}/queue`);
    const looker = await openQueue(queueAddress(url), silentTerminal());
    await expect.poll(async () => (await sweepsOf(looker)).length, { timeout: 20_000 }).toBe(1);
    await looker.redis.hdel(looker.key("sweeps"), sweepId);
    expect(await trials).toBeUndefined();
    expect(trouble()?.message).toMatch(/the sweep was cancelled on the queue; the same command goes on/);
    await looker.close();
  }, 120_000);
});

function withRecord(value: Record<string, unknown>, change: object): object {
  return { ...value, record: { ...(value.record as object), ...change } };
}
