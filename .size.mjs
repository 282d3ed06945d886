import { build } from "vite"; import { readdirSync, readFileSync, mkdirSync, copyFileSync, rmSync } from "node:fs"; import { gzipSync } from "node:zlib"; import { join } from "node:path";
const [, , root] = process.argv;
const page = join(root, "test/package/page"), out = "/tmp/ops2/size/out"; rmSync(out, { recursive: true, force: true });
await build({ root: page, logLevel: "error", configFile: false, resolve: { alias: { anygrad: join(root, "dist/index.js") } }, build: { outDir: out, modulePreload: { polyfill: false }, reportCompressedSize: false, target: "es2022" } });
const files = readdirSync(join(out, "assets")).map((n) => [n, readFileSync(join(out, "assets", n))]);
const byName = new Map(files);
const seen = new Set(); const walk = (n) => { if (seen.has(n)) return; seen.add(n); const t = byName.get(n).toString(); for (const m of t.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) walk(m[1]); };
walk(files.find(([n]) => n.startsWith("index-"))[0]);
let total = 0; for (const n of seen) { const g = gzipSync(byName.get(n), { level: 9 }).length; total += g; console.log(n, byName.get(n).length, g); }
console.log("static total gzip", total); console.log("all chunks", files.map(([n, b]) => `${n}:${gzipSync(b).length}`).join(" "));
