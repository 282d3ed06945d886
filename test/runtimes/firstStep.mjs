/** The first result of a page in Chromium: script start to first training step, warm cache. What is wanted: 150 ms. */
import { chromium } from "./drivers/browser/chromium.mjs";
import { writePlainPage } from "./drivers/browser/page.mjs";
import { openPage } from "./drivers/browser/puppeteer.mjs";
import { buildWithVite } from "./drivers/browser/vite.mjs";
import { Missing } from "./install.mjs";
import { median } from "./measure.mjs";

const loads = 7;

/** @returns lines for the report */
export async function firstSteps(root) {
  try {
    const plain = await writePlainPage(root, "first", "firstStep.mjs");
    const { page: built } = await buildWithVite(root, "first-vite", ["firstStep.mjs"]);
    const lines = [
      "From the start of a page's script to the end of its first training step at batch 64, in Chromium, files in the browser's",
      `cache, median of ${loads} loads (and the fastest): loading the package, the kernels, drawing 64 digits, the step itself.`,
      "",
      "| page | network | ms | fastest | of it until the package is imported |",
      "|---|---|---|---|---|",
    ];
    for (const [name, path] of [
      ["import map, no bundler", plain],
      ["built by Vite", built],
    ])
      for (const network of ["mlp-128-64", "cnn-32-32"]) {
        const { ms, fastest, importMs } = await measure(root, `${path}#${network}`);
        lines.push(`| ${name} | ${network} | ${ms} | ${fastest} | ${importMs} |`);
      }
    return lines;
  } catch (error) {
    if (error instanceof Missing) return [`Not measured: ${error.message}`];
    throw error;
  }
}

async function measure(root, page) {
  const session = await openPage({ root, page, isolated: false, launch: await chromium() });
  try {
    const found = [];
    for (let load = 0; load < loads; load++) {
      await session.page.reload();
      await session.page.waitForFunction(() => globalThis.loaded, { polling: 20 });
      found.push(await session.page.evaluate(() => globalThis.first));
    }
    const ms = found.map((first) => first.ms);
    return {
      ms: median(ms).toFixed(0),
      fastest: Math.min(...ms).toFixed(0),
      importMs: median(found.map((first) => first.importMs)).toFixed(0),
    };
  } finally {
    await session.close();
  }
}
