/**
 * The lock of a folder: one process at a time works in it. A file that names its process, so that whoever comes next can see
 * whether that one is still alive: a crash, a kill or a power cut needs no clearing up.
 *
 * Whether a process of another machine lives, on a folder that both see, nobody here can tell: its lock is believed until it is removed.
 */
import { readFileSync, rmSync } from "node:fs";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { AnygradError, codeOf } from "../../src/errors.ts";
import { partialOf } from "../../src/runtime/wholeFiles.ts";

export const lockName = ".anygrad.lock";
/** What the name of a lock's own lock ends with, while the lock of a dead process is removed. */
const takingAway = ".dead";

/** Whether a file is a lock, or belongs to one. */
export function isLockName(name: string): boolean {
  return name === lockName || name === lockName + takingAway;
}

/** Whether nobody who lives holds the lock in a file. */
export async function isDeadLock(path: string): Promise<boolean> {
  if (held.has(path)) return false;
  const holder = holderOf(await readFile(path, "utf8").catch(() => ""));
  return !holder || !isAlive(holder);
}

export interface FolderLock {
  release(): Promise<void>;
}

/** Who holds a lock. */
interface Holder {
  readonly host: string;
  readonly pid: number;
  /** When the process was born and in which life of the machine; "" where the system does not tell. */
  readonly birth: string;
}

/** Locks that this process holds, by path: a process does not wait for itself. */
const held = new Map<string, number>();

/**
 * @param folder must be there
 * @param name the folder as the user named it
 * @param subject what named it, for messages
 * @param waitMilliseconds how long a process that still holds it is waited for. Default 0.
 * @throws AnygradError OUTPUT where another process works in it; what the file system throws where nothing can be written
 */
export async function lockFolder(
  folder: string,
  name: string,
  subject: string,
  waitMilliseconds = 0,
): Promise<FolderLock> {
  const path = join(folder, lockName);
  const end = performance.now() + waitMilliseconds;
  if (!held.has(path)) {
    for (;;) {
      const holder = await tryLock(path);
      if (!holder) break;
      if (performance.now() >= end) throw inUse(name, subject, holder);
      await pause(100);
    }
  }
  if (held.size === 0) process.on("exit", releaseAll);
  held.set(path, (held.get(path) ?? 0) + 1);
  let released = false;
  return {
    async release() {
      if (released) return;
      released = true;
      const others = held.get(path)! - 1;
      if (others > 0) held.set(path, others);
      else {
        held.delete(path);
        if (held.size === 0) process.off("exit", releaseAll);
        await rm(path, { force: true }).catch(() => {}); // who comes next sees that we are gone
      }
    },
  };
}

/** Where the process is ended in the middle, by a second Ctrl-C or a reader that has had enough. */
function releaseAll(): void {
  for (const path of held.keys())
    try {
      rmSync(path, { force: true });
    } catch {
      // who comes next sees that we are gone
    }
}

/** @returns who holds it; undefined: it is ours now */
async function tryLock(path: string): Promise<Holder | undefined> {
  const own = partialOf(path);
  const text = JSON.stringify(ownHolder());
  try {
    await writeFile(own, text, { flag: "wx" });
    for (;;) {
      if (await place(own, text, path)) return undefined;
      const found = await readFile(path, "utf8").catch(() => undefined);
      if (found === undefined) continue; // it was released just now
      const holder = holderOf(found);
      if (holder && isAlive(holder)) return holder;
      const other = await takeAway(path, found);
      if (other) return other;
    }
  } finally {
    await rm(own, { force: true }).catch(() => {});
  }
}

/** Gives the lock its name, whole, where there is none. */
async function place(own: string, text: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
  }
  try {
    await writeFile(path, text, { flag: "wx" }); // file systems without links
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * Removes the lock of a dead process. Who does so holds a lock of its own: of several that have seen the same dead one, the slower would
 * remove what the quicker has set in its place.
 * @returns who is at it already
 */
async function takeAway(path: string, dead: string): Promise<Holder | undefined> {
  const guard = path + takingAway;
  const other = await tryLock(guard);
  if (other) return other;
  if ((await readFile(path, "utf8").catch(() => undefined)) === dead) await rm(path, { force: true });
  await rm(guard, { force: true });
}

function holderOf(text: string): Holder | undefined {
  try {
    const { host, pid, birth } = JSON.parse(text) as Partial<Holder>;
    if (typeof host === "string" && Number.isSafeInteger(pid) && typeof birth === "string")
      return { host, pid: pid!, birth };
  } catch {
    // a power cut may leave it empty
  }
  return undefined;
}

function ownHolder(): Holder {
  return { host: hostname(), pid: process.pid, birth: birthOf(process.pid) ?? "" };
}

function isAlive({ host, pid, birth }: Holder): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid && birth === "") return false; // ours are known by `held`
  if (!isRunning(pid)) return false;
  // the number may have gone to another process
  return birth === "" || (birthOf(pid) ?? birth) === birth;
}

/** Whether there is a process of this number. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH"; // one of another user may not be asked
  }
}

/** The life of the machine and the tick of the process's start, on Linux; a process that is dead but not yet waited for has none. */
function birthOf(pid: number): string | undefined {
  try {
    const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    if (state === "Z" || state === "X") return "over";
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${fields[18]}`;
  } catch {
    return undefined;
  }
}

function inUse(folder: string, subject: string, { host, pid }: Holder): AnygradError {
  const elsewhere = host !== hostname();
  return new AnygradError(
    "OUTPUT",
    `${subject}: ${folder} is in use by process ${pid}${elsewhere ? ` on ${host}` : ""}; wait for its end, or pass another folder${elsewhere ? `; if it is gone, remove ${join(folder, lockName)}` : ""}`,
    { cause: Object.assign(new Error("in use"), { code: "EBUSY" }) },
  );
}
