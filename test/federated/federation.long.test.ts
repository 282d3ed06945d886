/**
 * Federations of real SuperLinks of Flower with nodes of anygrad, and of Keras in Flower's own SuperNodes. `npm run test:federated` brings
 * Python's packages; with --whole the same federation is trained by Keras alone, too, and by other strategies.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../cli/anygrad.ts";
import { clientFolders, hasFashion, judged, writeNetwork } from "./fashion.ts";
import { Federation, python, type Security } from "./federation.ts";

const missing =
  python === undefined
    ? "skipped: npm run test:federated brings Flower for Python"
    : hasFashion
      ? undefined
      : "skipped: ANYGRAD_DATA names no folder with fashion-mnist";
const isWhole = process.env.ANYGRAD_FEDERATED_WHOLE === "1";
const patience = 1_800_000; // each message starts a process of Python that imports Keras

/**
 * All examples at once, so that no order of batches tells a client of Keras from one of anygrad, and a rate at which the loss falls
 * steadily: at 0.2 it jumps from step to step, and rounding grew within three rounds to 0.013 of accuracy.
 */
const settings = {
  nodes: 4,
  rounds: 3,
  epochs: 20,
  "batch-size": 100_000,
  "learning-rate": 0.05,
  "fraction-evaluate": 0,
};

let federation: Federation | undefined;
afterEach(async () => {
  await federation?.end();
  federation = undefined;
});

/** As a person would train: all examples in batches of 32, at the rate that Keras's SGD has unless told. */
const usual = { ...settings, rounds: 5, epochs: 1, "batch-size": 32, "learning-rate": 0.01 };

/** @param count examples of each client */
async function begun({
  security,
  count = 1500,
}: {
  security?: Security;
  count?: number;
} = {}): Promise<{ federation: Federation; folders: string[]; first: string }> {
  const folder = temporaryFolder();
  await writeNetwork(folder);
  const folders = clientFolders(folder, count);
  federation = new Federation(folder, security);
  await federation.start();
  return { federation, folders, first: join(folder, "first.npz") };
}

