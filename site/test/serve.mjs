/** A folder on loopback as a good static host serves it: gzip, a strict content security policy, and the headers of cross-origin isolation. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** What docs/guide/hosts/deployment.md tells hosts to send: no inline script or style, no eval; compiling WebAssembly, threads from blobs. */
export const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; " +
  "connect-src 'self' data: blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

/** `base`: where the folder begins, such as "/teaching/anygrad/". */
export async function serve(folder, { base = "/", headers = {} } = {}) {
  const packed = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (!pathname.startsWith(base)) return response.writeHead(404).end();
    const path = normalize(join(folder, decodeURIComponent(pathname.slice(base.length))));
    if (!path.startsWith(normalize(folder))) return response.writeHead(404).end();
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "index.html") : path;
    if (!existsSync(file)) return response.writeHead(404).end();
    const type = types[extname(file)] ?? "application/octet-stream";
    const isText = /text|json|svg|javascript/.test(type);
    const stamp = `${file} ${statSync(file).mtimeMs}`;
    if (!packed.has(stamp)) packed.set(stamp, isText ? gzipSync(readFileSync(file)) : readFileSync(file));
    response.writeHead(200, {
      "content-type": type,
      ...(isText && { "content-encoding": "gzip" }),
      "content-security-policy": policy,
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      ...headers,
    });
    response.end(packed.get(stamp));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return {
    origin: `http://127.0.0.1:${port}`,
    base,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
