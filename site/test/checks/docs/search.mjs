/** The search is opened by a key, finds guides, error codes and names of the API, and its first result is reached by keys alone. */
import { openPage } from "../../browser.mjs";

const wanted = [
  ["conv2d", /\/api\/.*conv2d/],
  ["NOT_FINITE", /\/help\/errors/],
  ["classroom", /\/guide\/hosts\/classroom/],
  ["resume", /\/(guide|reliability|api)/],
];

export async function check({ browser, origin }) {
  const { page, faults, close } = await openPage(browser);
  for (const [word, place] of wanted) {
    await page.goto(`${origin}/start/install.html`, { waitUntil: "networkidle" });
    await page.keyboard.press("Control+k");
    const input = page.locator(".VPLocalSearchBox input");
    await input.waitFor();
    await input.fill(word);
    const links = page.locator(".VPLocalSearchBox .results a");
    await links.first().waitFor();
    const found = await links.evaluateAll((list) => list.map((link) => link.getAttribute("href")));
    if (!found.some((href) => place.test(href)))
      throw new Error(`${word} finds ${found.slice(0, 8)}, not ${place}`);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.pathname.endsWith("/install.html"));
  }
  await close();
  if (faults.length > 0) throw new Error(faults.join("\n"));
}
