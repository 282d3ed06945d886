/** The bridge of examples/federated: it hands on what nodes ask, for one origin, and nothing else. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { httpTransport, newIdentity } from "../../src/federated/index.ts";

const program = fileURLToPath(new URL("../../examples/federated/bridge.mjs", import.meta.url));
const origin = "http://localhost:3000";

let superlink: Server;
let bridge: ChildProcess;
let address = "";
const seen: { url: string; headers: IncomingHttpHeaders; bytes: number }[] = [];

beforeAll(async () => {
  superlink = createServer(async (request, response) => {
    let bytes = 0;
    for await (const piece of request) bytes += (piece as Buffer).length;
    seen.push({ url: request.url!, headers: request.headers, bytes });
    response
      .writeHead(401, { "content-type": "application/json" })
      .end('{"detail":"Invalid SuperNode authentication"}');
  });
  await new Promise<void>((resolve) => superlink.listen(0, "127.0.0.1", resolve));
  const { port } = superlink.address() as { port: number };
  bridge = spawn(process.execPath, [program, `http://127.0.0.1:${port}`, origin, "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await new Promise<Buffer>((resolve) => bridge.stdout!.once("data", resolve)))
    .toString()
    .split(" ");
  address = line!;
});
afterAll(async () => {
  bridge.kill();
  await new Promise((resolve) => superlink.close(resolve));
});

const asPage: typeof fetch = (url, init) =>
  fetch(url, { ...init, headers: { ...(init!.headers as Record<string, string>), origin } });

describe("the bridge", () => {
  it("hands a request on with its proof, and the answer back", async () => {
    const transport = httpTransport({ url: address, fetch: asPage });
    const proof = await (await newIdentity()).sign();
    const outcome = await transport.call(
      "PullMessages",
      Uint8Array.of(1, 2, 3),
      proof,
      AbortSignal.timeout(10_000),
    );
    expect(outcome).toEqual({ kind: "unknown", reason: "Invalid SuperNode authentication (HTTP 401)" });
    expect(seen.at(-1)).toMatchObject({ url: "/v1/fleet/pull-messages", bytes: 3 });
    expect(seen.at(-1)!.headers["flwr-timestamp"]).toBe(proof.timestamp);
  });

  it("answers a browser's question for its origin alone", async () => {
    const answer = await fetch(`${address}/v1/fleet/pull-messages`, { method: "OPTIONS" });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    expect(answer.headers.get("access-control-allow-headers")).toContain("flwr-signature");
  });

  it.each([
    ["another path", "/v1/control/start-run", "POST", origin],
    ["a path that leads out", "/v1/fleet/../control/start-run", "POST", origin],
    ["another method", "/v1/fleet/pull-messages", "GET", origin],
    ["another origin", "/v1/fleet/pull-messages", "POST", "http://evil.example"],
  ])("refuses %s", async (_, path, method, from) => {
    const before = seen.length;
    const answer = await fetch(`${address}${path}`, { method, headers: { origin: from } });
    expect(answer.status).toBe(404);
    expect(seen.length).toBe(before);
  });
});
