/** The same page, built by Vite for browsers and opened in Chromium. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packages, versionOf } from "../../install.mjs";
import { arrange } from "../../workplace.mjs";
import { chromium } from "./chromium.mjs";
import { openPage } from "./puppeteer.mjs";

export const rows = [
  {
    id: "vite",
    name: "page built by Vite, in Chromium, isolated",
    threads: 2,
    async open({ root }) {
      const { version, page } = await buildWithVite(root);
      const session = await openPage({ root, page, isolated: true, launch: await chromium() });
      return { ...session, version: `${version}, Chromium ${session.version}` };
    },
  },
];

export async function buildWithVite(root, name = "vite", hosts = ["page.mjs", "pageWorker.mjs"]) {
  const modules = await packages(["vite"]);
  const { build } = await import(join(modules, "vite/dist/node/index.js"));
  const folder = await arrange(root, name, hosts);
  await writeFile(
    join(folder, "page.html"),
    `<!doctype html>\n<meta charset="utf-8">\n<title>anygrad with Vite</title>\n<script>globalThis.scriptStart = performance.now();</script>\n<script type="module" src="./${hosts[0]}"></script>\n`,
  );
  await build({
    root: folder,
    base: "./",
    logLevel: "error",
    worker: { format: "es" }, // a worker's default format cannot split off the kernels' chunk
    build: { rollupOptions: { input: join(folder, "page.html") } },
  });
  return { version: await versionOf(modules, "vite"), page: `/${name}/dist/page.html` };
}
