// The playground's checks by themselves: builds it, serves it from loopback under the strict policy, and runs the files of
// checks/playground in Chromium. node site/test/playground.mjs [--no-build] [NAME …] [--shots=DIR]
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const folder = fileURLToPath(new URL(".", import.meta.url));
const dist = join(folder, "../dist");
const flags = process.argv.slice(2).filter((argument) => argument.startsWith("--"));
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));

if (!flags.includes("--no-build")) {
  const vite = join(folder, "../node_modules/vite/bin/vite.js");
  const built = spawnSync(
    process.execPath,
    [vite, "build", "-c", join(folder, "../playground/vite.config.ts")],
    {
      encoding: "utf8",
    },
  );
  if (built.status !== 0) throw new Error(built.stdout + built.stderr);
}

const program = [process.env.ANYGRAD_CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);
if (!program) {
  console.log("SKIPPED playground: no Chromium here (ANYGRAD_CHROMIUM names one)");
  process.exit();
}

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self' data: blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";
const server = createServer((request, response) => {
  const path = join(dist, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "index.html") : path;
  if (!file.startsWith(dist) || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, {
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "content-encoding": "gzip",
    "content-security-policy": policy,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
  });
  response.end(gzipSync(readFileSync(file)));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-gpu"] });
const shots = flags.find((flag) => flag.startsWith("--shots="))?.slice(8);
if (shots) mkdirSync(shots, { recursive: true });
try {
  const parts = readdirSync(join(folder, "checks/playground")).map((name) => name.replace(/[.]mjs$/, ""));
  for (const part of parts.filter((name) => wanted.length === 0 || wanted.includes(name)).sort()) {
    const start = performance.now();
    const { check } = await import(`./checks/playground/${part}.mjs`);
    try {
      const told = await check({ dist, browser, origin, base: "/", shots });
      console.log(
        `ok      ${part} (${((performance.now() - start) / 1000).toFixed(1)} s)${told ? `  ${told}` : ""}`,
      );
    } catch (error) {
      process.exitCode = 1;
      console.log(`FAILED  ${part}: ${error.stack ?? error}`);
    }
  }
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
