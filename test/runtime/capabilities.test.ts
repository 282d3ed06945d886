/** What the host can do, told by its globals alone: each host as the globals that it is known by. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  canShareMemory,
  coreCount,
  inWebWorker,
  isNodeLike,
  kernelWorkers,
  mayBlock,
  onPage,
  runtimeName,
  trainingWorker,
} from "../../src/runtime/capabilities.ts";

const node = { versions: { node: "20.20.2" }, env: {}, platform: "linux", execArgv: [] };
const chromium = "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0";
function Worker() {}
const postMessage = (): void => {};

/** What a host does not have unless the table says so. */
const absent = [
  ...["Bun", "Deno", "EdgeRuntime", "process", "navigator", "document", "Worker"],
  ...["postMessage", "crossOriginIsolated"],
];

interface Told {
  runtime: string;
  kernels?: string;
  training?: string;
  shares?: boolean;
  page?: boolean;
  nodeLike?: boolean;
  insideWorker?: boolean;
}

const hosts: [string, Record<string, unknown>, Told][] = [
  [
    "Node",
    { process: node, navigator: { userAgent: "Node.js/22" } },
    {
      runtime: "node 20.20.2",
      kernels: "node",
      training: "node",
      nodeLike: true,
    },
  ],
  [
    "Deno, whose Web Workers keep the process alive",
    { Deno: { version: { deno: "2.9.6" } }, process: node, Worker, postMessage },
    {
      runtime: "deno 2.9.6",
      kernels: "node",
      training: "node",
      nodeLike: true,
    },
  ],
  [
    "Bun",
    { Bun: { version: "1.3.0" }, process: node, Worker },
    { runtime: "bun 1.3.0", kernels: "node", training: "web", nodeLike: true },
  ],
  [
    "a page",
    { navigator: { userAgent: chromium }, document: {}, Worker, crossOriginIsolated: false, postMessage },
    {
      runtime: "browser",
      kernels: "web",
      training: "web",
      shares: false,
      page: true,
      insideWorker: true, // a window has postMessage, too; entry.ts is never loaded there
    },
  ],
  [
    "a worker of an isolated page",
    { navigator: { userAgent: chromium }, Worker, crossOriginIsolated: true, postMessage },
    { runtime: "browser", kernels: "web", training: "web", insideWorker: true },
  ],
  [
    "Cloudflare's workers with nodejs_compat, which imitate node:worker_threads",
    { navigator: { userAgent: "Cloudflare-Workers" }, process: node },
    { runtime: "workerd", training: "node", nodeLike: true },
  ],
  [
    "Vercel's edge runtime, whose process has no versions",
    { EdgeRuntime: "edge-runtime", process: { env: {} }, SharedArrayBuffer: undefined },
    { runtime: "edge-runtime", shares: false },
  ],
  ["a host without any of them", { SharedArrayBuffer: undefined }, { runtime: "unknown", shares: false }],
];

beforeEach(() => {
  for (const name of absent) vi.stubGlobal(name, undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the host", () => {
  it.each(hosts)("%s", (_, globals, told) => {
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    expect({
      runtime: runtimeName(),
      kernels: kernelWorkers(),
      training: trainingWorker(),
      shares: canShareMemory(),
      page: onPage(),
      blocks: mayBlock(),
      nodeLike: isNodeLike(),
      insideWorker: inWebWorker(),
    }).toEqual({
      kernels: undefined,
      training: undefined,
      shares: true,
      page: false,
      blocks: !told.page,
      nodeLike: false,
      insideWorker: false,
      ...told,
    });
  });

  it("has as many cores as navigator says, else as Node's os module", async () => {
    vi.stubGlobal("navigator", { hardwareConcurrency: 12 });
    expect(await coreCount()).toBe(12);
    vi.stubGlobal("navigator", undefined);
    expect(await coreCount()).toBeGreaterThanOrEqual(1);
  });
});
