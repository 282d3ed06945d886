/** A folder holds one noun and few files, so that its list can be read at a glance. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

/** Files that a folder may hold, those of its folders aside, dotfiles included. */
const most = 14;

/** Folders with a file a kind, as Keras lists them: there one looks for a name, and groups would hide it. */
const catalogues = ["src/ops", "src/layers"];

/** Whether a path in the folder of a .gitignore is one that it names, or, with "!", names again; undefined for any other. */
type Ignores = (path: string, isFolder: boolean) => boolean | undefined;

/**
 * A line of .gitignore (gitignore(5)): with a slash before its end a path from the file's folder, without one a name
 * at any depth; with a slash at its end folders only; with "!" before it what is not ignored after all.
 */
function ignoring(whole: string): Ignores {
  const isNegated = whole.startsWith("!");
  const line = isNegated ? whole.slice(1) : whole;
  if (/\*\*|[[\]\\?]/.test(line))
    throw new Error(`.gitignore has ${line}: this test reads names, slashes and * only; teach it the rest`);
  const foldersOnly = line.endsWith("/");
  const path = foldersOnly ? line.slice(0, -1) : line;
  const text = path
    .replace(/^\//, "")
    .replaceAll(/[.+^${}()|]/g, "\\$&")
    .replaceAll("*", "[^/]*");
  const pattern = new RegExp(path.includes("/") ? `^${text}$` : `(^|/)${text}$`);
  return (candidate, isFolder) =>
    (isFolder || !foldersOnly) && pattern.test(candidate) ? !isNegated : undefined;
}

/**
 * The files of a checkout by folder, "." for its root, without what .gitignore names. Git is not asked: a packed
 * checkout has none.
 */
function filesByFolder(root: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const walk = (folder: string, outer: readonly Ignores[]): void => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter(
      ({ name }) => name !== ".git", // a folder, or in a worktree a file
    );
    const own = entries.some(({ name }) => name === ".gitignore")
      ? readFileSync(join(root, folder, ".gitignore"), "utf8")
          .split("\n")
          .map((line) => line.trim())
          .filter((line) => line !== "" && !line.startsWith("#"))
          .map(ignoring)
      : [];
    const below = (name: string): Ignores[] =>
      [...outer, ...own].map((ignores) => (path, isFolder) => ignores(`${name}/${path}`, isFolder));
    for (const entry of entries) {
      const isFolder = entry.isDirectory();
      // the last line that names it decides
      const said = [...outer, ...own].map((ignores) => ignores(entry.name, isFolder));
      if (said.findLast((ignored) => ignored !== undefined)) continue;
      if (isFolder) walk(join(folder, entry.name), below(entry.name));
      else if (entry.isFile()) found.set(folder, [...(found.get(folder) ?? []), entry.name]);
    }
  };
  walk(".", []);
  return found;
}

function crowded(root: string): string[] {
  return [...filesByFolder(root)]
    .filter(([folder, files]) => files.length > most && !catalogues.includes(folder))
    .map(
      ([folder, files]) =>
        `${folder} has ${files.length} files, at most ${most} are wanted: move those that share a noun into a folder of that ` +
        `name (git mv), not into one called misc or utils; what is generated belongs into .gitignore`,
    );
}

it(`no folder has more than ${most} files`, () => {
  const folders = filesByFolder(".");
  expect(folders.size).toBeGreaterThan(100);
  for (const catalogue of catalogues) expect(folders.get(catalogue), catalogue).toBeDefined();
  expect(crowded(".")).toEqual([]);
});

it("and one that has would be found, whatever is installed, built or cached beside it", () => {
  const root = mkdtempSync(join(tmpdir(), "anygrad-folders-"));
  const write = (folder: string, extension: string, count: number): void => {
    for (let i = 0; i < count; i++) {
      const file = join(root, folder, `${i}${extension}`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, "");
    }
  };
  try {
    writeFileSync(
      join(root, ".gitignore"),
      "# built\nnode_modules/\n/runs/*/\n!/runs/kept/\na/*.made.ts\n*.tgz\n\n",
    );
    write("full", ".ts", most);
    write("a", ".ts", most + 1);
    write("b/c", ".ts", most + 2);
    write("b/c", ".tgz", 1);
    write("src/ops", ".ts", most + 1);
    for (const ignored of ["node_modules", "b/node_modules/package", "runs/first", ".git"])
      write(ignored, ".js", most + 1);
    write("runs/kept", ".ts", most + 1);
    write("a", ".made.ts", 1);
    write("b", ".made.ts", most + 1);
    mkdirSync(join(root, "b/d"));
    writeFileSync(join(root, "b/d/.gitignore"), "/0.*\n");
    write("b/d", ".ts", most); // with .gitignore and without 0.ts as many as there may be
    write("b/d/e", ".ts", most + 1);
    expect(
      crowded(root)
        .map((text) => text.replace(/,.*/, ""))
        .sort(),
    ).toEqual([
      "a has 15 files",
      "b has 15 files",
      "b/c has 16 files",
      "b/d/e has 15 files",
      "runs/kept has 15 files",
    ]);
    expect(() => ignoring("**/kept.ts")).toThrow("teach it the rest");
  } finally {
    rmSync(root, { recursive: true });
  }
});
