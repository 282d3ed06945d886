/**
 * The way to the queue: Redis is tried once before anything is done, and what is wrong with it is told in a line. From then on it may
 * go away and come back, as it does when it is restarted: commands wait for it.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Queue, QueueEvents, Worker, WorkerOptions } from "bullmq";
import { AnygradError, codeOf, reasonOf } from "../../src/errors.ts";
import { passwordVariable, type QueueAddress, userVariable } from "../options/machines/queueAddress.ts";
import { QueueTrouble } from "../process/failure.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type QueuePackages, queuePackages, type Redis } from "./packages.ts";

/** The queue's name within its prefix: dashboards of BullMQ list it so. */
export const QUEUE = "trials";

/** Versions of Redis from this one on have what BullMQ's scripts call. */
const OLDEST_REDIS = 6.2;
const CONNECT_MILLISECONDS = 10_000;
const SETTLE_MILLISECONDS = 5_000;
const CLOCK_MILLISECONDS = 30_000;

/** What ends a wait of BullMQ's in one of its commands; it says so itself, and the wait begins anew. */
export type TrialWorker = Worker<unknown, unknown>;

export interface QueueConnection {
  readonly address: QueueAddress;
  /** For commands of our own. */
  readonly redis: Redis;
  readonly queue: Queue;
  readonly packages: QueuePackages;
  /** Calls back each time that Redis has come back. */
  onReturn(callback: () => void): void;
  /** Events from this one on; from the newest on where none is given. */
  events(from: string): QueueEvents;
  worker(
    process: (...args: ProcessArguments) => Promise<unknown>,
    options: Partial<WorkerOptions>,
  ): TrialWorker;
  /** A key of our own. */
  key(...parts: readonly string[]): string;
  /** Waits for what was asked of Redis, not for long, and not at all while Redis is away. */
  settle(asked: Promise<unknown>, milliseconds?: number): Promise<void>;
  close(): Promise<void>;
}

type ProcessArguments = Parameters<
  Extract<ConstructorParameters<Bull["Worker"]>[1], (...args: never[]) => unknown>
>;
type Bull = QueuePackages["bull"];

/** @throws AnygradError UNSUPPORTED, INVALID_ARGUMENT; QueueTrouble where no Redis answers */
export async function openQueue(address: QueueAddress, terminal: Terminal): Promise<QueueConnection> {
  const packages = await queuePackages();
  const options = {
    host: address.host,
    port: address.port,
    db: address.database,
    ...(address.username !== undefined && { username: address.username }),
    ...(address.password !== undefined && { password: address.password }),
    ...(address.tls && { tls: {} }),
    connectTimeout: CONNECT_MILLISECONDS,
    maxRetriesPerRequest: null,
  };
  await tryRedis(packages, options, address, terminal);
  const clients: Redis[] = [];
  const client = (more: object = {}): Redis => {
    const made = new packages.Redis({
      ...options,
      ...more,
      retryStrategy: (times) => Math.min(100 * 2 ** times, 2000),
    });
    made.on("error", () => {}); // told once, below
    made.duplicate = client; // BullMQ waits for jobs and events on connections of its own
    clients.push(made);
    return made;
  };
  const redis = client();
  const returned: (() => void)[] = [];
  let away = false;
  redis.on("close", () => {
    if (away || closed) return;
    away = true;
    terminal.note(`the queue at ${address.shown} is gone; waiting for it`);
  });
  redis.on("ready", () => {
    if (!away) return;
    away = false;
    terminal.note(`the queue at ${address.shown} is back`);
    for (const callback of returned) callback();
  });
  let closed = false;
  const { prefix } = address;
  const queue = new packages.bull.Queue(QUEUE, { connection: redis, prefix });
  queue.on("error", () => {});
  const parts: { close(): Promise<void> }[] = [];
  const settle: QueueConnection["settle"] = async (asked, milliseconds = SETTLE_MILLISECONDS) => {
    asked.catch(() => {});
    if (away) return;
    const over = new AbortController();
    const late = pause(milliseconds, undefined, over).catch(() => {});
    await Promise.race([asked.catch(() => {}), late]);
    over.abort();
  };
  return {
    address,
    redis,
    queue,
    packages,
    onReturn: (callback) => void returned.push(callback),
    events(from) {
      const events = new packages.bull.QueueEvents(QUEUE, {
        connection: client(),
        prefix,
        lastEventId: from,
      });
      events.on("error", () => {});
      parts.push(events);
      return events;
    },
    worker(process, more) {
      const worker = new packages.bull.Worker(QUEUE, process, {
        connection: client(),
        prefix,
        autorun: false,
        lockDuration: address.lockMilliseconds,
        stalledInterval: address.lockMilliseconds,
        ...more,
      });
      parts.push(worker);
      return worker;
    },
    key: (...names) => [prefix, ...names].join(":"),
    settle,
    async close() {
      closed = true;
      await settle(Promise.all(parts.map((part) => part.close())));
      for (const each of clients) letGo(each);
    },
  };
}

