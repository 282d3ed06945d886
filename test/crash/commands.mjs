/** The command line as a process, with and without an injected fault, and what a folder holds in the end. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const preload = fileURLToPath(new URL("./preload.cjs", import.meta.url));

/**
 * Runs `anygrad ...args`.
 *
 * @param fault what preload.cjs is told; undefined: nothing is injected
 * @param killAfter milliseconds after which the process is killed
 */
export function anygrad(args, { fault, killAfter, cwd } = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: "/dev/null/nowhere",
      NO_COLOR: "1",
      ...(fault && { ANYGRAD_CRASH: JSON.stringify(fault), NODE_OPTIONS: `--require ${preload}` }),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
  return new Promise((resolve) => {
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, stdout, stderr });
    });
  });
}

/** What is left over of dead processes in a folder and below it. */
export function leftovers(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true }).filter((name) =>
    /[.]partial$|[.]lock$|[.]anygrad-/.test(name),
  );
}

export function jsonOf(...path) {
  return JSON.parse(readFileSync(join(...path), "utf8"));
}

/** Whether a folder holds a checkpoint. */
export function isUnfinished(folder) {
  return (
    existsSync(folder) && readdirSync(folder).some((name) => /^checkpoint-\d.*[.]safetensors$/.test(name))
  );
}
