/** Rooms that nothing runs in look as they did when somebody looked at them last: wide and light, narrow and dark, in both languages. */
import { join } from "node:path";
import { Looks } from "../../playground/looks.mjs";
import { drawn, expect, goTo, noFaults, openPlayground } from "../../playground/page.mjs";

const rooms = { en: ["Train", "Compare", "Benchmark", "Lessons"], de: ["Trainieren", "Lektionen"] };

export async function check({ browser, origin, shots }) {
  const looks = new Looks();
  const problems = [];
  for (const [language, names] of Object.entries(rooms))
    for (const [width, height, colorScheme] of [
      [1440, 900, "light"],
      [390, 844, "dark"],
    ]) {
      const { page, faults, close } = await openPlayground(browser, origin, {
        viewport: { width, height },
        colorScheme,
        locale: language,
        reducedMotion: "reduce",
      });
      await page.waitForFunction(() => document.querySelector(".figures dd").textContent !== "–"); // it is judged
      for (const name of names) {
        await goTo(page, name);
        await page.waitForFunction(() => !document.querySelector(".waiting"));
        await drawn(page);
        const look = `${name} ${width} ${colorScheme}`;
        const otherwise = await looks.compare(page, look);
        if (otherwise) problems.push(otherwise);
        if (shots) await page.screenshot({ path: join(shots, `looks ${look}.png`) });
      }
      noFaults(faults);
      await close();
    }
  expect(problems.length === 0, problems.join("\n"));
  return looks.end();
}
