import { build } from "vite"; import { readdirSync, readFileSync, mkdirSync, writeFileSync, rmSync } from "node:fs"; import { join } from "node:path";
const root = process.cwd();
const src = readFileSync("test/package/checks/pages.mjs", "utf8"); const a = src.indexOf("const calls = {"), b = src.indexOf("\n};", a); const calls = eval("(" + src.slice(a + 14, b) + "})");
const kernels = join(root, "dist/kernels/"); const fams = readdirSync(kernels).filter((f) => f.endsWith("-simd.wasm")).map((f) => f.replace("-simd.wasm", ""));
const text = (f) => readFileSync(`${kernels}${f}-simd.wasm`).subarray(0, 300).toString("base64");
for (const f of process.argv[2]?.split(",") ?? fams) { const [call] = calls[f];
  const page = "/tmp/ops2/fam"; rmSync(page, { recursive: true, force: true }); mkdirSync(page, { recursive: true });
  writeFileSync(page + "/index.html", '<script type="module" src="./main.js"></script>');
  writeFileSync(page + "/main.js", `import { createEngine, initializers, layers, losses, ops, optimizers, Updater } from "anygrad"; createEngine({ threads: 1 }).then((engine) => ${call.startsWith("{") ? call : `(${call})`}).then((r) => { window.result = r; });`);
  const out = "/tmp/ops2/famout"; rmSync(out, { recursive: true, force: true });
  await build({ root: page, logLevel: "error", configFile: false, resolve: { alias: { anygrad: join(root, "dist/index.js") } }, build: { outDir: out, modulePreload: { polyfill: false }, target: "es2022" } });
  const files = new Map(readdirSync(join(out, "assets")).map((n) => [n, readFileSync(join(out, "assets", n)).toString()]));
  const seen = new Set(); const walk = (n) => { if (seen.has(n)) return; seen.add(n); for (const m of files.get(n).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) walk(m[1]); }; walk([...files.keys()].find((n) => n.startsWith("index-")));
  console.log(f, "carries", fams.filter((g) => [...seen].some((n) => files.get(n).includes(text(g)))).join(), [...seen].reduce((s, n) => s + files.get(n).length, 0)); }
