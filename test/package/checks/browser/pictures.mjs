// A page and Node make the same examples of the same picture files: datasets.fromImages in Chromium, readImages in Node. To the
// byte for PNG; JPEG decoders round differently, so there within a few steps, turned alike.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { encode } from "fast-png";
import { trainIn } from "../../chromium.mjs";

const fixture = (name) =>
  fileURLToPath(new URL(`../../../fixtures/pictures/orientation/${name}.jpg`, import.meta.url));
const LARGEST_DIFFERENCE = 4; // of 255, after shrinking
const ways = [
  { imageSize: 8, color: "rgb" },
  { imageSize: [9, 7], color: "gray", fit: "contain" },
  { imageSize: [40, 31], color: "rgb", fit: "stretch" },
];

export async function check({ user, installed }) {
  const folder = join(user, "pictures");
  const served = join(folder, "page");
  const names = { png: pngFiles(served), jpg: jpegFiles(served) };
  const program = `
import { datasets } from "anygrad";
const names = ${JSON.stringify(names)}, ways = ${JSON.stringify(ways)};
async function run() {
  const result = {};
  for (const [form, list] of Object.entries(names)) {
    const files = await Promise.all(list.map(async (name) => (await fetch("./" + name)).blob()));
    const labels = list.map((_, i) => i % 2);
    result[form] = [];
    for (const way of ways) result[form].push(Array.from((await datasets.fromImages(files, { labels, ...way })).x));
  }
  const [canvas, broken] = [new OffscreenCanvas(4, 4), new Blob(["no picture"])];
  canvas.getContext("2d").fillRect(0, 0, 4, 4);
  const bitmap = await createImageBitmap(canvas);
  const set = await datasets.fromImages([canvas, bitmap, broken], { labels: [0, 1, 1], imageSize: 2, color: "rgb" });
  result.drawn = { shape: set.shape, most: Math.max(...set.x), unreadable: set.unreadable };
  return result;
}
run().then((result) => { window.result = result; }, (error) => { window.result = { error: String(error) }; });`;
  writeFileSync(join(folder, "main.js"), program);
  writeFileSync(join(served, "index.html"), '<!doctype html><script type="module" src="./main.js"></script>');
  const bundled = { entryPoints: [join(folder, "main.js")], outdir: served, bundle: true, splitting: true };
  await build({ ...bundled, format: "esm", logLevel: "error", nodePaths: [join(user, "node_modules")] });
  const inPage = await trainIn(served);
  if (!inPage) return "       SKIPPED: no Chromium here (ANYGRAD_CHROMIUM names one)";
  const { result, version } = inPage;
  if (result.error) throw new Error(`Chromium: ${result.error}`);

  const { readImages } = await import(pathToFileURL(join(installed, "dist/node/index.js")));
  const lines = [];
  for (const [form, list] of Object.entries(names)) {
    let [largest, values] = [0, 0];
    for (const [i, way] of ways.entries()) {
      const table = join(served, `${form}.csv`); // labels 0, 1, 0, 1 …: read in turn, the order stays
      writeFileSync(table, `file,label\n${list.map((name, at) => `${name},${at % 2}`).join("\n")}\n`);
      const { x } = await readImages(table, { ...way, testSplit: 0, cache: false });
      const page = result[form][i];
      if (page.length !== x.length) throw new Error(`${form}: ${page.length} values, Node ${x.length}`);
      for (const [at, value] of page.entries()) largest = Math.max(largest, Math.abs(value - x[at]));
      values += x.length;
    }
    if (largest > (form === "png" ? 0 : LARGEST_DIFFERENCE))
      throw new Error(`${form}: Chromium and Node differ by ${largest}`);
    lines.push(`       ${list.length} ${form}, ${values} values: they differ by at most ${largest}`);
  }
  const { shape, most, unreadable } = result.drawn;
  if (String(shape) !== "2,2,2,3" || most !== 0 || unreadable.length !== 1)
    throw new Error(`canvas, bitmap and a broken file: ${JSON.stringify(result.drawn)}`);
  return [`       ${version}`, ...lines].join("\n");
}

/** Opaque ones: browsers multiply colors by opacity, which rounds. */
function pngFiles(folder) {
  mkdirSync(folder, { recursive: true });
  const noise = (length, most = 256) => Array.from({ length }, (_, i) => (i * i * 31 + i * 7) % most);
  const forms = {
    "rgb.png": [{ width: 37, height: 23, channels: 3, data: Uint8Array.from(noise(37 * 23 * 3)) }],
    "gray.png": [{ width: 8, height: 8, channels: 1, data: Uint8Array.from(noise(64)) }],
    "rgba.png": [
      {
        width: 5,
        height: 9,
        channels: 4,
        data: Uint8Array.from(noise(180), (v, i) => (i % 4 === 3 ? 255 : v)),
      },
    ],
    "interlaced.png": [
      { width: 19, height: 31, channels: 3, data: Uint8Array.from(noise(19 * 31 * 3)) },
      { interlace: "Adam7" },
    ],
  };
  for (const [name, given] of Object.entries(forms)) writeFileSync(join(folder, name), encode(...given));
  return Object.keys(forms);
}

function jpegFiles(folder) {
  const names = [1, 2, 3, 4, 5, 6, 7, 8].map(String);
  for (const name of names) copyFileSync(fixture(name), join(folder, `${name}.jpg`));
  return names.map((name) => `${name}.jpg`);
}
