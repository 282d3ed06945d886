/** Under a finger: what is pressed in any room is 44 pixels high and wide, and text is typed in letters that a phone does not enlarge the page for. */
import { drawn, expect, noFaults, openPlayground } from "../../playground/page.mjs";

const sources = ["toy", "own", "pictures", "table", "idx", "digits"];

export async function check({ browser, origin }) {
  const { page, faults, close } = await openPlayground(browser, origin, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  expect(await page.evaluate(() => matchMedia("(pointer: coarse)").matches), "the page knows no finger");
  const problems = new Set();
  let measured = 0;
  const look = async (place) => {
    await drawn(page);
    const { count, small } = await page.evaluate(targetsHere);
    for (const each of small) problems.add(`${place}: ${each}`);
    measured += count;
  };
  for (const source of sources) {
    await page.getByLabel("Learn from", { exact: true }).selectOption(source);
    await look(source);
  }
  await page.waitForFunction(() => document.querySelector(".facts")?.textContent.startsWith("4,000"));
  await page.locator(".layer-head").first().click();
  await page.getByText("Augmentation", { exact: true }).click();
  await look("an open layer");
  const rooms = page.locator(".rooms button");
  for (let room = 1; room < (await rooms.count()); room++) {
    await rooms.nth(room).click();
    await page.waitForFunction(() => !document.querySelector(".waiting"));
    await look(await rooms.nth(room).textContent());
  }
  await page.locator(".lesson-list button").first().click();
  await page.waitForSelector(".lesson");
  await look("a lesson");
  expect(problems.size === 0, [...problems].slice(0, 20).join("\n"));
  noFaults(faults);
  await close();
  return `${measured} targets`;
}

/** In the page: what can be pressed and is seen, and what of it is too small. A square or a circle to tick has its words beside it, which are pressed as well. */
function targetsHere() {
  const least = 44;
  const small = [];
  let count = 0;
  for (const element of document.querySelectorAll(
    "button, a[href], select, input, summary, label.button, label.check",
  )) {
    if (!element.checkVisibility() || element.closest(".unseen, .skip")) continue;
    count++;
    const { width, height } = element.getBoundingClientRect();
    const isTicked = element.matches('[type="radio"], [type="checkbox"]');
    const name = `${element.tagName.toLowerCase()} “${(element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent).slice(0, 30)}”`;
    const wanted = isTicked ? 24 : least;
    if (Math.min(width, height) < wanted - 0.5)
      small.push(`${name} is ${Math.round(width)} × ${Math.round(height)} px`);
    if (
      element.matches("select, input:not([type=range], [type=radio], [type=checkbox])") &&
      Number.parseFloat(getComputedStyle(element).fontSize) < 16
    )
      small.push(`${name} has letters of less than 16 px`);
  }
  return { count, small };
}
