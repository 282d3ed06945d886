/**
 * axe finds nothing in pages of each kind, dark on a phone and light on a large screen, nor in the open search. What frames them is made alike, and looked
 * at on one page with the guides' list at its side, and on one with that of the API.
 */
import { violationsIn } from "../../axe.mjs";
import { openPage, visit } from "../../browser.mjs";

const framed = ["/start/install.html", "/api/"];
const paths = [
  "/",
  "/start/install.html",
  "/guide/models.html",
  "/from-keras.html",
  "/help/errors.html",
  "/results.html",
  "/runtimes.html",
  "/source/examples-gradients-mjs.html",
  "/api/",
  "/api/anygrad/namespaces/ops/functions/conv2d.html",
];

export async function check({ browser, origin }) {
  const found = [];
  for (const [colorScheme, width] of [
    ["dark", 390],
    ["light", 1440],
  ]) {
    // axe is injected as a script, which the policy of the pages would refuse
    const { page, close } = await openPage(browser, {
      colorScheme,
      viewport: { width, height: 844 },
      bypassCSP: true,
    });
    const look = async (name, options) => {
      for (const violation of await violationsIn(page, options))
        found.push(`${name}, ${colorScheme}, ${width} px: ${violation}`);
    };
    for (const path of paths) {
      await visit(page, `${origin}${path}`);
      await look(path, { without: framed.includes(path) ? [] : [".VPNav", ".VPSidebar"] });
    }
    await page.keyboard.press("Control+k");
    await page.locator(".VPLocalSearchBox input").first().waitFor();
    await look("search");
    await close();
  }
  if (found.length > 0) throw new Error([...new Set(found)].slice(0, 25).join("\n"));
  return `${paths.length} pages and the search`;
}
