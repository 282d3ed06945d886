/** Contents on their way between machines: a server and a folder, and all that may go wrong on the way. */
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ContentFolder } from "../../../cli/cluster/content/contentFolder.ts";
import type { Content } from "../../../cli/cluster/content/manifest.ts";
import { parseListening, serveContents } from "../../../cli/cluster/content/server.ts";
import { openSource, type SourceOptions } from "../../../cli/cluster/content/source.ts";
import { newFolder } from "./dataSets.ts";

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

function contentOf(bytes: Uint8Array): Content {
  return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
}

/** A server with one file, and a folder of checkpoints. */
async function serving(bytes: Uint8Array, limits = {}) {
  const path = join(newFolder(), "data.bin");
  writeFileSync(path, bytes);
  const content = contentOf(bytes);
  const folder = await ContentFolder.open(join(newFolder(), "checkpoints"), limits);
  const files = new Map([[content.sha256, { ...content, from: { path } }]]);
  const server = await serveContents(files, folder);
  ending.push(() => server.close());
  return { content, path, folder, address: server.address };
}

async function sourceOf(address: string, options: SourceOptions = {}) {
  const source = await openSource(address, { attempts: 1, ...options });
  ending.push(() => source.close());
  return source;
}

/** The status that a request is answered with, by a path that nothing has made tidy. */
function statusOf(address: string, path: string, method = "GET", headers = {}): Promise<number> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode!);
    });
    asked.on("error", reject).end();
  });
}

describe("the server", () => {
  it("sends what it was given by its hash, whole and from a place on", async () => {
    const bytes = randomBytes(100_000);
    const { content, address } = await serving(bytes);
    const whole = await fetch(`${address}/${content.sha256}`);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    const rest = await fetch(`${address}/${content.sha256}`, { headers: { range: "bytes=99990-" } });
    expect([rest.status, rest.headers.get("content-range")]).toEqual([206, "bytes 99990-99999/100000"]);
    expect(Buffer.from(await rest.arrayBuffer()).equals(bytes.subarray(99_990))).toBe(true);
  });

  it("listens on loopback unless told otherwise", async () => {
    const { address } = await serving(randomBytes(1));
    expect(address).toMatch(/^http:\/\/127[.]0[.]0[.]1:\d+\/[\w-]{32}$/);
  });

  it("tells nothing to who has no token, and of nothing else on the disk", async () => {
    const { content, address, folder } = await serving(randomBytes(10));
    writeFileSync(join(folder.path, "secret"), "x");
    const { pathname } = new URL(address);
    const { sha256 } = content;
    expect(await statusOf(address, `${pathname}/${sha256}`)).toBe(200);
    for (const path of [
      "/",
      `/${sha256}`,
      `/${"x".repeat(32)}/${sha256}`,
      `${pathname}/`,
      pathname,
      `${pathname}x/${sha256}`,
      `${pathname}/${sha256}/`,
      `${pathname}/${sha256.toUpperCase()}x`,
      `${pathname}/${"0".repeat(64)}`,
      `${pathname}/secret`,
      `${pathname}/../../../../etc/passwd`,
      `${pathname}/..%2f..%2fetc%2fpasswd`,
      `${pathname}/%2e%2e/secret`,
      `${pathname}//etc/passwd`,
    ])
      expect([path, await statusOf(address, path)]).toEqual([path, 404]);
  });

  it("refuses other methods, and ranges past the end", async () => {
    const { content, address } = await serving(randomBytes(10));
    const path = `${new URL(address).pathname}/${content.sha256}`;
    expect(await statusOf(address, path, "DELETE")).toBe(405);
    expect(await statusOf(address, path, "POST")).toBe(405);
    expect(await statusOf(address, path, "HEAD")).toBe(200);
    expect(await statusOf(address, path, "GET", { range: "bytes=10-" })).toBe(416);
  });

  it("no longer sends a file whose size has changed", async () => {
    const { content, address, path } = await serving(randomBytes(10));
    writeFileSync(path, "other");
    await expect((await sourceOf(address)).get(content, join(newFolder(), "a"))).rejects.toMatchObject({
      code: "DATA_MISSING",
    });
  });

  it.each([
    ["host", "host", 0],
    ["host:7070", "host", 7070],
    ["192.168.1.5:1", "192.168.1.5", 1],
    ["[::1]:99", "::1", 99],
    ["[::1]", "::1", 0],
  ])("listens on %s", (text, host, port) => expect(parseListening(text)).toEqual({ host, port }));

  it.each(["", "a b", "host:", "host:99999", "http://host", "::1", ":80"])("not on %j", (text) =>
    expect(() => parseListening(text)).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" })),
  );

  it("says which address it cannot listen on", async () => {
    const folder = await ContentFolder.open(newFolder());
    await expect(serveContents(new Map(), folder, { host: "192.0.2.1", port: 0 })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: expect.stringContaining("--share: 192.0.2.1 cannot be listened on"),
    });
  });
});

