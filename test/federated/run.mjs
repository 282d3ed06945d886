// npm run test:federated [-- --whole]: federations of real SuperLinks, SuperNodes and nodes of anygrad. Installs Flower and Keras into a folder
// of the cache where they are not yet; without Python, or the packages, it says so and ends well. --whole also trains the same federation by
// clients of Python alone, and by other strategies.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const python = process.env.ANYGRAD_FEDERATED_PYTHON ?? installed();
if (python !== undefined) {
  const whole = process.argv.includes("--whole") ? { ANYGRAD_FEDERATED_WHOLE: "1" } : {};
  const { status } = spawnSync(
    process.execPath,
    [
      ...["node_modules/vitest/vitest.mjs", "run", "--project", "long"],
      ...["test/federated/federation", "test/federated/secure"],
    ],
    {
      cwd: join(folder, "../.."),
      stdio: "inherit",
      env: { ...process.env, ...whole, ANYGRAD_FEDERATED_PYTHON: python },
    },
  );
  process.exitCode = status ?? 1;
}

/** The Python of an environment that has what requirements.txt lists; undefined where it cannot be had, which is told. */
function installed() {
  const requirements = join(folder, "requirements.txt");
  const packages = readFileSync(requirements, "utf8").match(/^\w+==\S+/gm);
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const target = join(cache, "anygrad", `federated_${packages.join("_").replaceAll("==", "-")}`);
  const found = join(target, "bin/python");
  if (existsSync(join(target, "installed"))) return found;
  mkdirSync(target, { recursive: true });
  console.log(`installs ${packages.join(", ")} into ${target}`);
  for (const [command, ...args] of [
    ["python3", "-m", "venv", target],
    [found, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements],
  ]) {
    const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
    if (status === 0) continue;
    console.log(
      `federated: skipped, Flower cannot be had: ${error?.message ?? stderr.trim().split("\n").at(-1)}`,
    );
    return undefined;
  }
  writeFileSync(join(target, "installed"), "");
  return found;
}
