/** Firefox: Debian's ESR, or another that is there. */
import { systemProgram } from "../../install.mjs";
import { writePage } from "./page.mjs";
import { openPage } from "./puppeteer.mjs";

const row = (isolated) => ({
  id: `firefox${isolated ? "-isolated" : ""}`,
  name: `Firefox, ${isolated ? "isolated page" : "plain page"}`,
  threads: isolated ? 2 : "no cross-origin isolation, so no shared memory",
  async open({ root }) {
    const executablePath = await systemProgram(["firefox-esr", "firefox"], ["firefox-esr"]);
    const launch = { browser: "firefox", executablePath };
    return openPage({ root, page: await writePage(root), isolated, launch });
  },
});

export const rows = [row(true), row(false)];