describe("what a server sends", () => {
  it("is written and checked", async () => {
    for (const size of [0, 1, 300_000]) {
      const bytes = randomBytes(size);
      const { content, address } = await serving(bytes);
      const path = join(newFolder(), "got");
      const told: number[] = [];
      await (await sourceOf(address)).get(content, path, (received) => told.push(received));
      expect(readFileSync(path).equals(bytes)).toBe(true);
      if (size > 0) expect(told.at(-1)).toBe(size);
    }
  });

  it("goes on where it was cut off, at once and after a death", async () => {
    const bytes = randomBytes(1_000_000);
    const content = contentOf(bytes);
    const ranges: (string | undefined)[] = [];
    // every answer ends in the middle
    const address = await imitating((asked, answer) => {
      ranges.push(asked.headers.range);
      const from = Number(/\d+/.exec(asked.headers.range ?? "0"));
      const part = bytes.subarray(from, from + 400_000);
      answer.writeHead(from > 0 ? 206 : 200, { "content-length": bytes.length - from });
      answer.write(part, () => (from + part.length < bytes.length ? answer.destroy() : answer.end()));
    });
    const path = join(newFolder(), "got");
    writeFileSync(path, bytes.subarray(0, 50_000));
    await (await sourceOf(address)).get(content, path);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(ranges[0]).toBe("bytes=50000-");
    expect(ranges.length).toBeGreaterThanOrEqual(3);
  });

  it("begins anew where the first bytes were damaged, or are too many", async () => {
    const bytes = randomBytes(100_000);
    const { content, address } = await serving(bytes);
    for (const left of [Buffer.alloc(60_000), Buffer.alloc(200_000), Buffer.alloc(100_000)]) {
      const path = join(newFolder(), "got");
      writeFileSync(path, left);
      await (await sourceOf(address)).get(content, path);
      expect(readFileSync(path).equals(bytes)).toBe(true);
    }
  });

  it.each<[string, string, RequestListener]>([
    ["other bytes", "DATA_DOWNLOAD", (_, answer) => answer.end(Buffer.alloc(1000))],
    ["too many", "DATA_DOWNLOAD", (_, answer) => answer.end(Buffer.alloc(100_000))],
    ["too few", "DATA_DOWNLOAD", (_, answer) => answer.end(Buffer.alloc(10))],
    [
      "a page",
      "DATA_DOWNLOAD",
      (_, answer) => answer.writeHead(301, { location: "http://192.0.2.1/" }).end(),
    ],
    ["nothing", "DATA_DOWNLOAD", () => {}],
    ["a fault", "DATA_DOWNLOAD", (_, answer) => answer.writeHead(500).end()],
    ["that it has no such thing", "DATA_MISSING", (_, answer) => answer.writeHead(404).end()],
  ])("%s: refused, and no file is left that looks whole", async (_, code, listener) => {
    const content = contentOf(randomBytes(1000));
    const address = await imitating(listener);
    const path = join(newFolder(), "got");
    const source = await sourceOf(address, { idleTimeout: 200 });
    const error = await source.get(content, path).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: "AnygradError", code });
    expect(String(error)).not.toContain("token");
    expect(existsSync(path) ? readFileSync(path).length : 0).toBeLessThan(1000);
  });

  it("a server that is not there is told by its address, without the token", async () => {
    const { address } = await serving(randomBytes(1));
    await ending.pop()!();
    const source = await sourceOf(address);
    const error = await source.get(contentOf(randomBytes(3)), join(newFolder(), "a")).catch(String);
    expect(error).toContain(`${new URL(address).origin}: cannot be reached (ECONNREFUSED)`);
    expect(error).not.toContain(new URL(address).pathname.slice(1));
  });

  it("ends at once when it is stopped", async () => {
    const controller = new AbortController();
    const address = await imitating(() => controller.abort());
    const source = await sourceOf(address, { signal: controller.signal });
    await expect(source.get(contentOf(randomBytes(3)), join(newFolder(), "a"))).rejects.toMatchObject({
      code: "ABORTED",
    });
  });

  /** A server of our own making. */
  async function imitating(listener: RequestListener): Promise<string> {
    const server: Server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    ending.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  }
});

