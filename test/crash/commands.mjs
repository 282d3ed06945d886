/** The command line as a process, with and without an injected fault, and what a folder holds in the end. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const fileOf = (path) => fileURLToPath(new URL(path, import.meta.url));
const preload = fileOf("./preload.cjs");
let script = fileOf("../../dist/cli/main.js");

/**
 * Copies the package there and has `anygrad` run that copy: a build meanwhile does no harm. Its rasterizer and the encoder of PNG draw
 * nothing: most of the time of a comparison is spent in pictures, and here their files count alone.
 */
export function copyPackage(folder) {
  cpSync(fileOf("../../dist"), join(folder, "dist"), { recursive: true });
  cpSync(fileOf("../../package.json"), join(folder, "package.json"));
  writeFileSync(
    join(folder, "dist/packages/@resvg/resvg-wasm.js"),
    `export const initWasm = async () => {};
export class Resvg {
  render() { return { asPng: () => new Uint8Array(1000), free() {} }; }
  free() {}
}
`,
  );
  writeFileSync(
    join(folder, "dist/packages/fast-png.js"),
    `export const encode = () => new Uint8Array(1000);
export const decode = () => { throw new Error("here is nothing to decode"); };
`,
  );
  script = join(folder, "dist/cli/main.js");
}

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

/** The digest of the run that has ended in a folder; undefined: none is there, "" one whose run.json is damaged. */
export function finishedDigest(out) {
  if (!existsSync(join(out, "run.json"))) return undefined;
  try {
    return jsonOf(out, "run.json").digest;
  } catch {
    return "";
  }
}

/** Whether a folder holds a checkpoint. */
export function isUnfinished(folder) {
  return (
    existsSync(folder) && readdirSync(folder).some((name) => /^checkpoint-\d.*[.]safetensors$/.test(name))
  );
}
