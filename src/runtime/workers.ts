/**
 * Starts worker threads whose program is a text, so that no bundler or server has to know a file.
 * When not: the worker of a whole training imports modules, so it is a file; see src/worker/spawn.ts.
 */
import { reasonOf } from "../errors.ts";
import { canShareMemory, hostGlobals, kernelWorkers, nodeModule } from "./capabilities.ts";

/** One program, written for both kinds of workers. */
export interface WorkerProgram {
  /** For node:worker_threads: CommonJS, with its data in `workerData`. */
  readonly node: string;
  /** For Web Workers: its data come as the first message. */
  readonly web: string;
}

/** A worker thread that runs. */
export interface Thread {
  /** Ends it at once. */
  terminate(): void;
}

/** Starts a worker with a program and its data. `lose` is called with the reason when it ends by itself. */
export type StartThread = (program: WorkerProgram, data: unknown, lose: (reason: string) => void) => Thread;

/** How threads are started in this runtime; undefined where it has no threads, or no memory that they could share. */
export async function findStartThread(): Promise<StartThread | undefined> {
  if (!canShareMemory()) return undefined;
  switch (kernelWorkers()) {
    case "node":
      return startInNode();
    case "web":
      return startOnWeb(hostGlobals().Worker!);
  }
}

async function startInNode(): Promise<StartThread | undefined> {
  try {
    const { Worker: NodeWorker } =
      await nodeModule<typeof import("node:worker_threads")>("node:worker_threads");
    return ({ node }, workerData, lose) => {
      // without the arguments of the process: --input-type=module would make the program a module, which has no `require`
      const worker = new NodeWorker(node, { eval: true, workerData, execArgv: [] });
      worker.unref(); // training that has ended does not keep the process alive
      worker.on("error", (error) => lose(reasonOf(error)));
      worker.on("exit", (code) => lose(`exit code ${code}`));
      return { terminate: () => void worker.terminate() };
    };
  } catch {
    return undefined;
  }
}

function startOnWeb(WebWorker: typeof Worker): StartThread {
  return ({ web }, data, lose) => {
    const url = URL.createObjectURL(new Blob([web], { type: "text/javascript" }));
    const worker = new WebWorker(url);
    worker.onerror = (event) => lose(event.message || "it could not be started");
    worker.postMessage(data);
    return {
      terminate() {
        worker.terminate();
        URL.revokeObjectURL(url);
      },
    };
  };
}
