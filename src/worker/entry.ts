/** The program of the worker. Never imported: `spawn` starts it. */
import type { Port } from "./link.ts";
import { serveTrainer } from "./trainer.ts";

interface Scope {
  Deno?: unknown;
  postMessage?(message: unknown, moved: ArrayBuffer[]): void;
  onmessage?: ((event: { data: unknown }) => void) | null;
}

const scope: Scope = globalThis as object;
if (scope.postMessage && !scope.Deno) {
  // in this very turn: later, the first messages would be lost
  const receive = serveTrainer({ post: (message, moved) => scope.postMessage?.(message, moved) });
  scope.onmessage = ({ data }) => receive(data);
} else void serveNode();

/** In Node and Deno; see spawn.ts. */
async function serveNode(): Promise<void> {
  const name = "node:worker_threads"; // a variable, so that bundlers leave it alone
  const { parentPort }: typeof import("node:worker_threads") = await import(
    /* @vite-ignore */ /* webpackIgnore: true */ name
  );
  const port: Port = { post: (message, moved) => parentPort!.postMessage(message, moved) };
  parentPort!.on("message", serveTrainer(port));
}
