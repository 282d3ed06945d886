/** All five lessons are taken from their beginning to their end, one of them in German; a wrong answer does not pass. */
import { expect, noFaults, openPlayground, trainToTheEnd } from "../../../playground/page.mjs";

const answers = { neuron: 1, overfitting: 2, convolution: 0, normalization: 1, bits: 2 };

export async function check({ browser, origin }) {
  const { page, faults, close } = await openPlayground(browser, origin);
  const accuracies = [];
  for (const [place, [name, answer]] of Object.entries(answers).entries()) {
    if (name === "bits") await page.getByLabel("Language").selectOption("de");
    await page.locator(".rooms button").last().click();
    await page.locator(".lesson-list button").nth(place).click();
    const next = page.locator(".lesson .primary");
    for (;;) {
      await page.waitForFunction(
        () => document.querySelector(".lesson") && !document.querySelector(".waiting"),
      );
      const at = await page.locator(".lesson header .quiet").textContent();
      if (await page.locator(".lesson input[type=radio]").count()) {
        await page
          .locator(".lesson input[type=radio]")
          .nth((answer + 1) % 3)
          .check();
        expect(await next.isDisabled(), `${name}: a wrong answer passes`);
        await page.locator(".lesson input[type=radio]").nth(answer).check();
      } else if (await page.locator(".transport").count()) {
        if (await next.isDisabled()) {
          const activations = page.locator('[data-view="activations"]');
          if (/Through the layers/.test(await page.locator(".lesson-state").textContent()))
            await activations.locator("summary").click();
          else accuracies.push(await trainToTheEnd(page));
        }
      } else await page.locator(".panel .primary").click(); // the run is repeated
      await page.waitForFunction(() => !document.querySelector(".lesson .primary").disabled);
      await next.click();
      const [, n, of] = /(\d+) \S+ (\d+)/.exec(at);
      if (n === of) break;
      await page.waitForFunction(
        (before) => document.querySelector(".lesson header .quiet")?.textContent !== before,
        at,
      );
    }
    await page.waitForSelector(".lesson-list");
  }
  noFaults(faults);
  await close();
  return `test accuracies ${accuracies.join(", ")}`;
}
