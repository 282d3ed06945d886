/**
 * Commands that are refused, or that read what others have written, by one process for all of a file: to start one, and to
 * compile what draws reports, takes far longer than their work. When not: for those that train, which may leave something
 * behind in their process, and for what main.ts adds, signals and the end of the process; those are `anygrad`'s.
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Ended, environment } from "./anygrad.ts";

let server: ChildProcess | undefined;
let count = 0;

/** What `anygrad ...args` ends with, as its own process would. */
export function served(args: readonly string[]): Promise<Ended> {
  server ??= started();
  const child = server;
  const id = ++count;
  return new Promise((resolve, reject) => {
    const receive = (message: Ended & { id: number }): void => {
      if (message.id !== id) return;
      stop();
      const { id: _, ...ended } = message;
      resolve(ended);
    };
    const lose = (code: number | null): void => {
      stop();
      server = undefined;
      reject(new Error(`the process of served commands has ended with ${code} at ${args.join(" ")}`));
    };
    const stop = (): void => void child.off("message", receive).off("exit", lose);
    child.on("message", receive).on("exit", lose);
    child.send({ id, args });
  });
}

function started(): ChildProcess {
  const program = fileURLToPath(new URL("./serving.mjs", import.meta.url));
  // it ends when the channel to this process closes
  const child = fork(program, { env: environment, stdio: "ignore", execArgv: [] });
  child.setMaxListeners(0); // one a command that waits
  return child;
}
