/** How the playground is built: from the sources of the library, for any sub-path. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin, type UserConfig } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));
const repository = fileURLToPath(new URL("../../", import.meta.url));
const source = (path: string): string => `${repository}${path}/index.ts`;

/** Entries of the package, as package.json names them, in the sources: the presets and the benchmark of the page are not among them. */
const entries = {
  "anygrad/keras": source("src/io/keras"),
  "anygrad/npz": source("src/io/npz"),
  "anygrad/onnx": source("src/io/onnx"),
  "anygrad/tfjs": source("src/io/tfjs"),
  "anygrad/tflite": source("src/io/tflite"),
  "anygrad/report": source("report/code"),
  "anygrad/vis": source("vis"),
};

/** Writes the service worker, with the files that it keeps. */
function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    generateBundle(_, bundle) {
      const files = Object.keys(bundle).filter((name) => !name.endsWith(".map"));
      const hash = createHash("sha256").update(files.join()).digest("hex").slice(0, 12);
      const text = readFileSync(`${root}offline/service-worker.js`, "utf8")
        .replace("__VERSION__", hash)
        .replace("__FILES__", JSON.stringify(["./", "./icon.svg", ...files.map((name) => `./${name}`)]));
      this.emitFile({ type: "asset", fileName: "service-worker.js", source: text });
    },
  };
}

const config: UserConfig = defineConfig({
  root,
  base: "./",
  publicDir: `${root}public`,
  resolve: {
    alias: [
      ...Object.entries(entries).map(([find, replacement]) => ({ find, replacement })),
      { find: /^anygrad$/, replacement: `${repository}src/index.ts` },
    ],
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
  plugins: [serviceWorker()],
  server: {
    host: "127.0.0.1",
    fs: { allow: [repository] },
    headers: { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" },
  },
  build: {
    target: "es2022",
    outDir: `${root}../dist/playground`,
    emptyOutDir: true,
    modulePreload: { polyfill: false },
  },
});
export default config;
