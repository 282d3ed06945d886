// anygrad/vis in Chromium, under a strict content security policy: its size, the examples of its doc comments, every view drawn,
// updated, turned dark, narrowed to a phone and taken out again, and what a screen reader finds.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { inPage } from "../../chromium.mjs";

/** Bytes after gzip of all views together, minified, with the chart library. */
const BUDGET = 30_000;
const headers = {
  "content-security-policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
  "cross-origin-embedder-policy": "unsafe-none", // no threads, whose program this policy would have to allow
};
const sources = fileURLToPath(new URL("../../../../vis/", import.meta.url));
const pages = fileURLToPath(new URL("../../page/views/", import.meta.url));
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

export async function check({ user }) {
  const served = join(user, "views");
  mkdirSync(served);
  const size = await sizeOf(user, served);
  const examples = examplesOf();
  for (const name of readdirSync(pages))
    if (!name.endsWith(".js")) copyFileSync(join(pages, name), join(served, name));
  copyFileSync(axe, join(served, "axe.js"));
  await bundle(user, readFileSync(join(pages, "gallery.js"), "utf8"), join(served, "gallery.js"));
  for (const { name, code } of examples) await bundle(user, asPage(code), join(served, `${name}.js`));
  for (const { name } of examples)
    writeFileSync(
      join(served, `${name}.html`),
      `<!doctype html><title>${name}</title><body><script type="module" src="${name}.js"></script>`,
    );
  const told = await inPage(served, headers, async (page, { origin, version }) => {
    const faults = [];
    page.on("console", (message) => {
      const isIcon = message.location().url?.endsWith("favicon.ico"); // which browsers ask for
      if (message.type() === "error" && !isIcon) faults.push(message.text());
    });
    page.on("pageerror", (error) => faults.push(String(error)));
    try {
      for (const example of examples) await runExample(page, origin, example, faults);
      await drawAll(page, origin, faults);
    } catch (error) {
      faults.unshift(error.message);
    }
    if (faults.length > 0) throw new Error(`views: ${faults.join("; ")}`);
    return `${examples.length} examples and 13 views in ${version}`;
  });
  return `       ${size} bytes after gzip, of ${BUDGET}; ${told ?? "SKIPPED: no Chromium here, so no view was drawn"}`;
}

async function sizeOf(user, served) {
  const file = join(served, "all.js");
  await bundle(user, 'export * from "anygrad/vis";', file);
  const size = gzipSync(readFileSync(file), { level: 9 }).length;
  if (size > BUDGET) throw new Error(`views: ${size} bytes after gzip; the budget is ${BUDGET}`);
  return size;
}

function bundle(user, contents, outfile) {
  return build({
    stdin: { contents, resolveDir: user, loader: "js" },
    bundle: true,
    minify: true,
    format: "esm",
    outfile,
    logLevel: "error",
    external: ["node:*"],
  });
}

