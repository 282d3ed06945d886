/** Chromium: Debian's, or a Chrome that is there. */
import { systemProgram } from "../../install.mjs";
import { writePage } from "./page.mjs";
import { openPage } from "./puppeteer.mjs";

/** What Chromium is launched with. @throws Missing */
export async function chromium() {
  const executablePath = await systemProgram(
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
    ["chromium"],
  );
  return {
    browser: "chrome",
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  };
}

const row = (isolated) => ({
  id: `chromium${isolated ? "-isolated" : ""}`,
  name: `Chromium, ${isolated ? "isolated page" : "plain page"}`,
  threads: isolated ? 2 : "no cross-origin isolation, so no shared memory",
  async open({ root }) {
    const launch = await chromium();
    return openPage({ root, page: await writePage(root), isolated, launch });
  },
});

export const rows = [row(true), row(false)];
