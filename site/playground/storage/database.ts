/** What survives a reload: the work at hand and the runs that have ended, in the browser's own database (IndexedDB). */
import type { Experiment, RateChange } from "../recipe/experiment.ts";
import type { KeptRun } from "../state/state.ts";
import type { CurveRow, Finished, OwnData } from "../training/messages.ts";

/** The run at hand. */
export interface SavedWork {
  readonly experiment: Experiment;
  readonly own: OwnData | undefined;
  /** The model with the run that it is in. */
  readonly bytes: Uint8Array;
  readonly rows: readonly CurveRow[];
  readonly history: Finished["history"];
  readonly digest: string | undefined;
  readonly rates: readonly RateChange[];
  readonly seconds: number;
}

/** Raised where what is kept has another form: what was kept before is then not taken up. */
const version = 1;
const store = "kept";

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("anygrad-playground", version);
    request.onupgradeneeded = () => {
      const { result } = request;
      for (const name of result.objectStoreNames) result.deleteObjectStore(name);
      result.createObjectStore(store);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function put(key: string, value: unknown): Promise<true | string> {
  try {
    const transaction = (await database()).transaction(store, "readwrite");
    transaction.objectStore(store).put(value, key);
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
    return true;
  } catch (error) {
    return (error as Error | null)?.message || "QuotaExceededError";
  }
}

async function get<Value>(key: string): Promise<Value | undefined> {
  try {
    const request = (await database()).transaction(store).objectStore(store).get(key);
    return await new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result as Value | undefined);
      request.onerror = () => reject(request.error);
    });
  } catch {
    return undefined; // a private window may have no database: nothing was kept then
  }
}

/** @returns true, or why it could not be kept */
export function keepWork(work: SavedWork): Promise<true | string> {
  return put("work", work);
}

export function workIn(): Promise<SavedWork | undefined> {
  return get<SavedWork>("work");
}

export function forgetRun(): Promise<true | string> {
  return put("work", undefined);
}

export function keepRun(runs: readonly KeptRun[]): Promise<true | string> {
  return put("runs", runs);
}

export async function keptIn(): Promise<readonly KeptRun[]> {
  return (await get<readonly KeptRun[]>("runs")) ?? [];
}
