/** The playground's first visit in WebKit. */
import { firstVisit } from "../../playground/firstVisit.mjs";
import { openWebKitPage } from "../../playground/otherBrowsers.mjs";

export const needsBrowser = false; // it brings its own

export async function check({ origin }) {
  const page = await openWebKitPage(`${origin}/playground/`);
  try {
    return `${page.version}, ${await firstVisit(page)}`;
  } finally {
    await page.close();
  }
}
