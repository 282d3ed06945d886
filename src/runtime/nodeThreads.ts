/** Threads of node:worker_threads, in Node, Deno and Bun. */
import { reasonOf } from "../errors.ts";
import { hostGlobals, isNodeLike, nodeModule } from "./capabilities.ts";
import type { StartThread } from "./thread.ts";

/**
 * A worker's first line: it opens a file that says nothing, and tells its number. Node closes the files of a worker that ends,
 * so who finds no file of this number knows of the end without an event.
 */
const openLifeline =
  'try { require("node:worker_threads").workerData.lifeline[0] = require("node:fs").openSync(require("node:os").devNull); } catch {}';

/** How threads are started; undefined where there are none. */
export async function findNodeThreads(): Promise<StartThread | undefined> {
  try {
    const { Worker } = await nodeModule<typeof import("node:worker_threads")>("node:worker_threads");
    const { fstatSync } = await nodeModule<typeof import("node:fs")>("node:fs");
    const isOpen = (file: number): boolean => {
      try {
        return Boolean(fstatSync(file));
      } catch {
        return false;
      }
    };
    return ({ node }, data, lose) => {
      const lifeline = new Int32Array(new SharedArrayBuffer(4)).fill(-1);
      const worker = new Worker(`${workersShareFiles() ? openLifeline : ""}${node}`, {
        eval: true,
        workerData: { ...(data as object), lifeline },
        execArgv: [], // without those of the process: --input-type=module would make the program a module, which has no `require`
      });
      worker.unref(); // training that has ended does not keep the process alive
      worker.on("error", (error) => lose(reasonOf(error)));
      worker.on("exit", (code) => lose(`exit code ${code}`));
      return {
        terminate: () => void worker.terminate(),
        ended: () => lifeline[0]! >= 0 && !isOpen(lifeline[0]!),
      };
    };
  } catch {
    return undefined;
  }
}

/** Whether a file that a worker of node:worker_threads opens has its number here too, until the worker ends: in Node alone. */
function workersShareFiles(): boolean {
  const { Bun, Deno } = hostGlobals();
  return isNodeLike() && !Bun && !Deno;
}
