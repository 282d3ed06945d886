// npm run bench [-- --quick …] [-- --write]: `anygrad bench` on this checkout. With --write, bench/RESULTS.md is its
// report. Run it with nothing else running.
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { run } from "../dist/bench/program.js";

// the relaxed build, too, where the runtime has it behind a flag
if (process.versions.node.startsWith("20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");

const results = fileURLToPath(new URL("RESULTS.md", import.meta.url));
const args = process.argv.slice(2).flatMap((arg) => (arg === "--write" ? ["--markdown", results] : [arg]));
const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort());
process.exitCode = await run(["bench", ...args], interrupted.signal);
