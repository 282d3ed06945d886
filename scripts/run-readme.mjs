// Runs every ```js block of README.md, docs/guide/models.md, docs/guide/training.md, docs/guide/runs/watching.md, docs/guide/custom.md, docs/guide/fine-tuning.md, docs/guide/models/inference.md and docs/kernels.md as a program of its own, as a user would: import
// "anygrad" finds this package. After npm run build: node scripts/run-readme.mjs [FILE.md …]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const named = process.argv.slice(2);
for (const file of named.length > 0
  ? named
  : [
      "README.md",
      "docs/guide/models.md",
      "docs/guide/layers.md",
      "docs/guide/models/several-inputs.md",
      "docs/guide/training.md",
      "docs/guide/runs/watching.md",
      "docs/guide/custom.md",
      "docs/guide/fine-tuning.md",
      "docs/guide/models/inference.md",
      "docs/kernels.md",
    ]) {
  const blocks = [...readFileSync(join(root, file), "utf8").matchAll(/^```js\n([\s\S]*?)^```$/gm)];
  const failed = blocks.filter(([, source], index) => !runs(source, `${file}: block ${index + 1}`));
  if (blocks.length === 0) console.error(`${file}: no js block found`);
  else if (failed.length === 0)
    console.error(`${file}: ${blocks.length} js block${blocks.length === 1 ? "" : "s"} ran`);
  if (blocks.length === 0 || failed.length > 0) process.exitCode = 1;
}

function runs(source, title) {
  // inside the package, so that its own name resolves
  const folder = mkdtempSync(join(root, "dist/readme-"));
  try {
    const program = join(folder, "block.mjs");
    writeFileSync(program, source);
    const { status } = spawnSync(process.execPath, [program], { stdio: "inherit", timeout: 300_000 });
    if (status !== 0) console.error(`${title} failed:\n${source}`);
    return status === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
