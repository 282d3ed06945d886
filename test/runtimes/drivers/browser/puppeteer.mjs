/** Chromium and Firefox by puppeteer-core: one over the DevTools protocol, the other over WebDriver BiDi. */
import { join } from "node:path";
import { packages } from "../../install.mjs";
import { serve } from "../../serve.mjs";

/**
 * Opens a page of the workplace and waits until its script has run.
 * @param launch puppeteer's options
 */
export async function openPage({ root, page: path, isolated, launch }) {
  const modules = await packages(["puppeteer-core@24"]);
  const { default: puppeteer } = await import(
    join(modules, "puppeteer-core/lib/esm/puppeteer/puppeteer-core.js")
  );
  const server = await serve(root, { isolated });
  let browser;
  try {
    browser = await puppeteer.launch({ headless: true, protocolTimeout: 300_000, ...launch });
    const page = await browser.newPage();
    const problems = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    await page.goto(server.address + path);
    await page
      .waitForFunction(() => globalThis.loaded, { timeout: 30_000, polling: 50 })
      .catch(() => {
        throw new Error(`the page did not load: ${problems.join("; ") || "no error was printed"}`);
      });
    const kill = async () => {
      await browser.close().catch(() => {});
      server.close();
    };
    return {
      version: (await browser.version()).replace(/^[a-z]+\//i, ""),
      page,
      ask: (plan) => page.evaluate((asked) => globalThis.ask(asked), plan),
      askWorker: (plan) => page.evaluate((asked) => globalThis.askWorker(asked), plan),
      close: kill,
      kill,
    };
  } catch (error) {
    await browser?.close().catch(() => {});
    server.close();
    throw error;
  }
}
