// program.ts as a file that Node runs, beside the package's own so that it finds its packages; and a Redis for it.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** @returns the path of the program */
export async function bundledProgram() {
  const folder = join(root, "dist/bench/cluster");
  mkdirSync(folder, { recursive: true });
  const input = join(root, "test/cluster/program.ts");
  const bundle = await rolldown({
    input,
    platform: "node",
    external: [/^[^./]/, /node_modules/],
    logLevel: "silent",
  });
  await bundle.write({ file: join(folder, "program.mjs"), format: "esm", codeSplitting: false });
  await bundle.close();
  return join(folder, "program.mjs");
}

export function hasRedis() {
  return spawnSync("redis-server", ["--version"]).status === 0;
}

/** A Redis with its log of commands (AOF) in a temporary folder. */
export async function startRedis(port, ...options) {
  const folder = mkdtempSync(join(tmpdir(), "anygrad-redis-"));
  const files = ["--dir", folder, "--appendonly", "yes", "--save", "", ...options];
  const redis = { server: undefined, port, folder };
  redis.start = async () => {
    redis.server = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", ...files], {
      stdio: "ignore",
    });
    while (redis.command("ping") !== "PONG") await pause(20);
  };
  redis.command = (...words) =>
    spawnSync("redis-cli", ["-p", String(port), ...words], { encoding: "utf8" }).stdout.trim();
  redis.kill = () => killed(redis.server);
  await redis.start();
  return redis;
}

export function started(program, ...args) {
  return spawn(process.execPath, ["--expose-gc", program, ...args.map(String)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** Ends a process at once. */
export async function killed(child, signal = "SIGKILL") {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}
