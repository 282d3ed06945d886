/** examples/federated/page.js in a page of Chromium, and in workerd, which knows no module of Node: bundled as their users would. */
import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "../../runtimes/drivers/browser/chromium.mjs";
import { openPage } from "../../runtimes/drivers/browser/puppeteer.mjs";
import { serve } from "../../runtimes/drivers/edge/server.mjs";
import { Missing, packages } from "../../runtimes/install.mjs";
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
  const binary = createRequire(join(await packages(["workerd"]), "x.js"))("workerd").default;
  await bundle(here, "worker.mjs", {
    outfile: join(folder, "worker.mjs"),
    conditions: ["workerd", "worker"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
  });
  const wasm = (await readdir(folder)).filter((name) => name.endsWith(".wasm"));
  await writeFile(
    join(folder, "workerd.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .program),
    (name = "internet", network = (allow = ["public", "private", "local"]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);
const program :Workerd.Worker = (
  compatibilityDate = "2026-04-01",
  modules = [
    (name = "worker.mjs", esModule = embed "worker.mjs"),
    ${wasm.map((name) => `(name = "${name}", wasm = embed "${name}")`).join(",\n    ")}]);
`,
  );
  const { child, printed, kill } = serve(binary, ["serve", "--control-fd=3", "workerd.capnp"], {
    cwd: folder,
    channels: 1,
  });
  const port = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdio[3] }).on("line", (line) => {
      const message = JSON.parse(line);
      if (message.event === "listen") resolve(message.port);
    });
    child.once("exit", (code) => reject(new Error(`workerd ended (${code}): ${printed()}`)));
  });
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
