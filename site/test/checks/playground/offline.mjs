/** After the first visit the page opens without a network and trains there; on a host without headers its service worker isolates it. */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { expect, openPlayground, setNumber, trainToTheEnd } from "../../playground/page.mjs";

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

export async function check({ browser, dist }) {
  // below a path, and without any header
  const base = "/teaching/";
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = join(dist, pathname.slice(base.length).replace(/\/$/, "/index.html"));
    if (!pathname.startsWith(base) || !existsSync(path)) return response.writeHead(404).end();
    response
      .writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" })
      .end(readFileSync(path));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}/teaching`;
  try {
    const { page, close } = await openPlayground(browser, origin, { serviceWorkers: "allow" });
    await page.waitForFunction(() => crossOriginIsolated && document.querySelector(".layer-head"));
    const threads = await page.evaluate(() => navigator.hardwareConcurrency);
    await page.waitForFunction(() => navigator.serviceWorker.controller);
    server.closeAllConnections();
    server.close();
    await page.reload();
    await page.waitForSelector(".layer-head");
    await setNumber(page, "Training examples", 600);
    await page.waitForFunction(() => document.querySelector(".facts").textContent.startsWith("600"));
    const accuracy = await trainToTheEnd(page);
    const engine = await page.locator(".figures dd").last().textContent();
    expect(threads === 1 || !/ 1 thread/.test(engine), `the engine is ${engine}`);
    await close();
    return `accuracy ${accuracy} without a network, ${engine}`;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
