// Compiles assembly/ once per variant and writes what src/engine needs of it:
//   src/engine/kernels/VARIANT.generated.ts   the module as base64, one lazily imported chunk a variant
//   src/engine/kernels/abi.generated.ts       the typed kernel interface, from the compiler's own declarations
//   dist/kernels/VARIANT.wasm                 the files themselves
// Nothing is done when the sources are older than the outputs.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const variants = ["scalar", "simd"];
const largest = 64 * 1024; // bytes; DESIGN.md
const target = join(root, "src/engine/kernels");
const asc = join(
  dirname(createRequire(import.meta.url).resolve("assemblyscript/package.json")),
  "bin/asc.js",
);

const sources = [
  join(root, "asconfig.json"),
  fileURLToPath(import.meta.url),
  ...readdirSync(join(root, "assembly"), { recursive: true })
    .filter((f) => f.endsWith(".ts"))
    .map((f) => join(root, "assembly", f)),
];
const outputs = [
  ...variants.map((v) => join(target, `${v}.generated.ts`)),
  ...variants.map((v) => join(root, `dist/kernels/${v}.wasm`)),
  join(target, "abi.generated.ts"),
];
const newest = Math.max(...sources.map((f) => statSync(f).mtimeMs));
if (outputs.every((f) => existsSync(f) && statSync(f).mtimeMs > newest)) process.exit(0);

mkdirSync(target, { recursive: true });
mkdirSync(join(root, "dist/kernels"), { recursive: true });
for (const variant of variants) {
  const declarations = variant === "simd" ? ["--bindings", "raw"] : [];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [asc, "--config", "asconfig.json", "--target", variant, ...declarations],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0) {
    console.error(`build-kernels: ${variant} does not compile\n${stdout}${stderr}`);
    process.exit(1);
  }
  const wasm = readFileSync(join(root, `dist/kernels/${variant}.wasm`));
  if (wasm.length > largest) {
    console.error(
      `build-kernels: ${variant}.wasm has ${wasm.length} bytes, more than the ${largest} it may have`,
    );
    process.exit(1);
  }
  writeFileSync(
    join(target, `${variant}.generated.ts`),
    `// written by scripts/build-kernels.mjs: the ${variant} kernels, ${wasm.length} bytes\nexport const wasm: string =\n  "${wasm.toString("base64")}";\n`,
  );
}

const declared = readFileSync(join(root, "dist/kernels/simd.d.ts"), "utf8");
const functions = [...declared.matchAll(/export function (\w+)\(([^)]*)\): (\w+);/g)];
writeFileSync(
  join(target, "abi.generated.ts"),
  `// written by scripts/build-kernels.mjs from assembly/index.ts\nexport interface Kernels {\n${functions
    .map(
      ([, name, parameters, result]) =>
        `  ${name}(${parameters.replaceAll(/\b(default|this)\b/g, "_$1")}): ${result};`,
    )
    .join("\n")}\n}\n`,
);
for (const file of ["simd.d.ts", "simd.js"]) rmSync(join(root, "dist/kernels", file));
console.error(
  `kernels: ${variants.map((v) => `${v} ${statSync(join(root, `dist/kernels/${v}.wasm`)).size} bytes`).join(", ")}`,
);
