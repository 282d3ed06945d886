/**
 * Starts the worker that entry.ts runs in: a Web Worker in browsers and Bun, a thread of node:worker_threads in Node and
 * Deno. The only file of this folder that starts workers.
 */
// biome-ignore-all lint/style/noRestrictedGlobals: bundlers find the worker's program where `new Worker` and its URL stand in one piece
import { AnygradError, reasonOf } from "../errors.ts";
import { hostGlobals, nodeModule, trainingWorker } from "../runtime/capabilities.ts";
import type { Port } from "./messages/link.ts";

export interface Spawned extends Port {
  terminate(): void;
}

export interface Listener {
  receive(message: unknown): void;
  /** The worker has ended by itself, or never started. */
  lose(reason: string): void;
}

/** @throws AnygradError UNSUPPORTED where there are no workers */
export async function spawn(listener: Listener): Promise<Spawned> {
  try {
    switch (trainingWorker()) {
      case "web":
        return spawnOnWeb(listener);
      case "node":
        return await spawnInNode(listener);
    }
  } catch (cause) {
    throw unsupported(cause);
  }
  throw unsupported();
}

function unsupported(cause?: unknown): AnygradError {
  const reason = cause instanceof Error ? ` (${cause.message})` : "";
  return new AnygradError(
    "UNSUPPORTED",
    `inWorker: this runtime starts no workers${reason}; train here by net.fit, or a step at a time by net.train`,
    { cause },
  );
}

function spawnOnWeb({ receive, lose }: Listener): Spawned {
  const worker = webWorker();
  worker.onmessage = ({ data }) => receive(data);
  worker.onmessageerror = () => lose("a message could not be read");
  worker.onerror = (event) => {
    event.preventDefault?.(); // it is told to whoever waits
    lose(
      event.message ||
        "its program could not be loaded; the console names the cause, such as a Content-Security-Policy without worker-src 'self'",
    );
  };
  return { ...keeping(worker), post: (message, moved) => worker.postMessage(message, moved) };
}

function webWorker(): Worker {
  try {
    // written in one piece: this is the form that bundlers follow
    return new Worker(new URL("./entry.js", import.meta.url), { type: "module", name: "anygrad" });
  } catch (error) {
    // Worker programs must come from the page's origin; a module that a blob imports need not.
    const { origin } = hostGlobals().location ?? {};
    const entry = entryUrl();
    if (!origin || entry.origin === origin) throw error;
    const url = URL.createObjectURL(new Blob([importing(entry.href)], { type: "text/javascript" }));
    return new Worker(url, { name: "anygrad" });
  }
}

/**
 * The program of a worker that imports another. It is no module: a page opened from a file has no origin, and may start no module from a blob. What comes
 * before the import is done waits for it, and what becomes of it is told, which a rejected promise would not be.
 */
function importing(href: string): string {
  return `const early = [];
onmessage = (event) => early.push(event);
import(${JSON.stringify(href)}).then(
  () => early.forEach((event) => onmessage(event)),
  (error) => setTimeout(() => { throw error; }),
);`;
}

/** In two steps, so that bundlers do not take it for a file to copy. */
function entryUrl(): URL {
  const here = import.meta.url;
  return new URL("./entry.js", here);
}

async function spawnInNode({ receive, lose }: Listener): Promise<Spawned> {
  const threads = await nodeModule<typeof import("node:worker_threads")>("node:worker_threads");
  // Options of the process are inherited where none are given; a list is checked, and names such as --expose-gc refused. --input-type
  // speaks of the main program and is refused in a worker that has a file.
  const saysInput = hostGlobals().process?.execArgv.some((argument) => argument.startsWith("--input-type"));
  const worker = new threads.Worker(entryUrl(), saysInput ? { execArgv: [] } : {});
  worker.on("message", receive);
  worker.on("messageerror", () => lose("a message could not be read"));
  worker.on("error", (error) => lose(reasonOf(error)));
  worker.on("exit", (code) => lose(`exit code ${code}`));
  return { ...keeping(worker), post: (message, moved) => worker.postMessage(message, moved) };
}

/** An idle worker does not keep a process alive, one at work does. */
function keeping(worker: { ref?(): void; unref?(): void; terminate(): unknown }): Omit<Spawned, "post"> {
  worker.unref?.();
  return {
    busy: (isBusy) => (isBusy ? worker.ref?.() : worker.unref?.()),
    terminate: () => void worker.terminate(),
  };
}
