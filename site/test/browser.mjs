/** Chromium as the checks drive it, and pages that tell what went wrong in them. */
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const program = [process.env.ANYGRAD_CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);

/** Undefined where there is no Chromium. @param args of the command line beside the usual ones */
export function openBrowser({ args = [] } = {}) {
  return (
    program && chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-gpu", ...args] })
  );
}

/**
 * A page of its own profile, by the options of Playwright's newContext. `faults` gets what it complains about: exceptions, errors on the console
 * (what its policy refuses among them), answers of 400 and more.
 */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on(
    "console",
    (message) => message.type() === "error" && faults.push(`${page.url()}: ${message.text()}`),
  );
  page.on(
    "response",
    (response) => response.status() >= 400 && faults.push(`${response.status()} ${response.url()}`),
  );
  return { page, faults, close: () => context.close() };
}

/** Opens a page of the documentation and waits until its script has taken it over. */
export async function visit(page, address) {
  await page.goto(address, { waitUntil: "load" });
  await page.waitForFunction(() => document.querySelector("#app")?.__vue_app__);
}
