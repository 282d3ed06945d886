/** The sweeps and comparisons that a queue has trials of: what each is, and whether its coordinator is there. */
import { setTimeout as pause } from "node:timers/promises";
import { exactText, number, object, type TypeOf } from "../../runs/check.ts";
import type { QueueConnection } from "./connection.ts";
import { sharedInputs } from "./inputs.ts";

const entry = object({
  /** Of what, for people: "mlp-64 on mnist". */
  title: exactText,
  /** Machine of the coordinator. */
  host: exactText,
  /** When it began, in milliseconds since 1970. */
  began: number,
  /** Runs that it has. */
  planned: number,
  anygrad: exactText,
  ...sharedInputs,
});

type Entry = TypeOf<typeof entry>;

/** A sweep as it is told of, without what workers alone may know. */
export type SweepEntry = Omit<Entry, keyof typeof sharedInputs> & {
  readonly id: string;
  /** Whether a coordinator is at work on it. */
  readonly alive: boolean;
};

/** How long a coordinator need not be heard of before it counts as gone. */
const ALIVE_MILLISECONDS = 30_000;
const LEAVE_MILLISECONDS = 5_000;

/** Enters a sweep; what it gives takes it out again. */
export async function enterSweep(
  { redis, key }: QueueConnection,
  id: string,
  what: Entry,
): Promise<{ leave(isOver: boolean): Promise<void> }> {
  const beat = (): Promise<unknown> =>
    redis.set(key("alive", id), what.host, "PX", ALIVE_MILLISECONDS).catch(() => {});
  await redis.hset(key("sweeps"), id, JSON.stringify(what));
  await beat();
  const timer = setInterval(beat, ALIVE_MILLISECONDS / 3);
  timer.unref();
  return {
    async leave(isOver) {
      clearInterval(timer);
      const left = [redis.del(key("alive", id)), ...(isOver ? [redis.hdel(key("sweeps"), id)] : [])];
      // a queue that is not there is not waited for
      await Promise.race([Promise.allSettled(left), pause(LEAVE_MILLISECONDS, undefined, { ref: false })]);
    },
  };
}

export async function sweepsOf({ redis, key }: QueueConnection): Promise<SweepEntry[]> {
  const found = await redis.hgetall(key("sweeps"));
  return Promise.all(
    Object.entries(found).map(async ([id, text]) => {
      const { inputs: _, source: __, ...told } = read(text);
      return { ...told, id, alive: await isAlive({ redis, key }, id) };
    }),
  );
}

/** Whether the coordinator of a sweep is at work. */
export async function isAlive(
  { redis, key }: Pick<QueueConnection, "redis" | "key">,
  id: string,
): Promise<boolean> {
  return (await redis.exists(key("alive", id))) === 1;
}

/** What the list says of a sweep now; undefined: it was cancelled. */
export async function entryOf({ redis, key }: QueueConnection, id: string): Promise<Entry | undefined> {
  const text = await redis.hget(key("sweeps"), id);
  return text === null ? undefined : read(text);
}

/** Whether a sweep is on the queue's list: one that is not was cancelled. */
export async function isEntered({ redis, key }: QueueConnection, id: string): Promise<boolean> {
  return (await redis.hexists(key("sweeps"), id)) === 1;
}

function read(text: string): Entry {
  try {
    return entry(JSON.parse(text), "");
  } catch {
    return { title: "an entry that is damaged", host: "", began: 0, planned: 0, anygrad: "" };
  }
}
