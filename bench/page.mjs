// How a page feels while it trains, in Chromium: longest task, frames and timers on the main thread, by a worker and by
// fit on the page itself, with and without cross-origin isolation; and how long a page takes to its first training step.
// Usage: npm run build && node bench/page.mjs
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packages, systemProgram } from "../test/runtimes/install.mjs";
import { serve } from "../test/runtimes/serve.mjs";

const html = `<!doctype html><title>measure</title><link rel="icon" href="data:,">
<script type="importmap">
  { "imports": { "anygrad": "./dist/index.js", "anygrad/worker": "./dist/worker/index.js" } }
</script>
<script type="module">globalThis.run = (${measure})(performance.now());</script>`;

/** In the page. @returns the facts of a run as its address asks for it */
async function measure(began) {
  const asked = new URL(location.href).searchParams;
  const { datasets, layers, sequential } = await import("anygrad");
  const { datasets: drawn, inWorker } = await import("anygrad/worker");
  const convolution = () => layers.conv2d({ filters: 32, kernelSize: 3, activation: "relu" });
  const network = sequential(
    [
      convolution(),
      layers.maxPooling2d(),
      convolution(),
      layers.maxPooling2d(),
      layers.flatten(),
      layers.dense({ units: 128, activation: "relu" }),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { inputShape: [28, 28, 1], seed: 1 },
  );
  const onPage = asked.get("where") === "page";
  const first = asked.get("first") === "1";
  const net = onPage ? network : inWorker(network);
  const size = { train: first ? 256 : 6400, test: 1, seed: 1 };
  const [{ train }] = await Promise.all([
    (first && onPage ? datasets : drawn).digits(size),
    net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] }),
  ]);
  if (!first) await new Promise((resolve) => setTimeout(resolve, 500)); // what loading left behind
  const tasks = [];
  const frames = [];
  let timers = 0;
  let firstStep;
  let over = false;
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  observer.observe({ type: "longtask" });
  const timer = setInterval(() => timers++, 20);
  requestAnimationFrame(function next(time) {
    frames.push(time);
    if (!over) requestAnimationFrame(next);
  });
  const onStepEnd = ({ globalStep }, run) => {
    if (globalStep === 0) firstStep = performance.now() - began;
    if (first) run.stop();
  };
  const start = performance.now();
  performance.mark("fit");
  await net.fit(train, { epochs: 3, batchSize: 64, seed: 1, callbacks: [{ onStepEnd }] });
  const milliseconds = performance.now() - start;
  over = true;
  clearInterval(timer);
  await new Promise((resolve) => setTimeout(resolve, 200)); // entries come late
  const intervals = frames.slice(1).map((time, i) => time - frames[i]);
  const { threads } = onPage ? network.engine.info : await net.engineInfo();
  return { threads, firstStep, milliseconds, timers, intervals, tasks: tasks.map((task) => task.duration) };
}

const root = await mkdtemp(join(tmpdir(), "anygrad-page-"));
const modules = await packages(["puppeteer-core@24"]);
const { default: puppeteer } = await import(
  join(modules, "puppeteer-core/lib/esm/puppeteer/puppeteer-core.js")
);
const executablePath = await systemProgram(["chromium", "google-chrome"], ["chromium"]);
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  await writeFile(join(root, "index.html"), html);
  await symlink(fileURLToPath(new URL("../dist", import.meta.url)), join(root, "dist"));
  console.log(`${await browser.version()}, cnn-32-32, batch 64, 300 steps\n`);
  console.log(
    "where   threads  ms a step  longest task  its CPU time  frames/s  slowest frame  timers of 20 ms",
  );
  for (const where of ["worker", "page"])
    for (const isolated of [true, false]) {
      const { address, close } = await serve(root, { isolated });
      const seen = await open(`${address}/index.html?where=${where}`, traced);
      const { threads, milliseconds, timers, intervals, tasks, processor } = seen;
      const rate = (1000 * intervals.length) / intervals.reduce((sum, ms) => sum + ms, 0);
      const longest = tasks.length === 0 ? "< 50" : String(Math.max(...tasks));
      const share = `${Math.round((100 * timers) / (milliseconds / 20))} %`;
      const cells = [
        [where, -6],
        [threads, 9],
        [(milliseconds / 300).toFixed(1), 11],
        [`${longest} ms`, 14],
        [`${processor.toFixed(0)} ms`, 14],
        [rate.toFixed(1), 10],
        [`${Math.max(...intervals).toFixed(0)} ms`, 15],
        [share, 17],
      ];
      console.log(
        cells
          .map(([cell, width]) => (width < 0 ? cell.padEnd(-width) : String(cell).padStart(width)))
          .join(""),
      );
      close();
    }
  for (const where of ["page", "worker"]) {
    const { address, close } = await serve(root, { isolated: true });
    const waits = [];
    for (let i = 0; i < 13; i++)
      waits.push((await open(`${address}/index.html?first=1&where=${where}`)).firstStep);
    const warm = waits.slice(1).sort((a, b) => a - b); // the first fills the cache
    const [best, median] = [warm[0], warm[6]].map(Math.round);
    console.log(
      `\nscript to first step, ${where}, 256 digits drawn, warm cache: ${median} ms (best of 12: ${best})`,
    );
    close();
  }
} finally {
  await browser.close();
  await rm(root, { recursive: true });
}

async function open(address, ask = (tab) => tab.evaluate(() => globalThis.run)) {
  const tab = await browser.newPage();
  try {
    await tab.goto(address);
    return await ask(tab);
  } finally {
    await tab.close();
  }
}

/** The run, and the CPU time of the main thread's longest task in it: on a busy machine only that says who was slow. */
async function traced(tab) {
  await tab.tracing.start({ categories: ["toplevel", "blink.user_timing", "__metadata"] });
  const seen = await tab.evaluate(() => globalThis.run);
  const { traceEvents } = JSON.parse(Buffer.from(await tab.tracing.stop()).toString());
  const fit = traceEvents.find(({ name, cat }) => name === "fit" && cat.includes("user_timing"));
  const tasks = traceEvents.filter(
    ({ name, tid, pid, ts, tdur }) =>
      /RunTask$/.test(name) && tid === fit.tid && pid === fit.pid && ts > fit.ts && tdur,
  );
  return { ...seen, processor: Math.max(...tasks.map(({ tdur }) => tdur)) / 1000 };
}
