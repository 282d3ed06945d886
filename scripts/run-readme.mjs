// Runs every ```js block of README.md as a program of its own, as a user would: import "anygrad" finds this package.
// Usage: node scripts/run-readme.mjs [FILE.md]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const file = process.argv[2] ?? "README.md";
const blocks = [...readFileSync(join(root, file), "utf8").matchAll(/^```js\n([\s\S]*?)^```$/gm)];
if (blocks.length === 0) {
  console.error(`${file}: no js block found`);
  process.exit(1);
}
// inside the package, so that its own name resolves
const folder = mkdtempSync(join(root, "dist/readme-"));
try {
  for (const [index, [, source]] of blocks.entries()) {
    const program = join(folder, `block-${index + 1}.mjs`);
    writeFileSync(program, source);
    const { status } = spawnSync(process.execPath, [program], { stdio: "inherit", timeout: 300_000 });
    if (status !== 0) {
      console.error(`${file}: block ${index + 1} failed:\n${source}`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
if (!process.exitCode)
  console.error(`${file}: ${blocks.length} js block${blocks.length === 1 ? "" : "s"} ran`);
