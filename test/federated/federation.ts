/** A federation on this machine: a SuperLink, SuperNodes of Python and nodes of anygrad, all processes that it starts and ends. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { script } from "../cli/anygrad.ts";

const app = fileURLToPath(new URL("app", import.meta.url));

/** Flower's Python, where `npm run test:federated` has put it; undefined elsewhere, where tests of it are skipped. */
export const python: string | undefined = process.env.ANYGRAD_FEDERATED_PYTHON;

/** What a SuperLink speaks besides: TLS, by these files, and whether its nodes must be known to it. */
export interface Security {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
  readonly knowsNodes?: boolean;
}

/** A node, and its data: a folder of IDX files. */
export interface NodeOptions {
  readonly data: string;
  readonly seed: number;
}

export class Federation {
  readonly folder: string;
  readonly #security: Security | undefined;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #processes: {
    readonly name: string;
    readonly child: ChildProcess;
    readonly ended: Promise<unknown>;
  }[] = [];
  #port = 0;
  #grpcPort = 0;

  constructor(folder: string, security?: Security) {
    this.folder = folder;
    this.#security = security;
    mkdirSync(join(folder, "home"), { recursive: true });
    this.#environment = {
      PATH: `${dirname(python!)}:${process.env.PATH}`,
      HOME: folder,
      FLWR_HOME: join(folder, "home"),
      FLWR_TELEMETRY_ENABLED: "0",
      FLWR_DISABLE_UPDATE_CHECK: "1",
      FLWR_SUPEREXEC_TASK_POLL_INTERVAL: "0.1",
      FLWR_INTERNAL_GRPC_FLEET_API: "1", // the API of SuperLinks before 1.40, besides
      NO_COLOR: "1",
    };
  }

  /** Host and port of its Fleet API over HTTP. */
  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Host and port of the one over gRPC. */
  get grpcAddress(): string {
    return `127.0.0.1:${this.#grpcPort}`;
  }

  /** Starts the SuperLink, at a port of its own; again at the same one after `stop`. */
  async start(): Promise<void> {
    if (this.#port === 0) [this.#port, this.#grpcPort] = [await freePort(), await freePort()];
    const security = this.#security;
    const connection = security ? `root-certificates = "${security.ca}"` : "insecure = true";
    writeFileSync(
      join(this.folder, "home/config.toml"),
      `[superlink]\ndefault = "test"\n[superlink.test]\naddress = "${this.address}"\n${connection}\n`,
    );
    const tls = security
      ? [
          "--ssl-ca-certfile",
          security.ca,
          "--ssl-certfile",
          security.certificate,
          "--ssl-keyfile",
          security.key,
        ]
      : ["--insecure"];
    this.#spawn("superlink", this.#program("flower-superlink"), [
      ...["--host", "127.0.0.1", "--port", String(this.#port), "--fleet-api-address", this.grpcAddress],
      ...tls,
      ...(security?.knowsNodes ? ["--enable-supernode-auth"] : []),
      "--disable-runtime-dependency-installation",
    ]);
    await this.logged("superlink", /Uvicorn running/);
  }

  /** A SuperNode of Flower that runs the app's client. */
  async pythonNode(name: string, { data, seed }: NodeOptions): Promise<void> {
    const config = `data="${data}" seed=${seed}`;
    this.#spawn(name, this.#program("flower-supernode"), [
      ...[
        "--insecure",
        "--superlink",
        this.address,
        "--port",
        String(await freePort()),
        "--node-config",
        config,
      ],
    ]);
  }

  /** `anygrad federate`. */
  anygradNode(name: string, { data, seed }: NodeOptions, args: readonly string[] = []): ChildProcess {
    const network = join(this.folder, "network.json");
    const address = args.includes("grpc") ? this.grpcAddress : this.address;
    return this.#spawn(name, process.execPath, [
      ...[
        script,
        "federate",
        network,
        "--superlink",
        address,
        "--dataset",
        data,
        "--seed",
        String(seed),
        "--json",
      ],
      ...["--classes", "10", "--optimizer", "sgd", "--threads", "1", "--poll", "0.3", ...args],
      ...(args.includes("--root-certificates") ? [] : ["--insecure"]),
    ]);
  }

  /** Runs the app to its end. @returns what its server has logged @throws Error where it does not end well */
  async run(settings: Readonly<Record<string, string | number>>): Promise<string> {
    const config = Object.entries(settings).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    const { stdout } = this.flwr("run", app, "test", "--run-config", config.join(" "));
    const run = /run (\d{10,})/.exec(stdout)?.[1];
    if (run === undefined) throw new Error(`the run did not start: ${stdout}`);
    await this.logged("superlink", new RegExp(`Finished task \\d+ of run ${run}`));
    return this.flwr("log", run, "test", "--show").stdout;
  }

  /** The command line of Flower. */
  flwr(...args: string[]): { stdout: string; stderr: string } {
    const { stdout, stderr } = spawnSync(this.#program("flwr"), args, {
      env: this.#environment,
      encoding: "utf8",
      timeout: 120_000,
    });
    return { stdout, stderr };
  }

  /** Resolves when the log of a process has this. @throws Error where it ends before, with what it said */
  async logged(name: string, pattern: RegExp, seconds = 800): Promise<string> {
    for (let tries = 0; tries < 10 * seconds; tries++) {
      const text = this.log(name);
      if (pattern.test(text)) return text;
      const { child } = this.#processes.findLast((each) => each.name === name)!;
      if (child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${name} never said ${pattern}:\n${this.log(name).slice(-3000)}`);
  }

  log(name: string): string {
    return readFileSync(join(this.folder, `${name}.log`), "utf8");
  }

  /** Ends a process as Ctrl-C does not: by SIGTERM, or another signal. @returns what it ended with */
  async stop(name: string, signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    const { child, ended } = this.#processes.findLast((each) => each.name === name)!;
    kill(child, signal);
    await ended;
    return child.exitCode;
  }

  /** Ends all of them. */
  async end(): Promise<void> {
    for (const { child } of this.#processes) kill(child, "SIGTERM");
    const patience = setTimeout(() => {
      for (const { child } of this.#processes) kill(child, "SIGKILL");
    }, 10_000);
    await Promise.all(this.#processes.map(({ ended }) => ended));
    clearTimeout(patience);
  }

  #program(name: string): string {
    return join(dirname(python!), name);
  }

  #spawn(name: string, program: string, args: readonly string[]): ChildProcess {
    writeFileSync(join(this.folder, `${name}.log`), ""); // of this process alone
    const log = createWriteStream(join(this.folder, `${name}.log`));
    // a group of its own: SuperNodes start processes, which end with them
    const child = spawn(program, args, {
      env: this.#environment,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout!.pipe(log);
    child.stderr!.pipe(log);
    const ended = new Promise((resolve) => child.on("exit", resolve));
    this.#processes.push({ name, child, ended });
    return child;
  }
}

/** The process with those that it has started. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid!, signal);
  } catch {
    // it has ended meanwhile
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