/**
 * Disconnects a client, and ends the commands that it has. One that waits between two attempts to connect keeps them for ever when it is
 * disconnected, BullMQ waits for them and renews locks meanwhile, and the process does not end. One more attempt fails them.
 */
function letGo(client: Redis): void {
  const isBetween = client.status === "reconnecting";
  client.disconnect();
  if (!isBetween) return;
  client.once("ready", () => client.disconnect());
  client.connect().catch(() => {});
}

/** One look at Redis: whether it answers, lets us in, is new enough, keeps what it is given, and what its clock says. */
async function tryRedis(
  { Redis }: QueuePackages,
  options: object,
  address: QueueAddress,
  terminal: Terminal,
): Promise<void> {
  const probe = new Redis({ ...options, lazyConnect: true, retryStrategy: () => null });
  const errors: unknown[] = [];
  probe.on("error", (error) => errors.push(error));
  try {
    await probe.connect();
    const info = await probe.info();
    const field = (name: string): string => new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1]?.trim() ?? "";
    if (Number.parseFloat(field("redis_version")) < OLDEST_REDIS)
      throw new AnygradError(
        "UNSUPPORTED",
        `--queue: ${address.shown} is Redis ${field("redis_version")}; BullMQ needs ${OLDEST_REDIS} or newer`,
      );
    const policy = field("maxmemory_policy");
    if (Number(field("maxmemory")) > 0 && policy !== "noeviction" && policy !== "")
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `--queue: the Redis at ${address.shown} forgets keys when it is full (maxmemory-policy ${policy}), and trials with them; redis-cli config set maxmemory-policy noeviction`,
      );
    const [seconds = 0] = await probe.time();
    const ahead = Date.now() - Number(seconds) * 1000;
    if (Math.abs(ahead) > CLOCK_MILLISECONDS)
      terminal.warn(
        `this machine's clock is ${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? "ahead of" : "behind"} the queue's; times that are shown are off, and no result depends on them`,
      );
  } catch (error) {
    if (error instanceof AnygradError) throw error;
    throw connectionError(errors[0] ?? error, address);
  } finally {
    probe.disconnect();
  }
}

/** What a server or the system has said, in our words. */
function connectionError(error: unknown, { shown, password, tls }: QueueAddress): Error {
  const reason = reasonOf(error);
  if (/WRONGPASS|NOAUTH|invalid (username-)?password|without any password/i.test(reason))
    return new AnygradError(
      "INVALID_ARGUMENT",
      password === undefined
        ? `--queue: the Redis at ${shown} wants a password; set ${passwordVariable}, and ${userVariable} where it has users`
        : `--queue: the Redis at ${shown} refuses the password; check ${passwordVariable} and ${userVariable}, or those in the address`,
      { cause: error },
    );
  if (/NOPERM/.test(reason))
    return new AnygradError(
      "INVALID_ARGUMENT",
      `--queue: the user may not do what a queue needs at ${shown}; give it the keys of the prefix and all commands but @dangerous, with info`,
      { cause: error },
    );
  const code = codeOf(error) || reason;
  if (/CERT|SIGNATURE|_TLS_/.test(code))
    return new AnygradError(
      "INVALID_ARGUMENT",
      `--queue: the certificate of ${shown} is not trusted (${code}); name the one of its authority in NODE_EXTRA_CA_CERTS, and the host as the certificate does`,
      { cause: error },
    );
  // one without TLS waits for the end of what it takes for a command
  if (tls && /^ERR_SSL|^EPROTO|^ETIMEDOUT/.test(code))
    return new QueueTrouble(
      `no Redis answers in TLS at ${shown} (${code}); pass redis:// where it has none, or check the address`,
    );
  if (!tls && /closed|ECONNRESET/.test(code))
    return new QueueTrouble(`no Redis answers at ${shown} (${code}); pass rediss:// where it speaks TLS`);
  return new QueueTrouble(
    `no Redis answers at ${shown} (${code}); start one, such as Debian's redis-server, or check the address`,
  );
}

/** What Redis does not take, in our words; errors that are not its own stay as they are. */
export function queueError(error: unknown, { shown }: QueueAddress): Error {
  const reason = reasonOf(error);
  if (/^OOM |command not allowed when used memory/.test(reason))
    return new QueueTrouble(
      `the Redis at ${shown} is full; raise its maxmemory, or anygrad queue clean; the same command goes on`,
    );
  if (error instanceof Error && ["ReplyError", "MaxRetriesPerRequestError"].includes(error.name))
    return new QueueTrouble(`${shown} does not do what a queue needs (${reason}); the same command goes on`);
  return error instanceof Error ? error : new Error(reason);
}
