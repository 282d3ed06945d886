// Gets the peers onto this machine: npm packages into bench/peers/node_modules, Python's into virtual environments in the
// user's cache folder, PyTorch 1 from Debian where this runs as root. Each function returns at once when the thing is there, and
// throws the reason in one line when it cannot be had.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "anygrad-peers");

/** Installs what package-lock.json names, when it is newer than what is installed. */
export function npmPackages({ install }) {
  const installed = join(folder, "node_modules/.package-lock.json");
  const modified = (file) => statSync(file).mtimeMs;
  if (existsSync(installed) && modified(installed) >= modified(join(folder, "package-lock.json"))) return;
  if (!install) throw new Error("bench/peers/node_modules is not installed; leave out --no-install");
  // --prefix: under `npm run` the environment names the package above.
  run("npm", ["ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
}

/** @returns a Python that has torch: Debian's, or the one on the path */
export function pythonWithTorch({ install }) {
  const candidates = ["/usr/bin/python3", "python3"];
  const found = () => candidates.find((python) => succeeds(python, ["-c", "import torch"]));
  const python = found();
  if (python) return python;
  const packages = ["python3-torch", "libopenblas0-pthread"];
  if (!install || process.getuid?.() !== 0 || !succeeds("apt-get", ["--version"]))
    throw new Error(`no Python here imports torch; on Debian: apt-get install ${packages.join(" ")}`);
  run("apt-get", ["-o", "DPkg::Lock::Timeout=240", "install", "-y", "--no-install-recommends", ...packages]);
  const now = found();
  if (!now) throw new Error("python3-torch is installed, but no Python here imports torch");
  return now;
}

/** @returns the Python of a virtual environment that has tensorflow */
export const pythonWithTensorFlow = environmentOf("tensorflow", "tensorflow", ["tensorflow-cpu"]);
/** @returns the Python of a virtual environment that has jax and keras */
export const pythonWithJax = environmentOf("jax", "jax", ["jax", "keras"]);
/** @returns the Python of a virtual environment that has PyPI's torch: 3 GB, since it brings CUDA */
export const pythonWithTorch2 = environmentOf("pytorch", "torch", ["torch", "numpy"]);

/** @param module which tells whether the packages are there */
function environmentOf(name, module, packages) {
  return ({ install }) => {
    const environment = join(cache, name);
    const python = join(environment, "bin/python");
    const has = () =>
      succeeds(python, ["-c", `import importlib.util as u; assert u.find_spec(${JSON.stringify(module)})`]);
    if (has()) return python;
    const wanted = packages.join(" ");
    if (!install) throw new Error(`${wanted} is not installed in ${environment}; leave out --no-install`);
    run("python3", ["-m", "venv", environment]);
    run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages]);
    if (!has()) throw new Error(`pip installed ${wanted} into ${environment}, but it cannot be found there`);
    return python;
  };
}

function succeeds(command, parameters) {
  return spawnSync(command, parameters, { stdio: "ignore" }).status === 0;
}

/** Its output goes to stderr as it comes; its last line is the reason when it fails. */
function run(command, parameters, options = {}) {
  console.error(`bench:peers: ${command} ${parameters.join(" ")}`);
  const { status, error, stdout, stderr } = spawnSync(command, parameters, { encoding: "utf8", ...options });
  if (status === 0) return;
  const lines = `${stdout ?? ""}\n${stderr ?? ""}`.trim().split("\n");
  const reason = lines.findLast((line) => /error|E:/i.test(line)) ?? lines.at(-1);
  throw new Error(error?.message ?? `${command} ${parameters[0]} ended with ${status}: ${reason}`);
}
