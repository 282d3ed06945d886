/**
 * Starts worker threads whose program is a text, so that no bundler or server has to know a file.
 * When not: the worker of a whole training imports modules, so it is a file; see src/worker/spawn.ts.
 */
import { canShareMemory, hostGlobals, kernelWorkers } from "./capabilities.ts";
import type { StartThread } from "./thread.ts";

/** How threads are started in this runtime; undefined where it has no threads, or no memory that they could share. */
export async function findStartThread(): Promise<StartThread | undefined> {
  if (!canShareMemory()) return undefined;
  switch (kernelWorkers()) {
    case "node":
      return (await import("./nodeThreads.ts")).findNodeThreads(); // late: a page has none
    case "web":
      return startOnWeb(hostGlobals().Worker!);
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
