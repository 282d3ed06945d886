// A folder of files served to Chromium, cross-origin isolated, so that pages run on threads: what the page leaves in
// `window.result`, and which files it has downloaded.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import puppeteer from "puppeteer-core";

const program = [process.env.ANYGRAD_CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);

/** What the page of a folder ends with in `window.result`, and what it has downloaded; undefined where there is no Chromium. */
export function trainIn(folder, headers = {}) {
  return inPage(folder, headers, async (page, { origin, version }) => {
    const downloaded = new Set();
    page.on("response", (response) => downloaded.add(new URL(response.url()).pathname.slice(1)));
    await page.goto(`${origin}/`);
    await page.waitForFunction("window.result", { timeout: 60_000 });
    return { downloaded, result: await page.evaluate("window.result"), version };
  });
}

/** What `use` gives of a page that may open the folder's files; undefined where there is no Chromium. */
export async function inPage(folder, headers, use) {
  if (!program) return undefined;
  const { origin, close } = await serve(folder, headers);
  const browser = await puppeteer.launch({
    executablePath: program,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  try {
    return await use(await browser.newPage(), { origin, version: await browser.version() });
  } finally {
    await browser.close();
    close();
  }
}

async function serve(folder, headers) {
  const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const file = join(folder, path === "/" ? "index.html" : path);
    if (!file.startsWith(folder) || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      ...headers,
    });
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
