/** No page is wider than its screen, on a phone and on a large one, nor lacks a heading: what is wide scrolls in a box of its own. */
import { openPage, visit } from "../../browser.mjs";
import { pagesOf, someOf } from "../../pages.mjs";

export async function check({ dist, browser, origin }) {
  const pages = someOf(pagesOf(dist));
  const wrong = [];
  const { page, close } = await openPage(browser);
  for (const { path } of pages) {
    await visit(page, `${origin}${path}`);
    const headings = await page.locator("main h1, .VPHome h1").count();
    if (headings !== 1) wrong.push(`${path} has ${headings} headings of the first order`);
    for (const width of [1440, 768, 390]) {
      await page.setViewportSize({ width, height: 844 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) wrong.push(`${path} is ${over} px wider than ${width}`);
    }
  }
  await close();
  if (wrong.length > 0) throw new Error(wrong.slice(0, 20).join("\n"));
  return `${pages.length} pages at 390, 768 and 1440 px`;
}
