// What a page costs whose network trains in a worker: built by Vite, with workers as ES modules and by its defaults, and run in
// Chromium from what it wrote. Holds what page and worker download to a budget, and the run to the digest that Node gives. Where the
// worker's program is in chunks, it downloads the core, the layers that the network has and one build of the kernels.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build as viteBuild } from "vite";
import { trainIn } from "../../chromium.mjs";

/** Bytes after gzip of page and worker together. docs/size.md says what takes the space. */
const bundlers = {
  'Vite, worker: { format: "es" }': {
    build: (page, out) => vite(page, out, { format: "es" }),
    budget: 145_000,
  },
  // puts all that a worker may import into one file
  Vite: { build: vite, budget: 365_000 },
};

export async function check({ user }) {
  const page = join(user, "page-worker");
  mkdirSync(page);
  for (const [name, as] of [["index.html"], ["main.js"], ["worker.js", "train.js"]])
    copyFileSync(fileURLToPath(new URL(`../../page/${name}`, import.meta.url)), join(page, as ?? name));
  const wanted = trainInNode(user);
  const lines = [];
  for (const [name, { build, budget }] of Object.entries(bundlers)) {
    const out = join(user, `worker-${lines.length}`);
    await build(page, out);
    const { downloaded, result, version } = (await trainIn(out)) ?? {};
    if (!result)
      return "       SKIPPED: no Chromium here (ANYGRAD_CHROMIUM names one); the pages were built and not run";
    if (JSON.stringify(result) !== JSON.stringify(wanted))
      throw new Error(`${name}: ${JSON.stringify(result)} in ${version}, ${JSON.stringify(wanted)} in Node`);
    const files = [...downloaded].filter((file) => file.endsWith(".js"));
    const sizes = files.map((file) => gzipSync(readFileSync(join(out, file)), { level: 9 }).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const told = `${name}: page and worker download ${total} bytes of ${budget}`;
    if (total > budget)
      throw new Error(`${told}: ${files.map((file, i) => `${file} ${sizes[i]}`).join(", ")}`);
    lines.push(`       ${told}, trained in ${version}`);
  }
  return lines.join("\n");
}

async function vite(page, out, worker = {}) {
  await viteBuild({
    root: page,
    logLevel: "error",
    configFile: false,
    worker,
    build: { outDir: out, reportCompressedSize: false },
  });
}

function trainInNode(user) {
  copyFileSync(fileURLToPath(new URL("../../page/worker.js", import.meta.url)), join(user, "worker.js"));
  const program = `import { train } from "./worker.js"; console.log(JSON.stringify(await train()))`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: user,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the page's program fails in Node: ${stderr}`);
  return JSON.parse(stdout);
}
