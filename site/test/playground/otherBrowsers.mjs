/** Firefox and WebKit with one face: a page that evaluates functions, whose mouse draws, and which tells what it complains about. */
import { join } from "node:path";
import { openWebKit } from "../../../test/runtimes/drivers/browser/webkitSession.mjs";
import { packages, systemProgram } from "../../../test/runtimes/install.mjs";

/** @throws Missing where there is none and none can be brought */
export async function openFirefox(address) {
  const executablePath = await systemProgram(["firefox-esr", "firefox"], ["firefox-esr"]);
  const modules = await packages(["puppeteer-core@24"]);
  const { default: puppeteer } = await import(
    join(modules, "puppeteer-core/lib/esm/puppeteer/puppeteer-core.js")
  );
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    protocolTimeout: 300_000,
    defaultViewport: { width: 1280, height: 900 },
    extraPrefsFirefox: { "intl.accept_languages": "en-US" },
  });
  const page = await browser.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(address);
  return {
    version: (await browser.version()).replace("/", " "),
    evaluate: (work, ...given) => page.evaluate(work, ...given),
    reload: () => page.reload(),
    async drag(points) {
      const [first, ...others] = points;
      await page.mouse.move(...first);
      await page.mouse.down();
      for (const point of others) await page.mouse.move(...point);
      await page.mouse.up();
    },
    faults: async () => faults,
    close: () => browser.close(),
  };
}

/** @throws Missing where there is none and none can be brought */
export async function openWebKitPage(address) {
  // with C.UTF-8, which containers have, WebKit says that the user speaks "C", which its Intl refuses
  const { version, call, close } = await openWebKit({ LANG: "C", LC_ALL: "C" });
  const evaluate = (work, ...given) =>
    call("POST", "/execute/sync", { script: `return (${work})(...arguments)`, args: given });
  /** WebDriver has no console: the page keeps what it complains about itself. */
  const listen = () =>
    evaluate(() => {
      globalThis.faults = [];
      addEventListener("error", ({ message }) => globalThis.faults.push(message));
      addEventListener("unhandledrejection", ({ reason }) => globalThis.faults.push(String(reason)));
      addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        globalThis.faults.push(`${violatedDirective} forbids ${blockedURI}`),
      );
    });
  try {
    await call("POST", "/window/rect", { width: 1280, height: 900 });
    await call("POST", "/url", { url: address });
    await listen();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    version: `WebKitGTK ${version}`,
    evaluate,
    async reload() {
      await call("POST", "/refresh", {});
      await listen();
    },
    async drag(points) {
      const [[x, y], ...others] = points.map((point) => point.map(Math.round));
      const move = (toX, toY) => ({ type: "pointerMove", duration: 20, x: toX, y: toY, origin: "viewport" });
      const actions = [
        move(x, y),
        { type: "pointerDown", button: 0 },
        ...others.map((point) => move(...point)),
        { type: "pointerUp", button: 0 },
      ];
      const parameters = { pointerType: "mouse" };
      await call("POST", "/actions", { actions: [{ type: "pointer", id: "mouse", parameters, actions }] });
    },
    faults: () => evaluate(() => globalThis.faults),
    close,
  };
}
