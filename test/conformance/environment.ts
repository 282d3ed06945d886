/** The Python environment of a folder with a requirements.txt, such as Keras, TensorFlow to compute with, and ONNX with its node cases. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where it is kept: between checkouts, by what is in it. */
function folder(requirements: string): string {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const name = requirements
    .replaceAll(/#.*|;[^\n]*/g, "")
    .trim()
    .replaceAll(/\s+/g, "_")
    .replaceAll("==", "-");
  return join(cache, "anygrad", `conformance_${name}`);
}

function run(command: string, args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  return status === 0
    ? undefined
    : (error?.message ?? stderr.trim().split("\n").at(-1) ?? `status ${status}`);
}

/** The path of its Python, installed where it is not yet. @returns why not, where it cannot be */
export function environment(source: string): { python: string } | { missing: string } {
  const given = process.env.ANYGRAD_CONFORMANCE_PYTHON;
  if (given) return { python: given };
  const requirements = join(source, "requirements.txt");
  const target = folder(readFileSync(requirements, "utf8"));
  const python = join(target, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const done = join(target, "installed");
  if (existsSync(done)) return { python };
  mkdirSync(target, { recursive: true });
  console.log(`installs what ${requirements} lists into ${target}`);
  const failed =
    run("python3", ["-m", "venv", target]) ??
    run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
  if (failed !== undefined) return { missing: failed };
  writeFileSync(done, "");
  return { python };
}
