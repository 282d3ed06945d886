/** Comments stand alone: a tooltip shows no line above, so none may begin as if the name itself were its first word. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const folders = ["src", "runs", "report", "cli", "bench", "assembly", "scripts", "examples", "test", "site"];
/** The begin of a comment that leans on what stands before it, such as "Of the first weights." on a seed. */
const leaning = /(?:\/\*\*?|\/\/|^\s*\*)\s+(?:Of|Likewise|Ditto|So (?:is|are|do|does))\b/;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sources(path);
    return /(?<![.]generated)[.](ts|mts|js|mjs)$/.test(entry.name) ? [path] : [];
  });
}

it("no comment begins with a word that leans on what stands before it", () => {
  const here = new Set(readdirSync("."));
  const files = folders.filter((folder) => here.has(folder)).flatMap(sources);
  expect(files.length).toBeGreaterThan(400);
  const found = files.flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, i) => (leaning.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
});
