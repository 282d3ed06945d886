/** A runtime that serves: its process, the end of what it printed, and its end. */
import { spawn } from "node:child_process";
import { once } from "node:events";

/** @param channels pipes beside stdin, stdout and stderr */
export function serve(command, options, { cwd, env = process.env, channels = 0 }) {
  const child = spawn(command, options, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe", ...Array(channels).fill("pipe")],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => {
      printed = (printed + text).slice(-4000);
    });
  return {
    child,
    printed: () => printed,
    async kill() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}
