/** The same page, built by webpack for browsers and opened in Chromium. */
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { packages, versionOf } from "../../install.mjs";
import { arrange } from "../../workplace.mjs";
import { chromium } from "./chromium.mjs";
import { openPage } from "./puppeteer.mjs";

export const rows = [
  {
    id: "webpack",
    name: "page built by webpack, in Chromium, isolated",
    threads: 2,
    async open({ root }) {
      const { version, page } = await buildWithWebpack(root);
      const session = await openPage({ root, page, isolated: true, launch: await chromium() });
      return { ...session, version: `${version}, Chromium ${session.version}` };
    },
  },
];

async function buildWithWebpack(root) {
  const modules = await packages(["webpack"]);
  const webpack = createRequire(join(modules, "x.js"))("webpack");
  const folder = await arrange(root, "webpack", ["page.mjs", "pageWorker.mjs"]);
  const dist = join(folder, "dist");
  const stats = await promisify(webpack)({
    mode: "production",
    context: folder,
    entry: "./page.mjs",
    output: { path: dist, filename: "page.js", publicPath: "auto" },
    performance: { hints: false },
  });
  if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
  await writeFile(
    join(dist, "page.html"),
    '<!doctype html>\n<meta charset="utf-8">\n<title>anygrad with webpack</title>\n<script defer src="./page.js"></script>\n',
  );
  return { version: await versionOf(modules, "webpack"), page: "/webpack/dist/page.html" };
}
