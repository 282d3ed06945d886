#!/usr/bin/env node
/** The executable: arguments in, exit code out. The first Ctrl-C stops the work tidily, a second one at once. */
import { run } from "./program.ts";

const controller = new AbortController();
process.once("SIGINT", () => controller.abort());
process.once("SIGTERM", () => controller.abort());
process.exitCode = await run(process.argv.slice(2), controller.signal);
