/** The site works below a path: built anew for one, without the API, each page finds what it needs and links stay below the path. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openPage, visit } from "../../browser.mjs";
import { serve } from "../../serve.mjs";

const base = "/teaching/anygrad/";

/** The folder of a site that was built for the path. */
export async function prepare() {
  const out = mkdtempSync(join(tmpdir(), "anygrad-site-"));
  const words = ["run.mjs", "build", `--base=${base}`, `--out=${out}`, "--part=guides"];
  const cwd = fileURLToPath(new URL("../../../", import.meta.url));
  try {
    await promisify(execFile)(process.execPath, words, { cwd, maxBuffer: 2 ** 26 });
  } catch ({ message, stderr = "" }) {
    rmSync(out, { recursive: true });
    throw new Error(`the site could not be built below a path: ${(stderr || message).slice(-2000)}`);
  }
  return out;
}

export async function check({ browser, prepared }) {
  const out = await prepared;
  try {
    const { origin, close } = await serve(out, { base });
    const opened = await openPage(browser);
    try {
      for (const path of ["", "guide/models.html", "architecture.html"]) {
        await visit(opened.page, `${origin}${base}${path}`);
        const strays = await opened.page.evaluate(
          (begin) =>
            [...document.querySelectorAll("a[href], img[src]")]
              .map((each) => each.href ?? each.src)
              .filter(
                (href) => href.startsWith(location.origin) && !new URL(href).pathname.startsWith(begin),
              ),
          base,
        );
        if (strays.length > 0)
          throw new Error(`${path} leads to ${strays.slice(0, 3)}, which is not below ${base}`);
      }
      if (opened.faults.length > 0) throw new Error(opened.faults.slice(0, 5).join("\n"));
    } finally {
      await opened.close();
      close();
    }
  } finally {
    rmSync(out, { recursive: true });
  }
}
