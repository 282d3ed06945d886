/** The pages of a built site. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Pages of the documentation, each with its file and its path on the site. */
export function pagesOf(dist) {
  return readdirSync(dist, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".html") && name !== "404.html" && !name.startsWith("playground/"))
    .sort()
    .map((name) => ({ path: `/${name.replace(/(^|\/)index\.html$/, "$1")}`, file: join(dist, name) }));
}

/** All that people wrote, and of the API, whose hundreds of pages are made alike, every hundredth. */
export function someOf(pages) {
  const isApi = ({ path }) => path.startsWith("/api/");
  return [
    ...pages.filter((page) => !isApi(page)),
    ...pages.filter(isApi).filter((_, index) => index % 100 === 0),
  ];
}
