/**
 * What VitePress writes into pages as scripts, as files instead: the two that run before the first paint (dark or light, and which key opens
 * the search) become one file beside the pages, so that a policy without 'unsafe-inline' and without hashes lets them run. Style attributes go, too.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TransformContext } from "vitepress";

const FILE = "assets/beforePaint.js";

export function withoutInline(html: string, _id: string, { siteConfig }: TransformContext): string {
  const scripts: string[] = [];
  // Vue sets these two by script as soon as they matter; theme/style.css has the second
  const plain = html.replaceAll(/ style="(--vp-vh:0px;|position:relative;|)"/g, "");
  const rest = plain.replaceAll(/<script id="check-[\w-]+">(.*?)<\/script>/gs, (_, script: string) => {
    scripts.push(script);
    return scripts.length === 1 ? `<script src="${siteConfig.site.base}${FILE}"></script>` : "";
  });
  const file = join(siteConfig.outDir, FILE);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${scripts.join("\n")}\n`);
  return rest;
}
