// Trains presets by the command line and fails under their target accuracy.
// Usage: node scripts/check-accuracy.mjs digits|real     (real needs ANYGRAD_DATA)
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const main = join(dirname(fileURLToPath(import.meta.url)), "../dist/cli/main.js");
const targets = {
  digits: [[[], 0.97]],
  real: [
    [["mlp-128-64", "--dataset", "mnist", "--epochs", "3"], 0.96],
    [["cnn-32-32", "--dataset", "mnist", "--epochs", "1"], 0.975],
    [["cnn-32-32", "--dataset", "fashion-mnist", "--epochs", "1"], 0.84],
    [["cnn-32-32", "--dataset", "fashion-mnist", "--epochs", "5"], 0.885],
  ],
}[process.argv[2]];
if (!targets) {
  console.error("usage: node scripts/check-accuracy.mjs digits|real");
  process.exit(2);
}
for (const [options, wanted] of targets) {
  const { status, stdout } = spawnSync(
    process.execPath,
    [main, "train", ...options, "--seed", "1", "--json", "--quiet"],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 26 },
  );
  const { test, seconds, stepMilliseconds, digest } = status === 0 ? JSON.parse(stdout) : { test: {} };
  const reached = test.accuracy >= wanted;
  if (!reached) process.exitCode = 1;
  console.log(
    `${reached ? "ok    " : "FAILED"} ${["train", ...options].join(" ")}: accuracy ${test.accuracy?.toFixed(4)} (wanted ${wanted}), ${seconds?.toFixed(1)} s, ${stepMilliseconds?.toFixed(1)} ms a step, digest ${digest?.slice(0, 12)}`,
  );
}
