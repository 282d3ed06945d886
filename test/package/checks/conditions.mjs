// Which file each runtime and bundler gets for `anygrad`: by conditions, as their documentation names them.
import { readdirSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "esbuild";

/** The builds of the families, whatever their names, that go with the builds of the core: beside the scalar core they are simd. */
const familiesIn = (installed, core) =>
  readdirSync(join(installed, "dist/kernels")).filter((name) =>
    core.some((file) => file !== "scalar.wasm" && name.endsWith(`-${file}`)),
  );

const cases = [
  // who, conditions, the file, the kernels it imports beside the families; `suffix` is that of all
  ["Node", ["node", "import"], "dist/index.js", []],
  ["browsers by Vite, webpack, Rollup", ["browser", "module", "import"], "dist/index.js", []],
  ["Deno", ["deno", "node", "import"], "dist/index.js", []],
  ["Bun", ["bun", "node", "import"], "dist/index.js", []],
  [
    "wrangler",
    ["workerd", "worker", "browser", "import"],
    "dist/edge/index.js",
    ["relaxed.wasm", "scalar.wasm", "simd.wasm"],
    "",
  ],
  [
    "Vercel and Next.js edge",
    ["edge-light", "worker", "browser", "import"],
    "dist/edge/index.js",
    ["scalar.wasm", "simd.wasm"],
    "?module",
  ],
];

export async function check({ user, installed }) {
  const lines = [];
  for (const [who, conditions, wanted, core, suffix] of cases) {
    const kernels = suffix === undefined ? core : [...core, ...familiesIn(installed, core)];
    const { metafile } = await build({
      stdin: { contents: 'export * from "anygrad"', resolveDir: user },
      bundle: true,
      write: false,
      outdir: user,
      format: "esm",
      metafile: true,
      conditions,
      external: ["*.wasm", "*.wasm?module"],
      logLevel: "silent",
      absWorkingDir: realpathSync(user),
    });
    const entry = Object.keys(metafile.inputs).find((path) => /dist\/((\w|-)+\/)?index[.]js$/.test(path));
    const got = relative(realpathSync(installed), join(realpathSync(user), entry));
    if (got !== wanted) throw new Error(`${who} resolves ${got}, not ${wanted}`);
    const imported = Object.values(metafile.inputs).flatMap(({ imports }) =>
      imports.flatMap(({ path }) => (/[.]wasm/.test(path) ? [path] : [])),
    );
    const files = kernels.map((name) => `../kernels/${name}${suffix}`).sort();
    if (imported.sort().join() !== files.join())
      throw new Error(`${who} imports ${imported.join(", ") || "no kernels"}`);
    lines.push(`       ${who}: ${got}`);
  }
  return lines.join("\n");
}