/** The `@example` blocks of the views' doc comments. */
function examplesOf() {
  const files = readdirSync(sources, { recursive: true }).filter((name) => name.endsWith(".ts"));
  return files.flatMap((file) =>
    [
      ...readFileSync(join(sources, file), "utf8").matchAll(/```js\n(.*?)```[^`]*?export function (\w+)/gs),
    ].map(([, lines, name]) => ({ name, code: lines.replaceAll(/^ *\* ?/gm, "") })),
  );
}

const asPage = (code) => `const printed = [];
const console = { log: (value) => printed.push(Array.isArray(value) ? JSON.stringify(value) : String(value)) };
${code}
window.result = printed;`;

async function runExample(page, origin, { name, code }, faults) {
  const promised = [...code.matchAll(/^console[.]log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
  if (promised.length === 0) throw new Error(`views: the example of ${name} promises nothing`);
  await page.goto(`${origin}/${name}.html`);
  const printed = await resultOf(page, faults);
  const plain = (texts) => texts.join("\n").replaceAll(/[\s'"]/g, "");
  if (plain(printed) !== plain(promised))
    throw new Error(`views: the example of ${name} prints ${printed.join(", ")}, not ${promised.join(", ")}`);
}

async function drawAll(page, origin, faults) {
  await page.setViewport({ width: 1100, height: 900 });
  await page.goto(`${origin}/`);
  await resultOf(page, faults);
  await keep(page, "light");
  await accessible(page, "light");
  const paperOf = () =>
    page.evaluate(() => {
      const { element } = window.views.filters;
      const canvas = element.querySelector("canvas");
      return Array.from(canvas.getContext("2d").getImageData(0, 0, 5, 5).data);
    });
  const light = await paperOf();
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  await frames(page);
  if (JSON.stringify(light) === JSON.stringify(await paperOf()))
    throw new Error("views: dark is drawn as light");
  await keep(page, "dark");
  await accessible(page, "dark");
  await page.emulateMediaFeatures([]);
  await page.setViewport({ width: 390, height: 844 });
  await frames(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > 390) throw new Error(`views: on 390 pixels the page is ${wide} wide`);
  await keep(page, "phone");
  const found = await page.evaluate(works);
  for (const [what, value] of Object.entries(found))
    if (value !== true) throw new Error(`views: ${what}: ${JSON.stringify(value)}`);
}

/** In the page: what views do beside being drawn, each true or what was found. */
async function works() {
  const { views } = window;
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const text = (view) => view.element.textContent;
  const label = (view) => view.element.querySelector('[role="img"]').getAttribute("aria-label");
  const codeOf = (call) => {
    try {
      call();
      return "nothing is thrown";
    } catch ({ code, message }) {
      return code === "INVALID_ARGUMENT" && message.length < 500 ? true : `${code}: ${message}`;
    }
  };
  const found = {};
  found.lossFalls = Number(/loss ([\d.]+)/.exec(label(views.loss))?.[1]) < 2 || label(views.loss);
  found.validationIsThere = text(views.loss).includes("val_loss") || text(views.loss);
  views.curves.update({ loss: [3, 2, 1] });
  views.curves.update({ loss: [3, 2], val_loss: [5, 4] });
  views.curves.append({ loss: 0.5, val_loss: NaN });
  await frame();
  found.updates = label(views.curves) === "3 points; last: loss 0.5, val_loss 4" || label(views.curves);
  for (let i = 0; i < 5000; i++) views.curves.append({ loss: i });
  await frame();
  const kept = Number(/^(\d+) points/.exec(label(views.curves))[1]);
  found.pointsAreBounded =
    (kept <= 1001 && label(views.curves).includes("loss 4,999")) || label(views.curves);
  views.confusion.update({
    matrix: [
      [3, 1],
      [0, 4],
    ],
    classNames: ["<b>cat</b>", "dog"],
  });
  await frame();
  const cells = [...views.confusion.element.querySelectorAll("td")].map((cell) => cell.textContent).join();
  found.matrix = (cells === "3,1,,4" && views.confusion.element.querySelector("b") === null) || cells;
  views.surface.update({ data: [0, 1, 1, 0], shape: [2, 2] });
  await frame();
  const [canvas] = views.surface.element.querySelectorAll("canvas");
  const pixels = canvas.getContext("2d").getImageData(0, 0, 2, 2).data;
  const at = (i) => [...pixels.slice(4 * i, 4 * i + 3)].join();
  found.surface = (at(0) === at(3) && at(1) === at(2) && at(0) !== at(1)) || [...pixels];
  views.grid.update({ data: new Uint8Array([0, 128, 255, 64]), shape: [1, 2, 2] });
  await frame();
  const picture = views.grid.element.querySelector("canvas").getContext("2d").getImageData(0, 0, 2, 2).data;
  found.picture = [0, 4, 8, 12].map((i) => picture[i]).join() === "0,128,255,64" || [...picture];
  found.refusesNoElement = codeOf(() => window.vis.table(null, []));
  found.refusesSizes = codeOf(() => views.heatmap.update({ data: [1, 2, 3], shape: [2, 2] }));
  found.refusesMatrix = codeOf(() => views.confusion.update({ matrix: [[1, 2]] }));
  found.refusesPictures = codeOf(() => views.grid.update({ data: [1, 2, 3], shape: [1, 2, 2] }));
  found.refusesFilters = codeOf(() => views.filters.update({ data: [1, 2, 3, 4], shape: [2, 2] }));
  found.refusesPoints = codeOf(() => views.scatter.update({ a: { x: [1], y: [] } }));
  found.refusesBars = codeOf(() => views.bars.update({ a: "1" }));
  found.refusesEdges = codeOf(() => views.histogram.update({ counts: [1, 2], edges: [0, 1] }));
  found.refusesColumns = codeOf(() => views.curves.update({ loss: 3 }));
  views.histogram.update([]);
  views.bars.update({});
  views.curves.update({});
  views.scatter.update({});
  views.table.update([]);
  await frame();
  for (const view of Object.values(views)) view.remove();
  views.curves.update({ loss: [1] }); // nothing happens
  await frame();
  const left = document.querySelector("#views").childElementCount;
  found.nothingIsLeft = left === 0 || left;
  return found;
}

/** Asked for again and again: to wait in the page, puppeteer makes functions of text, which its policy forbids. */
async function resultOf(page, faults) {
  for (const end = Date.now() + 60_000; Date.now() < end && faults.length === 0; await setTimeout(50)) {
    const result = await page.evaluate(() => window.result);
    if (result) return result;
  }
  throw new Error(`views: ${page.url()} has not ended`);
}

const frames = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

async function accessible(page, name) {
  await page.addScriptTag({ url: "/axe.js" });
  const { violations } = await page.evaluate(() => window.axe.run());
  if (violations.length > 0)
    throw new Error(
      `views, ${name}: ${violations.map(({ id, nodes }) => `${id} (${nodes[0].html.slice(0, 120)}: ${nodes[0].failureSummary})`).join("; ")}`,
    );
}

/** Screenshots for docs/pictures, where ANYGRAD_SCREENSHOTS names a folder. */
async function keep(page, name) {
  const folder = process.env.ANYGRAD_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `views-${name}.png`), fullPage: true });
}
