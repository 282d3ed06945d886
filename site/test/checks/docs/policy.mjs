/** Every page of the documentation stands under the strict policy: nothing inline, no fault on the console, and no inline style left. */
import { readFileSync } from "node:fs";
import { openPage, visit } from "../../browser.mjs";
import { pagesOf, someOf } from "../../pages.mjs";

export async function check({ dist, browser, origin }) {
  const pages = pagesOf(dist);
  const inline = pages.filter(({ file }) =>
    /<script(?![^>]*\ssrc=)(?![^>]*application\/json)|<[^>]+ style="|<style|\son\w+="/.test(
      readFileSync(file, "utf8"),
    ),
  );
  if (inline.length > 0)
    throw new Error(
      `${inline.length} pages have inline scripts or styles: ${inline.slice(0, 5).map(({ path }) => path)}`,
    );
  const { page, faults, close } = await openPage(browser);
  const seen = someOf(pages);
  for (const { path } of seen) await visit(page, `${origin}${path}`);
  await close();
  if (faults.length > 0) throw new Error(faults.slice(0, 10).join("\n"));
  return `${pages.length} pages without inline scripts and styles, ${seen.length} opened`;
}
