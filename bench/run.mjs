// npm run bench [-- --quick …] [-- --write]: `anygrad bench` on this checkout. With --write, bench/RESULTS.md is its report, with a column
// for each release behind it (history/). Run it with nothing else running.
import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";

const here = fileURLToPath(import.meta.url);
const results = fileURLToPath(new URL("RESULTS.md", import.meta.url));
const args = process.argv.slice(2);
process.exitCode = args.includes("--write") ? await write() : await measure();

async function measure() {
  // the relaxed build, too, where the runtime has it behind a flag
  if (process.versions.node.startsWith("20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");
  const { run } = await import("../dist/bench/program.js");
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());
  return run(["bench", ...args], interrupted.signal);
}

/** Measures in a process of its own, whose JSON goes into the history. */
async function write() {
  const given = args.filter((arg) => arg !== "--write");
  const child = spawn(process.execPath, [here, ...given, "--json", "--markdown", results], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) return code ?? 1;
  const { historyWith } = await import("./history/history.mjs");
  appendFileSync(results, historyWith(JSON.parse(output)));
  return 0;
}
