// Runs every ```js block of README.md and of all pages of docs/ as a program of its own, as a user would: import "anygrad" finds this package, and a
// program what the ones before it on its page have written. What
// stands behind a console.log as a comment must be printed, in this order, white space aside; "…" stands for anything.
// A ```ts block is a part of a program, which needs what stands around it: it must parse, and what it imports of anygrad must be there.
// After npm run build: node scripts/run-readme.mjs [FILE.md …]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "rolldown/parseAst";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const named = process.argv.slice(2);
const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .map((name) => `docs/${name.replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".md") && !name.startsWith("docs/api/")) // examples of the API: test/docs
    .sort(),
];

for (const page of named.length > 0 ? named : pages) {
  const text = readFileSync(join(root, page), "utf8");
  const programs = [...text.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, source]) => source);
  const parts = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, source]) => source);
  // inside the package, so that its own name resolves
  const folder = mkdtempSync(join(root, "dist/readme-"));
  const failed = [
    ...programs.filter((source, index) => !runs(source, folder, `${page}: program ${index + 1}`)),
    ...(await faultsOf(parts, page)),
  ];
  rmSync(folder, { recursive: true });
  if (failed.length > 0) process.exitCode = 1;
  else if (programs.length + parts.length > 0)
    console.error(`${page}: ${programs.length} programs ran, ${parts.length} parts of programs looked at`);
  else if (named.length > 0) console.error(`${page}: no program found`);
}

function runs(source, folder, title) {
  const program = join(folder, "block.mjs");
  writeFileSync(program, source);
  const { status, stdout } = spawnSync(process.execPath, [program], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    timeout: 300_000,
  });
  const isRight = status === 0 && printed(source).test(stdout.replaceAll(/\s/g, ""));
  if (!isRight) console.error(`${title} failed${status === 0 ? `: it prints\n${stdout}` : ""}\n${source}`);
  return isRight;
}

function printed(source) {
  const lines = [...source.matchAll(/^\s*console[.]log\(.*\); *\/\/ (.*)$/gm)].map(([, text]) =>
    text
      .replaceAll(/\s/g, "")
      .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replaceAll("…", ".*"),
  );
  return new RegExp(lines.join(".*"), "s");
}

async function faultsOf(parts, page) {
  const faults = [];
  for (const [index, source] of parts.entries()) {
    try {
      for (const { type, source: from, specifiers } of parseAst(source, { lang: "ts" }).body) {
        if (type !== "ImportDeclaration" || !/^anygrad(\/[a-z]+)?$/.test(from.value)) continue;
        const module = await import(from.value);
        for (const { imported } of specifiers)
          if (imported && !(imported.name in module))
            throw new Error(`${from.value} has no ${imported.name}`);
      }
    } catch (error) {
      console.error(`${page}: part ${index + 1}: ${error.message}\n${source}`);
      faults.push(error);
    }
  }
  return faults;
}
