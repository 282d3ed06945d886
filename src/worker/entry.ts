/** The program of the worker. Never imported: `spawn` starts it. */
import { hostGlobals, inWebWorker, nodeModule } from "../runtime/capabilities.ts";
import type { Port } from "./messages/link.ts";
import { serveTrainer } from "./trainer.ts";

if (inWebWorker()) {
  const scope = hostGlobals();
  // before anything is awaited: later, the first messages would be lost
  const receive = serveTrainer({ post: (message, moved) => scope.postMessage?.(message, moved) });
  scope.onmessage = ({ data }) => receive(data);
} else void serveNode();

/** In Node and Deno; see spawn.ts. */
async function serveNode(): Promise<void> {
  const { parentPort } = await nodeModule<typeof import("node:worker_threads")>("node:worker_threads");
  const port: Port = { post: (message, moved) => parentPort!.postMessage(message, moved) };
  parentPort!.on("message", serveTrainer(port));
}