describe.skipIf(missing !== undefined)(`federations of Flower${missing ? ` (${missing})` : ""}`, () => {
  it(
    "clients of anygrad and of Keras train one model, each on other classes",
    async () => {
      const { federation, folders, first } = await begun();
      federation.anygradNode("anygrad-0", { data: folders[0]!, seed: 0 });
      federation.anygradNode("anygrad-1", { data: folders[1]!, seed: 1 }, ["--transport", "grpc"]);
      await federation.pythonNode("keras-2", { data: folders[2]!, seed: 2 });
      await federation.pythonNode("keras-3", { data: folders[3]!, seed: 3 });
      const out = join(federation.folder, "mixed.npz");
      const rounds = isWhole ? settings.rounds : 2;
      const log = await federation.run({ ...settings, rounds, first, out });
      expect(log.match(/Received 4 results and 0 failures/g)).toHaveLength(rounds);
      const mixed = await judged(out);
      expect(mixed.accuracy).toBeGreaterThan(0.3); // chance is 0.1, and a client knows three classes at most
      for (const name of ["anygrad-0", "anygrad-1"]) {
        expect(await federation.stop(name)).toBe(0);
        expect(federation.log(name)).toContain(`"answered":${rounds},"failed":0`);
      }
      if (!isWhole) return;
      await federation.pythonNode("keras-0", { data: folders[0]!, seed: 0 });
      await federation.pythonNode("keras-1", { data: folders[1]!, seed: 1 });
      const alone = join(federation.folder, "keras.npz");
      await federation.run({ ...settings, first, out: alone });
      const keras = await judged(alone);
      console.log(`accuracy ${mixed.accuracy} with anygrad, ${keras.accuracy} of Keras alone`);
      expect(Math.abs(mixed.accuracy - keras.accuracy)).toBeLessThan(0.01);
    },
    patience,
  );

  it.runIf(isWhole)(
    "all of Fashion-MNIST in batches: accuracy within 0.01 of Keras alone",
    async () => {
      const { federation, folders, first } = await begun({ count: 60_000 });
      const accuracies: number[] = [];
      for (const kind of ["mixed", "keras"]) {
        const own = kind === "mixed" ? 2 : 0;
        for (const [seed, data] of folders.entries())
          if (seed < own) federation.anygradNode(`anygrad-${seed}`, { data, seed });
          else if (kind === "mixed" || seed < 2) await federation.pythonNode(`keras-${seed}`, { data, seed });
        const out = join(federation.folder, `${kind}.npz`);
        const log = await federation.run({ ...usual, first, out });
        expect(log.match(/Received 4 results and 0 failures/g)).toHaveLength(usual.rounds);
        accuracies.push((await judged(out)).accuracy);
        for (let seed = 0; seed < own; seed++) expect(await federation.stop(`anygrad-${seed}`)).toBe(0);
      }
      const [mixed, keras] = accuracies as [number, number];
      console.log(`all of Fashion-MNIST: accuracy ${mixed} with anygrad, ${keras} of Keras alone`);
      expect(Math.abs(mixed - keras)).toBeLessThan(0.01);
    },
    patience,
  );

  it(
    "the same seeds give the same bits, over HTTP and gRPC, by FedAvg, FedProx, FedAdam and SecAgg+",
    async () => {
      const { federation, folders, first } = await begun();
      folders.forEach((data, seed) => {
        federation.anygradNode(`anygrad-${seed}`, { data, seed }, seed % 2 ? ["--transport", "grpc"] : []);
      });
      const strategies = isWhole ? ["FedAvg", "FedProx", "FedAdam", "SecAggPlus"] : ["FedAvg"];
      const digests = [];
      for (const strategy of [...strategies, ...strategies]) {
        const out = join(federation.folder, `${strategy}.npz`);
        const log = await federation.run({
          ...settings,
          "batch-size": 32,
          epochs: 1,
          rounds: 2,
          strategy,
          first,
          out,
        });
        expect(log.match(/received 4 results and 0 failures/gi)).toHaveLength(2);
        digests.push((await judged(out)).digest);
      }
      expect(digests.slice(strategies.length)).toEqual(digests.slice(0, strategies.length));
      expect(new Set(digests).size).toBe(strategies.length);
    },
    patience,
  );

  it.runIf(isWhole)(
    "a SuperLink that dies is waited for, and what cannot be done is answered by an error",
    async () => {
      const { federation, folders, first } = await begun();
      for (const seed of [0, 1]) federation.anygradNode(`anygrad-${seed}`, { data: folders[seed]!, seed });
      const two = { ...settings, nodes: 2, rounds: 1, first, out: join(federation.folder, "out.npz") };
      await federation.run(two);
      await federation.stop("superlink", "SIGKILL");
      await federation.logged("anygrad-0", /does not answer/);
      await federation.start();
      expect(await federation.run(two)).toContain("Received 2 results and 0 failures");
      expect(federation.log("anygrad-0").match(/joined as node/g)).toHaveLength(2);
      const other = join(federation.folder, "other.npz"); // of another network
      const made = spawnSync(python!, [
        "-c",
        `import numpy; numpy.savez(${JSON.stringify(other)}, numpy.zeros((2, 2), "f4"))`,
      ]);
      expect(made.status).toBe(0);
      const log = await federation.run({ ...two, first: other });
      expect(log).toContain("Received 0 results and 2 failures");
      expect(log).toMatch(/the server sends 1 arrays .* but the model has 4 weights/);
      expect(await federation.stop("anygrad-0")).toBe(0);
      expect(federation.log("superlink")).toMatch(/unregister-node HTTP\/1.1" 200/);
    },
    patience,
  );

  it(
    "TLS and nodes that the SuperLink must know",
    async () => {
      const folder = temporaryFolder();
      const security = { ...certificates(folder), knowsNodes: true };
      const { federation, folders, first } = await begun({ security });
      const keys = [0, 1].map((i) => join(folder, `node-${i}`));
      for (const key of keys) {
        spawnSync("ssh-keygen", ["-t", "ecdsa", "-b", "384", "-N", "", "-q", "-f", key]);
        const { stdout, stderr } = federation.flwr("supernode", "register", `${key}.pub`, "test");
        expect(stdout + stderr).toMatch(/registered|success/i);
      }
      const tls = ["--root-certificates", security.ca];
      keys.forEach((key, seed) => {
        const transport = seed === 1 ? ["--transport", "grpc"] : [];
        const args = [...tls, ...transport, "--private-key", key];
        federation.anygradNode(`anygrad-${seed}`, { data: folders[seed]!, seed }, args);
      });
      const out = join(federation.folder, "out.npz");
      const log = await federation.run({ ...settings, nodes: 2, rounds: 1, first, out });
      expect(log).toContain("Received 2 results and 0 failures");
      federation.anygradNode("stranger", { data: folders[2]!, seed: 2 }, tls);
      await federation.logged("stranger", /refuses RegisterNode|does not accept this node/);
    },
    patience,
  );
});

/** A certificate of 127.0.0.1, and who has signed it. */
function certificates(folder: string): Security {
  mkdirSync(folder, { recursive: true });
  const file = (name: string): string => join(folder, name);
  writeFileSync(file("names"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
  const openssl = (...args: string[]): void => {
    const { status, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  };
  const fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  openssl("req", "-x509", ...fresh, "-subj", "/CN=test", "-keyout", file("ca.key"), "-out", file("ca.pem"));
  openssl(
    "req",
    ...fresh.slice(0, -2),
    "-subj",
    "/CN=127.0.0.1",
    "-keyout",
    file("key.pem"),
    "-out",
    file("request"),
  );
  openssl(
    ...[
      "x509",
      "-req",
      "-in",
      file("request"),
      "-CA",
      file("ca.pem"),
      "-CAkey",
      file("ca.key"),
      "-CAcreateserial",
    ],
    ...["-days", "2", "-extfile", file("names"), "-out", file("certificate.pem")],
  );
  return { ca: file("ca.pem"), certificate: file("certificate.pem"), key: file("key.pem") };
}
