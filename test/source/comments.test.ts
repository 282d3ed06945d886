/** How comments are written: each stands alone, since a tooltip shows no line above it, and errors are told in one way. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const folders = ["src", "node", "runs", "report", "cli", "bench", "assembly", "scripts", "examples", "test"];
/** The begin of a comment that leans on what stands before it, such as "Of the first weights." on a seed. */
const leaning = /(?:\/\*\*?|\/\/|^\s*\*)\s+(?:Of|Likewise|Ditto|So (?:is|are|do|does))\b/;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sources(path);
    return /(?<![.]generated)[.](ts|mts|js|mjs)$/.test(entry.name) ? [path] : [];
  });
}

/** Errors told in another way than `@throws AnygradError CODE`. */
const otherDialect = /\bErrors: [A-Z]|@throws (?!AnygradError)[A-Z]+(?:_[A-Z]+)*\b(?![a-z])/;

const here = new Set(readdirSync("."));
const files = folders.filter((folder) => here.has(folder)).flatMap(sources);

function linesWith(pattern: RegExp): string[] {
  return files.flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );
}

it("no comment begins with a word that leans on what stands before it", () => {
  expect(files.length).toBeGreaterThan(400);
  expect(linesWith(leaning)).toEqual([]);
});

it("errors are told as @throws AnygradError CODE", () => {
  expect(linesWith(otherDialect)).toEqual([]);
});

it("comments name files that are there", () => {
  const named =
    /(?<![\w./@-])(?:assembly|src|runs|report|cli|bench|test|scripts|docs|examples)\/[\w./-]*\.(?:ts|mjs|js|md|json)\b/g;
  const isPattern = /\b[A-Z]{3,}\b/; // BUILD.generated.ts stands for three
  const missing = files.flatMap((file) => {
    const comments = readFileSync(file, "utf8").match(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g) ?? [];
    return comments
      .flatMap((comment) => comment.match(named) ?? [])
      .filter((path) => !isPattern.test(path) && !existsSync(path))
      .map((path) => `${file}: ${path}`);
  });
  expect(missing).toEqual([]);
});