describe("what a server takes", () => {
  const file = (bytes: Uint8Array): string => {
    const path = join(newFolder(), "checkpoint");
    writeFileSync(path, bytes);
    return path;
  };

  it("is there for others, and is sent once", async () => {
    const { address, folder } = await serving(randomBytes(1));
    const bytes = randomBytes(400_000);
    const content = contentOf(bytes);
    const source = await sourceOf(address);
    await Promise.all([1, 2, 3].map(() => source.put(content, file(bytes))));
    await source.put(content, "/nowhere: it is not asked for");
    expect(readdirSync(folder.path)).toEqual([content.sha256]);
    const path = join(newFolder(), "got");
    await (await sourceOf(address)).get(content, path);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it("is refused where it is too large, or there is no room", async () => {
    const { address, folder } = await serving(randomBytes(1), { maxFileBytes: 1000, maxBytes: 1500 });
    const source = await sourceOf(address);
    const put = (size: number): Promise<void> => {
      const bytes = randomBytes(size);
      return source.put(contentOf(bytes), file(bytes));
    };
    await put(900);
    await expect(put(1001)).rejects.toMatchObject({ code: "MEMORY_LIMIT" });
    await expect(put(700)).rejects.toMatchObject({ code: "MEMORY_LIMIT" });
    await folder.remove(readdirSync(folder.path)[0]!);
    await put(700);
  });

  it("is refused where its bytes are others, and nothing is left of it", async () => {
    const { address, folder } = await serving(randomBytes(1));
    const source = await sourceOf(address);
    const content = contentOf(randomBytes(1000));
    await expect(source.put(content, file(randomBytes(1000)))).rejects.toMatchObject({
      code: "DATA_DOWNLOAD",
    });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it("needs a size", async () => {
    const { address } = await serving(randomBytes(1));
    const path = `${new URL(address).pathname}/${"0".repeat(64)}`;
    expect(await statusOf(address, path, "PUT", { "transfer-encoding": "chunked" })).toBe(411);
  });
});

describe("a folder of contents", () => {
  it("keeps and gives", async () => {
    const bytes = randomBytes(5000);
    const [folder, path] = [join(newFolder(), "new/shared"), join(newFolder(), "a")];
    writeFileSync(path, bytes);
    const source = await sourceOf(folder);
    await source.put(contentOf(bytes), path);
    await (await sourceOf(folder)).get(contentOf(bytes), `${path}-got`);
    expect(readFileSync(`${path}-got`).equals(bytes)).toBe(true);
  });

  it("what was damaged in it is refused", async () => {
    const content = contentOf(randomBytes(100));
    const folder = newFolder();
    const path = join(newFolder(), "got");
    for (const damaged of [randomBytes(100), randomBytes(99)]) {
      writeFileSync(join(folder, content.sha256), damaged);
      await expect((await sourceOf(folder)).get(content, path)).rejects.toMatchObject({
        code: "DATA_DOWNLOAD",
      });
      expect(existsSync(path)).toBe(false);
    }
    mkdirSync(join(folder, "0".repeat(64)));
    await expect(
      (await sourceOf(folder)).get({ sha256: "0".repeat(64), bytes: 1 }, path),
    ).rejects.toMatchObject({ code: "DATA_MISSING" });
  });

  it("is swept of what was not written to its end an hour ago", async () => {
    const folder = newFolder();
    const partials = ["1", "2"].map((n) =>
      join(folder, `x.${n}-${"0000000a-000b-000c-000d-00000000000e"}.partial`),
    );
    for (const partial of partials) writeFileSync(partial, "x");
    utimesSync(partials[0]!, new Date(), new Date(Date.now() - 3_700_000));
    await ContentFolder.open(folder);
    expect(partials.map(existsSync)).toEqual([false, true]);
  });

  it("that cannot be made is told", async () => {
    writeFileSync(join(newFolder(), "file"), "");
    await expect(openSource("/dev/null/shared")).rejects.toMatchObject({ code: "OUTPUT" });
  });
});
