/** A spiral is learned while one looks; with --shots=DIR the picture that README shows is left as playground.png. */
import { join } from "node:path";
import { expect, noFaults, openPlayground, trainToTheEnd } from "../../../playground/page.mjs";

export async function check({ browser, origin, shots }) {
  const { page, faults, close } = await openPlayground(browser, origin, {
    viewport: { width: 1280, height: 800 },
    colorScheme: "light",
  });
  await page.getByLabel("Learn from").selectOption("toy");
  await page.waitForSelector(".plane canvas");
  // the surface is repainted while the network learns
  await page.evaluate(() => {
    globalThis.repaints = 0;
    const seen = new MutationObserver(() => globalThis.repaints++);
    seen.observe(document.querySelector(".plane .figure"), { childList: true, subtree: true });
  });
  const accuracy = await trainToTheEnd(page);
  expect(accuracy >= 0.95, `the spiral is learned to ${accuracy}`);
  const repaints = await page.evaluate(() => globalThis.repaints);
  expect(repaints >= 2, `the surface was repainted ${repaints} times`);
  await page.waitForTimeout(300);
  if (shots) await page.screenshot({ path: join(shots, "playground.png") });
  noFaults(faults);
  await close();
  return `a spiral to ${accuracy}, ${repaints} repaints`;
}
