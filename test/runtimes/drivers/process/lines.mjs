/** Talks to a child process that answers a line of JSON with a line of JSON (hosts/lines.mjs). */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** @returns `ask` and `close`; closing fails where the process does not end by itself within ten seconds */
export function talkTo(command, options, cwd) {
  const child = spawn(command, options, { cwd, stdio: ["pipe", "pipe", "pipe"] });
  let printed = "";
  child.stderr.on("data", (text) => {
    printed = (printed + text).slice(-4000);
  });
  const waiting = [];
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const first = waiting.shift();
    try {
      first?.resolve(JSON.parse(line));
    } catch (error) {
      first?.reject(error);
    }
  });
  ended.then((code) => {
    for (const { reject } of waiting) reject(new Error(`the process ended (${code}): ${printed}`));
  });
  return {
    ask: (plan) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(`${JSON.stringify(plan)}\n`, (error) => error && reject(error));
      }),
    async close() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
      const code = await ended;
      clearTimeout(timer);
      if (code !== 0)
        throw new Error(`the process did not end by itself when its work was done (${code}): ${printed}`);
    },
    kill: () => child.kill("SIGKILL"),
  };
}
