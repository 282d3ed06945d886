// program.ts as a file that Node runs, beside the package's own so that it finds its packages; and a Redis for it.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { loopback } from "./hosts.mjs";

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

/** A Redis with its log of commands (AOF) in a temporary folder. @param host see hosts.mjs */
export async function startRedis(port, { address, within } = loopback) {
  const folder = mkdtempSync(join(tmpdir(), "anygrad-redis-"));
  const files = ["--dir", folder, "--appendonly", "yes", "--save", ""];
  const open = address === loopback.address ? [] : ["--protected-mode", "no"]; // a network of its own
  const redis = { server: undefined, url: `redis://${address}:${port}`, folder };
  redis.start = async () => {
    const words = ["redis-server", "--port", port, "--bind", address, ...open, ...files];
    redis.server = spawned([...within, ...words], "ignore");
    while (redis.command("ping") !== "PONG") await pause(20);
  };
  redis.command = (...given) => {
    const [program, ...words] = [...within, "redis-cli", "-h", address, "-p", String(port), ...given];
    return spawnSync(program, words, { encoding: "utf8" }).stdout.trim();
  };
  redis.kill = () => killed(redis.server);
  await redis.start();
  return redis;
}

/** Starts the program on a host of hosts.mjs. */
export function started({ within }, program, ...args) {
  return spawned([...within, process.execPath, "--expose-gc", program, ...args], "inherit");
}

function spawned(words, stderr) {
  const [program, ...rest] = words.map(String);
  return spawn(program, rest, { stdio: ["ignore", "ignore", stderr] });
}

/** Ends a process at once. */
export async function killed(child, signal = "SIGKILL") {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}
