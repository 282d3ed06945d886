/** What may be wrong with the way to a queue: each is told in a line, and leaves no folder of a sweep that did not begin. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { openQueue } from "../../cli/cluster/connection.ts";
import { queueAddress } from "../../cli/options/machines/queueAddress.ts";
import { anygrad, type Ended, environment, temporaryFolder } from "../cli/anygrad.ts";
import { served } from "../cli/served.ts";
import { trialsOf } from "../cli/sweep.ts";
import { long } from "../long.ts";
import { bundledProgram } from "./bundled.mjs";
import { hasRedis, redisNote, startRedis, type TestRedis } from "./redis.ts";
import { localSweep, silentTerminal, simulatedPlan } from "./simulated.ts";

const folder = temporaryFolder();
const statusOf = (url: string): string[] => ["queue", "status", "--queue", url];
/** In a process of its own, as that has an environment of its own. */
const status = (url: string, env: NodeJS.ProcessEnv): Promise<Ended> => anygrad(statusOf(url), { env });
const tune = ["tune", "mlp-64", "--search", "learning-rate=1e-4..0.1:log", "--limit", "200", "--epochs", "1"];

/** A module that Node loads before the program. */
function preloaded(name: string, text: string): NodeJS.ProcessEnv {
  const file = join(folder, name);
  writeFileSync(file, text);
  return { NODE_OPTIONS: `--import ${pathToFileURL(file)}` };
}

const anHourAhead = preloaded("clock.mjs", "const now = Date.now; Date.now = () => now() + 3_600_000;\n");
const withoutBull = preloaded(
  "bull.mjs",
  `import { register } from "node:module";
const hooks = 'export function resolve(name, at, next) { return next(name === "bullmq" ? "bullmq-that-is-not-there" : name, at); }';
register("data:text/javascript," + encodeURIComponent(hooks));
`,
);

/** @returns the line on stderr, without "anygrad: " */
function lineOf({ code, stdout, stderr }: Ended, wanted = 2): string {
  expect({ code, stdout, lines: stderr.split("\n").length }, stderr).toEqual({
    code: wanted,
    stdout: "",
    lines: 2,
  });
  return stderr.trimEnd().replace("anygrad: ", "");
}

describe("a queue that cannot be used", () => {
  it("without BullMQ asks for it, and leaves no folder", async () => {
    const out = join(folder, "without");
    const ended = await anygrad([...tune, "--queue", "redis://127.0.0.1:1", "--out", out, "--quiet"], {
      env: withoutBull,
    });
    expect(lineOf(ended)).toBe(
      "--queue needs BullMQ, which anygrad does not bring; npm install bullmq ioredis, beside anygrad",
    );
    expect(existsSync(out)).toBe(false);
  });

  it("where nothing listens is told, and leaves no folder", async () => {
    const out = join(folder, "nowhere");
    const ended = await served([...tune, "--queue", "redis://127.0.0.1:1", "--out", out, "--quiet"]);
    expect(lineOf(ended, 1)).toBe(
      "--queue: no Redis answers at redis://127.0.0.1:1 (ECONNREFUSED); start one, such as Debian's redis-server, or check the address",
    );
    expect(existsSync(out)).toBe(false);
  });
});

