/**
 * Every page of the documentation as it is opened: the strict policy finds nothing inline and the console no fault, it has one heading of the first
 * order, and it is not wider than its screen, on a phone, a tablet and a large one: what is wide scrolls in a box of its own.
 */
import { readFileSync } from "node:fs";
import { openPage, visit } from "../../browser.mjs";
import { pagesOf, someOf } from "../../pages.mjs";

const widths = [1440, 768, 390];
/** Pages that are opened at a time: most of a visit is waited for. */
const abreast = 2;

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
  const seen = someOf(pages);
  const left = seen.map(({ path }) => path);
  const wrong = [];
  await Promise.all(
    Array.from({ length: abreast }, async () => {
      const { page, faults, close } = await openPage(browser);
      for (let path = left.shift(); path !== undefined; path = left.shift()) {
        await visit(page, `${origin}${path}`);
        const headings = await page.locator("main h1, .VPHome h1").count();
        if (headings !== 1) wrong.push(`${path} has ${headings} headings of the first order`);
        for (const width of widths) {
          await page.setViewportSize({ width, height: 844 });
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (over > 0) wrong.push(`${path} is ${over} px wider than ${width}`);
        }
      }
      await close();
      wrong.push(...faults);
    }),
  );
  if (wrong.length > 0) throw new Error(wrong.slice(0, 20).join("\n"));
  return `${pages.length} pages without inline scripts and styles, ${seen.length} opened, at ${widths.join(", ")} px`;
}
