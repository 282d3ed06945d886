/** examples/federated/page.js in a page of Chromium, and in workerd, which knows no module of Node: bundled as their users would. */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "../../runtimes/drivers/browser/chromium.mjs";
import { openPage } from "../../runtimes/drivers/browser/puppeteer.mjs";
import { startWorkerd, workerdBinary } from "../../runtimes/drivers/edge/startWorkerd.mjs";
import { Missing } from "../../runtimes/install.mjs";
import { bundle } from "../../runtimes/workplace.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

/** @returns why something is not here; undefined for other errors */
export const missingReason = (error) => (error instanceof Missing ? error.message : undefined);

/**
 * A page that takes part once it is told the bridge's address.
 * @param folder an empty one, from which it is served
 * @throws Missing
 */
export async function openChromium(folder) {
  const launch = await chromium();
  await bundle(here, "page.mjs", { outfile: join(folder, "page.js"), conditions: ["browser"] });
  const script = '<!doctype html>\n<meta charset="utf-8">\n<script type="module" src="./page.js"></script>\n';
  await writeFile(join(folder, "page.html"), script);
  const { page, close } = await openPage({ root: folder, page: "/page.html", isolated: false, launch });
  return {
    origin: new URL(page.url()).origin,
    /** Until `leave`. @returns its report */
    takePart: (address) => page.evaluate((url) => globalThis.takePart(url), address),
    leave: () => page.evaluate(() => globalThis.leave()),
    close,
  };
}

/**
 * A worker of workerd that takes part for one answer in each request.
 * @param folder an empty one
 * @throws Missing
 */
export async function openWorkerd(folder) {
  if (!existsSync(join(here, "../../../dist/edge/federated.js")))
    throw new Missing("dist/edge is not there: npm run build");
  const binary = await workerdBinary();
  await bundle(here, "worker.mjs", {
    outfile: join(folder, "worker.mjs"),
    conditions: ["workerd", "worker"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
  });
  const internet = '(name = "internet", network = (allow = ["public", "private", "local"]))';
  const { port, printed, kill } = await startWorkerd(folder, "worker.mjs", binary, [internet]);
  return {
    async takePart(address) {
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: address });
      const text = await response.text();
      if (!response.ok) throw new Error(`HTTP ${response.status}: ${text.slice(0, 500)} ${printed()}`);
      return JSON.parse(text);
    },
    close: kill,
  };
}
