/** The playground's first visit in Firefox. */
import { firstVisit } from "../../playground/firstVisit.mjs";
import { openFirefox } from "../../playground/otherBrowsers.mjs";

export const needsBrowser = false; // it brings its own

export async function check({ origin }) {
  const page = await openFirefox(`${origin}/playground/`);
  try {
    return `${page.version}, ${await firstVisit(page)}`;
  } finally {
    await page.close();
  }
}