describe.skipIf(!hasRedis)(`the way to a Redis${redisNote}`, () => {
  it("with a password wants the right one, and tells it to nobody", async () => {
    const redis = await startRedis("--requirepass", "open-sesame");
    try {
      const { url } = redis;
      expect(lineOf(await served(statusOf(url)))).toBe(
        `--queue: the Redis at ${url} wants a password; set ANYGRAD_QUEUE_PASSWORD, and ANYGRAD_QUEUE_USER where it has users`,
      );
      const refused = `--queue: the Redis at ${url} refuses the password; check ANYGRAD_QUEUE_PASSWORD and ANYGRAD_QUEUE_USER, or those in the address`;
      expect(lineOf(await served(statusOf(url.replace("//", "//:open-barley@"))))).toBe(refused);
      const right = await status(url, { ANYGRAD_QUEUE_PASSWORD: "open-sesame" });
      expect(right).toMatchObject({
        code: 0,
        stderr: "",
        stdout: expect.stringMatching(/^trials: 0 waiting/),
      });
    } finally {
      await redis.end();
    }
  });

  it("that forgets keys when it is full is refused", async () => {
    const redis = await startRedis("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
    try {
      expect(lineOf(await served(statusOf(redis.url)))).toBe(
        `--queue: the Redis at ${redis.url} forgets keys when it is full (maxmemory-policy allkeys-lru), and trials with them; redis-cli config set maxmemory-policy noeviction`,
      );
    } finally {
      await redis.end();
    }
  });

  it("whose clock is another is told in a line, and used", async () => {
    const redis = await startRedis();
    try {
      const { code, stdout, stderr } = await status(redis.url, anHourAhead);
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: "trials: 0 waiting, 0 at work, 0 ended and not fetched; workers: none\n",
      });
      expect(stderr).toMatch(
        /^this machine's clock is (3599|3600|3601) s ahead of the queue's; times that are shown are off, and no result depends on them\n$/,
      );
    } finally {
      await redis.end();
    }
  });

  it("with TLS is taken where its certificate is trusted", async () => {
    const { redis, certificate } = await startTls();
    try {
      const url = redis.url;
      const trusted = { NODE_EXTRA_CA_CERTS: certificate };
      expect(await status(url, trusted)).toEqual({
        code: 0,
        stdout: "trials: 0 waiting, 0 at work, 0 ended and not fetched; workers: none\n",
        stderr: "",
      });
      expect(lineOf(await served(statusOf(url)))).toBe(
        `--queue: the certificate of ${url} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT); name the one of its authority in NODE_EXTRA_CA_CERTS, and the host as the certificate does`,
      );
      expect(lineOf(await status(url.replace("localhost", "127.0.0.1"), trusted))).toMatch(
        /^--queue: the certificate of rediss:.* is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
      );
      expect(lineOf(await served(statusOf(url.replace("rediss:", "redis:"))), 1)).toMatch(
        /^--queue: no Redis answers at redis:.* \(.*\); pass rediss:\/\/ where it speaks TLS$/,
      );
    } finally {
      await redis.end();
    }
  }, 120_000);

  long("that has no TLS and is asked for it is told", async () => {
    const redis = await startRedis();
    try {
      const address = queueAddress(redis.url.replace("redis:", "rediss:"));
      await expect(openQueue(address, silentTerminal())).rejects.toThrow(
        /^--queue: no Redis answers in TLS at rediss:.* \(ETIMEDOUT\); pass redis:\/\/ where it has none, or check the address$/,
      );
    } finally {
      await redis.end();
    }
  });

  it("over TLS and with a password, a worker whose clock is off makes the trials of one machine", async () => {
    const { redis, certificate } = await startTls("--requirepass", "open-sesame");
    const program = await bundledProgram();
    const secrets = { NODE_EXTRA_CA_CERTS: certificate, ANYGRAD_QUEUE_PASSWORD: "open-sesame" };
    const start = (words: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
      spawn(process.execPath, [program, ...words], {
        env: { ...environment, ...secrets, ...env },
        stdio: "ignore",
      });
    const hand = start(["worker", redis.url, "2", "10"], anHourAhead);
    try {
      const out = join(folder, "tls");
      const [code] = await once(start(["coordinator", redis.url, out, "asha", "27"]), "exit");
      expect(code).toBe(0);
      expect(trialsOf(out)).toEqual(await localSweep(simulatedPlan("asha", 27), folder));
      for (const name of ["sweep.json", "trials.jsonl", "facts.json"])
        expect(readFileSync(join(out, name), "utf8")).not.toContain("open-sesame");
    } finally {
      hand.kill("SIGKILL");
      await redis.end();
    }
  }, 120_000);
});

/** A Redis that speaks TLS alone, as localhost, with a certificate that it has signed itself. */
async function startTls(...options: readonly string[]): Promise<{ redis: TestRedis; certificate: string }> {
  const made = temporaryFolder();
  const [key, certificate] = [join(made, "key.pem"), join(made, "certificate.pem")];
  const asked = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"];
  const kind = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const { status, stderr } = spawnSync("openssl", [...kind, "-keyout", key, "-out", certificate, ...asked]);
  expect(status, String(stderr)).toBe(0);
  const files = ["--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", certificate];
  const redis = await startRedis(...files, "--tls-auth-clients", "no", ...options);
  return { redis, certificate };
}
