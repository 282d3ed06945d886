/** A Redis of a test's own: Debian's `redis-server` on a port of loopback, with its files in a temporary folder, ended by its process. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { temporaryFolder } from "../cli/anygrad.ts";

/** Whether there is a redis-server: else the tests that need one are skipped, by this name. */
export const hasRedis: boolean = spawnSync("redis-server", ["--version"]).status === 0;
export const redisNote: string = hasRedis
  ? ""
  : " (skipped: redis-server is missing; apt-get install redis-server)";

export interface TestRedis {
  /** Address for `--queue`. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Kills it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with what its log of commands (AOF) holds. */
  start(): Promise<void>;
  /** A command by redis-cli. */
  command(...words: readonly string[]): string;
  end(): Promise<void>;
}

/** @param options of redis-server, such as `--requirepass x`; with a certificate it speaks TLS alone, as localhost */
export async function startRedis(...options: readonly string[]): Promise<TestRedis> {
  const folder = temporaryFolder();
  const port = await freePort();
  const isTls = options.includes("--tls-cert-file");
  const ports = isTls ? ["--port", "0", "--tls-port", String(port)] : ["--port", String(port)];
  let server: ChildProcess;
  const start = async (): Promise<void> => {
    const files = ["--dir", folder, "--appendonly", "yes", "--save", ""];
    server = spawn("redis-server", [...ports, "--bind", "127.0.0.1", ...files, ...options], {
      stdio: "ignore",
    });
    while (!/PONG|NOAUTH/.test(command("ping"))) await pause(20);
  };
  const command = (...words: readonly string[]): string =>
    spawnSync("redis-cli", [...(isTls ? ["--tls", "--insecure"] : []), "-p", String(port), ...words], {
      encoding: "utf8",
    }).stdout.trim();
  const kill = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill("SIGKILL");
    await ended;
  };
  await start();
  return {
    url: isTls ? `rediss://localhost:${port}` : `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return server.pid!;
    },
    kill,
    start,
    command,
    end: kill,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
