/** The search is opened by a key, finds guides, error codes and names of the API, and its first result is reached by keys alone. */
import { openPage, visit } from "../../browser.mjs";

const wanted = [
  ["conv2d", /\/api\/.*conv2d/],
  ["NOT_FINITE", /\/help\/errors/],
  ["classroom", /\/guide\/hosts\/classroom/],
  ["resume", /\/(guide|reliability|api)/],
];

export async function check({ browser, origin }) {
  const { page, faults, close } = await openPage(browser);
  for (const [word, place] of wanted) {
    await visit(page, `${origin}/start/install.html`);
    await page.keyboard.press("Control+k");
    const input = page.locator(".VPLocalSearchBox input");
    await input.waitFor();
    await input.fill(word);
    // results follow the typing, so what is there first may be of half a word
    const isFound = await page
      .waitForFunction(
        (source) =>
          [...document.querySelectorAll(".VPLocalSearchBox .results a")].some((link) =>
            new RegExp(source).test(link.getAttribute("href")),
          ),
        place.source,
      )
      .catch(() => false);
    if (!isFound) throw new Error(`${word} does not find ${place}`);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.pathname.endsWith("/install.html"));
  }
  await close();
  if (faults.length > 0) throw new Error(faults.join("\n"));
}
