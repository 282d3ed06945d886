/**
 * Loaded before the program (`node --require`): puts the fault of ANYGRAD_CRASH into its file system. The variable is JSON, what faults.cjs
 * says, and besides
 * - who: "parent" or "child" of compare and tune; "any".
 * - counts: a file that gets a line of what each operation was.
 */
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
const { injectFaults } = require("./faults.cjs");

const plan = process.env.ANYGRAD_CRASH && JSON.parse(process.env.ANYGRAD_CRASH);
const role = process.env.ANYGRAD_PARENT === undefined ? "parent" : "child";
if (plan && (plan.who === "any" || plan.who === role)) {
  const append = fs.appendFileSync;
  const die = () => {
    process.kill(process.pid, "SIGKILL");
    for (;;); // the signal is on its way
  };
  const kinds = injectFaults(fs, plan, die, process.pid);
  syncBuiltinESMExports();
  process.on("exit", () => {
    if (plan.counts) append(plan.counts, `${kinds().join(" ")}\n`);
  });
}
