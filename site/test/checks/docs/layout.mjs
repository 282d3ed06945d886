/** No page is wider than its screen, on a phone and on a large one, nor lacks a heading: what is wide scrolls in a box of its own. */
import { openPage } from "../../browser.mjs";
import { pagesOf, someOf } from "../../pages.mjs";

export async function check({ dist, browser, origin }) {
  const pages = someOf(pagesOf(dist));
  const wide = [];
  for (const width of [390, 768, 1440]) {
    const { page, close } = await openPage(browser, { viewport: { width, height: 844 } });
    for (const { path } of pages) {
      await page.goto(`${origin}${path}`, { waitUntil: "load" });
      const found = await page.evaluate(() => ({
        over: document.documentElement.scrollWidth - innerWidth,
        headings: document.querySelectorAll("main h1, .VPHome h1").length,
      }));
      if (found.over > 0) wide.push(`${path} is ${found.over} px wider than ${width}`);
      if (found.headings !== 1) wide.push(`${path} has ${found.headings} headings of the first order`);
    }
    await close();
  }
  if (wide.length > 0) throw new Error([...new Set(wide)].slice(0, 20).join("\n"));
  return `${pages.length} pages at 390, 768 and 1440 px`;
}
