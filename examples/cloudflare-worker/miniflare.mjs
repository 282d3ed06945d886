// The bundled worker in miniflare: workerd with Durable Objects on disk, so that they outlive it.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";

const require = createRequire(createRequire(import.meta.url).resolve("miniflare"));
const { WebSocket } = require("undici"); // Node 20 has none of its own
const bundle = fileURLToPath(new URL("dist", import.meta.url));
const kinds = { ".js": "ESModule", ".wasm": "CompiledWasm", ".bin": "Data" };
const modules = readdirSync(bundle)
  .filter((name) => extname(name) in kinds)
  .sort((name) => (name === "index.js" ? -1 : 1)) // the first one is the worker
  .map((name) => ({ type: kinds[extname(name)], path: join(bundle, name) }));

/** @returns the running worker: requests, an end and a new start, the size of its heap */
export async function openWorker() {
  const storage = mkdtempSync(join(tmpdir(), "anygrad-worker-"));
  const options = {
    modulesRoot: bundle,
    modules,
    compatibilityDate: "2026-04-01",
    durableObjects: { LEARNERS: { className: "Learner", useSQLite: true } },
    durableObjectsPersist: storage,
    inspectorPort: 0,
    cf: false,
  };
  const start = async () => {
    const worker = new Miniflare(options);
    await worker.ready;
    return worker;
  };
  let worker = await start();
  return {
    async ask(method, path, body, status = 200) {
      const response = await worker.dispatchFetch(`http://worker/${path}`, { method, body });
      const text = await response.text();
      assert.equal(response.status, status, text);
      return JSON.parse(text);
    },
    async restart() {
      await worker.dispose();
      worker = await start();
    },
    async end() {
      await worker.dispose();
      rmSync(storage, { recursive: true });
    },
    /** Bytes of its JavaScript heap, by its inspector; wasm memory is apart. */
    async heap() {
      const { host } = await worker.getInspectorURL();
      const socket = new WebSocket(`ws://${host}/core:user:`);
      const answer = new Promise((resolve, reject) => {
        socket.onerror = reject;
        socket.onmessage = ({ data }) => resolve(JSON.parse(data).result);
      });
      socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: "Runtime.getHeapUsage" }));
      const { totalSize, embedderHeapUsedSize, backingStorageSize } = await answer;
      socket.close();
      return totalSize + embedderHeapUsedSize + backingStorageSize;
    },
  };
}
