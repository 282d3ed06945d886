// Leaves of dist/types what the entries of package.json lead to: the compiler writes declarations of every file, and a third of
// them nobody's program can reach.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** @param root of the package */
export function pruneDeclarations(root) {
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
