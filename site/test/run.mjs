/**
 * npm run site:test: the built site as its readers have it, served from loopback under the strict policy that serve.mjs sends, in Chromium. Each file below checks/ is
 * a part of its own, `export async function check(site)`, which throws where something is wrong and may give a line to print; what it needs and takes
 * long is made by its `export async function prepare()`, while other parts are at work, and is `site.prepared`.
 * `node site/test/run.mjs links playground/lessons` runs parts by name, --shots=DIR keeps the screenshots, --timed holds what is promised of times, on a quiet machine. Without Chromium the parts that need it are skipped, by name, and so are those of browsers/ where their browser cannot be had.
 */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Missing } from "../../test/runtimes/install.mjs";
import { openBrowser } from "./browser.mjs";
import { serve } from "./serve.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));
const dist = join(folder, "../dist");
if (!existsSync(join(dist, "index.html")))
  throw new Error("site/test: there is no site/dist; run npm run site:build");
const flags = process.argv.slice(2).filter((word) => word.startsWith("--"));
const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const shots = flags.find((flag) => flag.startsWith("--shots="))?.slice("--shots=".length);
if (shots) mkdirSync(shots, { recursive: true });
const parts = readdirSync(join(folder, "checks"), { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".mjs"))
  .map((name) => name.slice(0, -4))
  .filter(
    (name) =>
      wanted.length === 0 ||
      wanted.some((part) => `/${name}`.endsWith(`/${part}`) || name.startsWith(`${part}/`)),
  )
  .sort();
if (parts.length === 0) throw new Error(`site/test: no part is called ${wanted.join(" or ")}`);

const server = await serve(dist);
const browser = await openBrowser();
const checks = await Promise.all(
  parts.map(async (part) => ({ part, ...(await import(`./checks/${part}.mjs`)) })),
);
// begun at once, beside the parts that wait for their browsers
const prepared = new Map(
  checks.map(({ part, prepare, needsBrowser = true }) => [
    part,
    browser || !needsBrowser ? prepare?.() : undefined,
  ]),
);
for (const work of prepared.values()) work?.catch(() => {}); // its own part tells of it
try {
  for (const { part, check, needsBrowser = true } of checks) {
    const start = performance.now();
    if (needsBrowser && !browser) {
      console.log(`SKIPPED ${part}: no Chromium here (ANYGRAD_CHROMIUM names one)`);
      continue;
    }
    try {
      const told = await check({ dist, browser, shots, prepared: prepared.get(part), ...server });
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(
        `ok      ${part} (${seconds} s)${told ? `\n        ${told.replaceAll("\n", "\n        ")}` : ""}`,
      );
    } catch (error) {
      if (error instanceof Missing) {
        console.log(`SKIPPED ${part}: ${error.message}`);
        continue;
      }
      process.exitCode = 1;
      console.log(`FAILED  ${part}: ${error.stack ?? error}`);
    }
  }
} finally {
  await browser?.close();
  server.close();
}
