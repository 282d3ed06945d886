/** The program of the worker. Never imported: `spawn` starts it. */
import { hostGlobals, inWebWorker, nodeModule } from "../runtime/capabilities.ts";
import type { Port } from "./messages/link.ts";
import { serveTrainer } from "./trainer.ts";

/** What takes the page's messages: the first says where the files are that the program imports late (scripts/build/plugins/worker-files.mjs). */
function served(port: Port): (message: unknown) => void {
  const receive = serveTrainer(port);
  return (message) => {
    const { files } = message as { files?: Readonly<Record<string, string>> };
    if (files) Object.assign(hostGlobals(), { anygradFiles: files });
    else receive(message);
  };
}

if (inWebWorker()) {
  const scope = hostGlobals();
  // before anything is awaited: later, the first messages would be lost
  const receive = served({ post: (message, moved) => scope.postMessage?.(message, moved) });
  scope.onmessage = ({ data }) => receive(data);
} else void serveNode();

/** In Node and Deno; see spawn.ts. */
async function serveNode(): Promise<void> {
  const { parentPort } = await nodeModule<typeof import("node:worker_threads")>("node:worker_threads");
  const port: Port = { post: (message, moved) => parentPort!.postMessage(message, moved) };
  parentPort!.on("message", served(port));
}
