/** Every link of every page leads to a page of the site, to its anchor, or to a file that is there; pictures as well. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pagesOf } from "../../pages.mjs";

export const needsBrowser = false;

export function check({ dist }) {
  const pages = pagesOf(dist);
  const texts = new Map(pages.map(({ path, file }) => [path, readFileSync(file, "utf8")]));
  const anchors = new Map(
    [...texts].map(([path, text]) => [
      path,
      new Set([...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => decoded(id))),
    ]),
  );
  const dead = [];
  let count = 0;
  for (const [path, text] of texts) {
    for (const [, link] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      count++;
      const { origin, pathname, hash } = new URL(decoded(link), `http://site${path}`);
      if (origin !== "http://site" || pathname.startsWith("/playground/")) continue;
      const target = pathname.replace(/index\.html$/, "");
      const ids = anchors.get(target);
      const isThere = ids
        ? !hash || ids.has(decodeURIComponent(hash.slice(1)))
        : isFile(join(dist, decodeURIComponent(pathname)));
      if (!isThere) dead.push(`${path} -> ${link}`);
    }
  }
  if (dead.length > 0)
    throw new Error(`${dead.length} links lead nowhere:\n${[...new Set(dead)].slice(0, 20).join("\n")}`);
  return `${count} links of ${pages.length} pages`;
}

const isFile = (path) => existsSync(path) && statSync(path).isFile();
const decoded = (text) =>
  text.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">");
