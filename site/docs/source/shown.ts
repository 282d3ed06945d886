/** The files and folders of the repository, outside docs/, that pages link to: each is shown as a page, its text highlighted. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";

export const repository: string = fileURLToPath(new URL("../../../", import.meta.url));

const pages = [
  "examples/README.md",
  ...readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" })
    .map((name) => `docs/${name.replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".md") && !name.startsWith("docs/api/")),
];

const linked = pages.flatMap((page) => {
  const text = readFileSync(join(repository, page), "utf8").replaceAll(/^```.*?^```$/gms, "");
  return [...text.matchAll(/\]\(([^)#\s]+)/g)]
    .map(([, link]) => posix.join(posix.dirname(page), link!))
    .filter((path) => !/^docs\/|^\w+:|\.md$/.test(path));
});

/** Paths of what is shown, such as "examples/vite". */
export const shown: readonly string[] = [...new Set(linked)].sort();

export function isShown(path: string): boolean {
  return shown.includes(path);
}

/** The last part of its address: "examples/gradients.mjs" is at source/examples-gradients-mjs. */
export function slugOf(path: string): string {
  return path.replaceAll(/\W+/g, "-");
}

/** Its files, itself where it is one. */
export function filesOf(path: string): readonly string[] {
  if (!statSync(join(repository, path)).isDirectory()) return [path];
  return readdirSync(join(repository, path), { recursive: true, encoding: "utf8" })
    .map((name) => posix.join(path, name.replaceAll("\\", "/")))
    .filter(
      (file) => !/node_modules|package-lock|\/dist\//.test(file) && statSync(join(repository, file)).isFile(),
    )
    .sort();
}
