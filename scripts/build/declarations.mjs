// dist/types, which the compiler writes: declarations of every file, a third of which nobody's program can reach. What the
// entries of package.json lead to is left.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** @param root of the package @param config of the compiler */
export async function writeDeclarations(root, config) {
  const compiler = join(root, "node_modules/typescript-native/bin/tsc");
  const child = spawn(process.execPath, [compiler, "-p", config], { cwd: root, stdio: "inherit" });
  const [code] = await once(child, "close");
  if (code !== 0) process.exit(1);
  prune(root);
}

function prune(root) {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const kept = new Set();
  const visit = (file) => {
    if (kept.has(file)) return;
    kept.add(file);
    for (const [, from, imported] of readFileSync(file, "utf8").matchAll(
      /\bfrom "([.][^"]*)"|\bimport\("([.][^"]*)"\)/g,
    ))
      visit(join(dirname(file), (from ?? imported).replace(/[.](ts|js)$/, ".d.ts")));
  };
  for (const { types } of Object.values(exports)) if (types) visit(join(root, types));
  const folder = join(root, "dist/types");
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = join(folder, name);
    if (file.endsWith(".d.ts") && !kept.has(file)) rmSync(file);
  }
}
