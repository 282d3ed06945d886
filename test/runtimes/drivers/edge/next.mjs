/**
 * A Next.js route on the edge runtime: built, then served by `next start`. Of the pages router: with Next 16.4.6 an edge
 * route of the app router, and be it empty, breaks off in the build for a manifest that is not written.
 */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { rename, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { packages, versionOf } from "../../install.mjs";
import { arrange } from "../../workplace.mjs";
import { posting } from "./post.mjs";
import { serve } from "./server.mjs";

export const rows = [
  { id: "next", name: "Next.js edge route", threads: "the edge runtime has no Worker", open },
];

async function open({ root }) {
  const modules = await packages(["next", "react", "react-dom"]);
  const folder = join(root, "next");
  await arrange(root, "next/pages/api", ["route.js"]);
  await rename(join(folder, "pages/api/program.mjs"), join(folder, "program.mjs"));
  for (const wasm of ["control.wasm", "dropout.wasm"])
    await rename(join(folder, "pages/api", wasm), join(folder, wasm));
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  await symlink(modules, join(folder, "node_modules")).catch(() => {});
  const next = join(modules, "next/dist/bin/next");
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  await promisify(execFile)(process.execPath, [next, "build", "--webpack"], {
    cwd: folder,
    env,
    timeout: 240_000,
    maxBuffer: 1 << 26,
  }).catch((error) => {
    throw new Error(`next build: ${error.stderr || error.stdout || error.message}`);
  });
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  const { child, printed, kill } = serve(
    process.execPath,
    [next, "start", "-H", "127.0.0.1", "-p", String(port)],
    { cwd: folder, env },
  );
  const began = performance.now();
  while (!(await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined))) {
    if (child.exitCode !== null || performance.now() - began > 60_000) {
      await kill();
      throw new Error(`next start: ${printed()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const ask = posting(`http://127.0.0.1:${port}/api/route`);
  return { version: await versionOf(modules, "next"), ask, close: kill, kill };
}
