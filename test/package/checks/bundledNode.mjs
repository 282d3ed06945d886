// A program that bundles anygrad/node works wherever its bundle is copied to, with no package beside it: it reads PNG and JPEG
// pictures, names classes, and of figures that need a file of the package it says what to do. By esbuild, Rollup and webpack.
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { rollup } from "rollup";
import webpack from "webpack";

const fixture = (name) => fileURLToPath(new URL(`../../fixtures/pictures/${name}`, import.meta.url));

const program = `
import { createEngine, layers, readImage, readImages, sequential, writeReport } from "anygrad/node";

async function main() {
  const [photos] = process.argv.slice(-1);
  const { train, test } = await readImages(photos, { imageSize: 8, color: "rgb", testSplit: 0.25, cache: false });
  const net = sequential([layers.flatten(), layers.dense({ units: 2, activation: "softmax" })], { inputShape: [8, 8, 3], seed: 1 });
  await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"], engine: await createEngine({ threads: 1 }) });
  const history = await net.fit(train, { epochs: 1, seed: 1 });
  const [{ label }] = await net.classify(await readImage(photos + "/a/1.jpg"));
  const report = await writeReport(net, history, test, photos + "/../report").then(() => "written", (error) => error.code + " " + error.message);
  console.log(JSON.stringify({ digest: await net.digest(), n: train.x.length, label, unreadable: train.unreadable ?? [], report }));
}
main().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
`;

/** How each bundler makes a folder of the program; its entry is main.mjs or main.cjs. */
const bundlers = {
  "esbuild, modules": (entry, outdir) =>
    build({ ...esbuilt(entry), outdir, format: "esm", splitting: true, outExtension: { ".js": ".mjs" } }),
  "esbuild, CommonJS": (entry, outdir) =>
    build({ ...esbuilt(entry), outfile: join(outdir, "main.cjs"), format: "cjs" }),
  async Rollup(entry, dir) {
    const made = await rollup({ input: entry, external: /^node:/, plugins: [fromNodeModules], onwarn() {} });
    await made.write({ dir, format: "esm", entryFileNames: "[name].mjs" });
    await made.close();
  },
  webpack: (entry, path) =>
    new Promise((resolve, reject) => {
      const config = {
        mode: "development",
        devtool: false,
        target: "node20",
        entry,
        output: { path, filename: "main.cjs", chunkFilename: "[id].cjs" },
      };
      webpack(config, (error, stats) => {
        const [first] = stats?.compilation.errors ?? [];
        if (error || first) reject(error ?? first);
        else resolve();
      });
    }),
};

const esbuilt = (entry) => ({
  entryPoints: { main: entry },
  bundle: true,
  platform: "node",
  logLevel: "error",
  logOverride: { "empty-import-meta": "silent" },
});

/** Rollup looks into node_modules by a plugin; this is as much of one as a single package needs. */
const fromNodeModules = {
  name: "node-modules",
  resolveId: (specifier, importer) =>
    specifier === "anygrad/node" ? createRequire(importer).resolve(specifier) : null,
};

export async function check({ user }) {
  const work = mkdtempSync(join(tmpdir(), "anygrad-bundled-"));
  try {
    const photos = makePhotos(join(work, "photos"));
    const entry = join(user, "main.mjs");
    writeFileSync(entry, program);
    const wanted = { ...run(entry, photos), report: undefined };
    if (wanted.unreadable.length > 0) throw new Error(`installed: ${JSON.stringify(wanted)}`);
    const told = [];
    for (const [name, bundle] of Object.entries(bundlers)) {
      const made = join(work, "made", name);
      await bundle(entry, made);
      const moved = join(work, "moved", name); // no package.json and no node_modules above it
      cpSync(made, moved, { recursive: true });
      const file = ["main.mjs", "main.cjs"].map((each) => join(moved, each));
      const { report, ...got } = run(file[name.endsWith("CommonJS") || name === "webpack" ? 1 : 0], photos);
      if (JSON.stringify(got) !== JSON.stringify({ ...wanted, report: undefined }))
        throw new Error(`${name}: ${JSON.stringify(got)}, wanted ${JSON.stringify(wanted)}`);
      const isTold = report === "written" || report.startsWith("DATA_MISSING writeReport: ");
      if (!isTold) throw new Error(`${name}: the report: ${report}`);
      told.push(`       ${name}: the same weights and class; its report: ${report.slice(0, 24)}…`);
    }
    return told.join("\n");
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** JPEG pictures of two classes. */
function makePhotos(folder) {
  for (const [i, name] of ["a", "b"].entries()) {
    mkdirSync(join(folder, name), { recursive: true });
    for (let n = 1; n <= 4; n++)
      copyFileSync(fixture(`orientation/${n + 4 * i}.jpg`), join(folder, name, `${n}.jpg`));
  }
  return folder;
}

function run(file, photos) {
  const text = execFileSync(process.execPath, [file, photos], { cwd: photos, encoding: "utf8" });
  return JSON.parse(text);
}
