// A peer in JavaScript in a page of Chromium that is isolated from others, and so has threads: node chromium.mjs ENGINE '{"threads":2,…}'.
// It speaks what serve.mjs speaks. The engine is bundled, as a page's author would do it.
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { chromium } from "../../../test/runtimes/drivers/browser/chromium.mjs";
import { openPage } from "../../../test/runtimes/drivers/browser/puppeteer.mjs";

const [engine, options] = process.argv.slice(2);
const here = fileURLToPath(new URL(".", import.meta.url));
const root = await mkdtemp(join(tmpdir(), "anygrad-peers-"));
const reply = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
/** Puppeteer adds the page's stack to a message. */
const failure = (error) => ({ error: String(error instanceof Error ? error.message : error).split("\n")[0] });

let page;
try {
  await writePage();
  page = await openPage({ root, page: "/index.html", isolated: true, launch: await chromium() });
  const { engine: name } = await page.ask({ options: JSON.parse(options) });
  reply({ engine: `${name}, Chromium ${page.version}` });
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      reply(await page.ask({ request: JSON.parse(line) }));
    } catch (error) {
      reply(failure(error));
    }
  }
} catch (error) {
  reply(failure(error));
  process.exitCode = 1;
} finally {
  await page?.close();
  await rm(root, { recursive: true, force: true });
}

async function writePage() {
  const entry = join(root, "entry.mjs");
  const engineFile = join(here, "../engines", `${engine}.mjs`);
  await writeFile(
    entry,
    `import { start } from ${JSON.stringify(engineFile)};
import { answering } from ${JSON.stringify(join(here, "answer.mjs"))};
let answer;
globalThis.ask = async ({ options, request }) => {
  if (request) return answer(request);
  const peer = await start(options);
  answer = answering(peer);
  return { engine: peer.engine };
};
globalThis.loaded = true;
`,
  );
  const build = await rolldown({ input: entry, platform: "browser", logLevel: "silent" });
  await build.write({ dir: join(root, "page") });
  // tfjs looks for its modules beside the page
  const wasm = join(here, "../node_modules/@tensorflow/tfjs-backend-wasm/dist");
  await cp(wasm, root, { recursive: true, filter: (path) => path === wasm || path.endsWith(".wasm") });
  await writeFile(
    join(root, "index.html"),
    `<!doctype html><meta charset="utf-8"><title>peer</title><script type="module" src="/page/entry.js"></script>`,
  );
}
