#!/usr/bin/env node
/** The executable: arguments in, exit code out. The first Ctrl-C stops the work tidily, the second one at once. */
import { stopWithParent } from "./process/parentLink.ts";
import { run } from "./program.ts";

const controller = new AbortController();
// `on`, not `once`: log-update's exit hook ends the process if it finds itself the only listener
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  });
stopWithParent(controller);
// `anygrad … | head`: who reads has had enough
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});
process.exitCode = await run(process.argv.slice(2), controller.signal);
