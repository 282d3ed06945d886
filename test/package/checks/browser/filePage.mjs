// A page that is opened by a double click, file://…, which takes the package from another origin as from a CDN: it trains in a worker, to
// the digest that Node gives; and where the worker's program cannot be had, it is told so.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inPage } from "../../chromium.mjs";

const build = `sequential([layers.flatten(), layers.dense({ units: 10, activation: "softmax" })], { inputShape: [28, 28, 1], seed: 1 })`;
const recipe = `{ optimizer: "adam", loss: "sparseCategoricalCrossentropy" }`;

export async function check({ installed }) {
  const { createEngine, datasets, layers, sequential } = await import(
    pathToFileURL(join(installed, "dist/index.js"))
  );
  const net = new Function("layers", "sequential", `return ${build}`)(layers, sequential);
  await net.compile({ ...new Function(`return ${recipe}`)(), engine: await createEngine() });
  await net.fit((await datasets.digits({ train: 320, test: 10, seed: 1 })).train, { epochs: 1, seed: 1 });
  const wanted = await net.digest();

  const folder = mkdtempSync(join(tmpdir(), "anygrad-file-"));
  const headers = { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" };
  try {
    const told = await inPage(join(installed, "dist"), headers, async (page, { origin, version }) => {
      const open = async (name, body) => {
        const file = join(folder, `${name}.html`);
        const imports = { anygrad: `${origin}/index.js`, "anygrad/worker": `${origin}/worker/index.js` };
        writeFileSync(
          file,
          `<!doctype html><script type="importmap">${JSON.stringify({ imports })}</script><script type="module">${body}</script>`,
        );
        await page.goto(pathToFileURL(file).href);
        await page.waitForFunction("window.result", { timeout: 60_000 });
        return page.evaluate("window.result");
      };
      const program = (before) => `
import { layers, sequential } from "anygrad";
import { datasets, inWorker } from "anygrad/worker";
${before}
const run = async () => {
  const { train } = await datasets.digits({ train: 320, test: 10, seed: 1 });
  const net = inWorker(${build});
  await net.compile(${recipe});
  await net.fit(train, { epochs: 1, seed: 1 });
  return { digest: await net.digest(), from: location.protocol };
};
run().then((result) => { window.result = result; }, ({ code, message }) => { window.result = { code, message }; });`;
      const trained = await open("page", program(""));
      // a worker whose import fails, as by a CDN that has gone
      const broken = `const blob = globalThis.Blob;
globalThis.Blob = function (parts, options) { return new blob(parts.map((text) => text.replace("entry.js", "gone.js")), options); };`;
      const refused = await open("refused", program(broken));
      return { trained, refused, version };
    });
    if (!told) return "       SKIPPED: no Chromium here (ANYGRAD_CHROMIUM names one)";
    const { trained, refused, version } = told;
    if (trained.digest !== wanted || trained.from !== "file:")
      throw new Error(`filePage: got ${JSON.stringify(trained)}, Node gives ${wanted}`);
    if (refused.code !== "WORKER" || !/gone\.js/.test(refused.message))
      throw new Error(`filePage: a worker that cannot be loaded gives ${JSON.stringify(refused)}`);
    return `       trained in a worker of a page from a file, in ${version}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
