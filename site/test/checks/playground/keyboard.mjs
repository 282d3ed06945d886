/**
 * A whole run by the keyboard alone, on a large screen and on a phone's: every stop of Tab is in sight with an outline around it, stops of the page's
 * head come line by line, in one column those of a room from the top to the bottom, and what is reached is set, trained, opened and left by Enter, Space and digits.
 */
import { ended, expect, noFaults, openPlayground } from "../../playground/page.mjs";

export async function check({ browser, origin }) {
  const told = [];
  for (const [width, height] of [
    [1280, 800],
    [390, 844],
  ]) {
    const { page, faults, close } = await openPlayground(browser, origin, {
      viewport: { width, height },
      reducedMotion: "reduce",
    });
    const problems = [];
    let stops = 0;
    /** Presses Tab until the focus is on what is wanted, and looks at every stop. */
    const tabTo = async (wanted) => {
      let before = -1;
      let head;
      for (let i = 0; i < 150; i++) {
        await page.keyboard.press("Tab");
        const stop = await page.evaluate(stopHere);
        stops++;
        if (!stop.isOutlined) problems.push(`${width}: “${stop.name}” has no outline`);
        if (!stop.isInSight) problems.push(`${width}: “${stop.name}” is not in sight`);
        // in one column what comes later stands lower, but for what stands side by side, and what moves when data arrive
        if (width === 390 && stop.bottom < before - 60)
          problems.push(
            `${width}: “${stop.name}” stands ${before - stop.bottom} px above what is reached before it`,
          );
        before = stop.bottom ?? -1;
        if (stop.head && head && !comesAfter(stop.head, head))
          problems.push(`${width}: “${stop.name}” is seen before what is reached before it`);
        head = stop.head;
        if (wanted.test(stop.name)) return;
      }
      throw new Error(`${width}: ${wanted} is not reached by Tab; ${problems.join("; ")}`);
    };
    const type = async (text) => {
      await page.keyboard.press("Control+a");
      await page.keyboard.type(text);
    };
    await tabTo(/^Skip to the room/);
    await page.keyboard.press("Enter");
    await tabTo(/^Training examples/);
    await type("200");
    await page.keyboard.press("Tab");
    await page.waitForFunction(() => document.querySelector(".facts").textContent.startsWith("200"));
    await tabTo(/^Epochs/);
    await type("1");
    await tabTo(/^Skip to the room/); // round the page
    await page.keyboard.press("Enter");
    await tabTo(/^Train$/);
    await page.keyboard.press("Enter");
    await ended(page);
    await tabTo(/^Mistakes that are left/);
    await page.keyboard.press("Enter");
    await page.waitForSelector('[data-view="mistakes"] canvas');
    await tabTo(/^Reproduce$/);
    await page.keyboard.press("Enter");
    await tabTo(/^Repeat the run here/);
    await page.keyboard.press("Space");
    await page.waitForSelector('[data-figure="repeated"]');
    await tabTo(/^Lessons$/);
    await page.keyboard.press("Enter");
    await tabTo(/^Begin|^Start/);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".lesson");
    await tabTo(/^Leave/);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => !document.querySelector(".lesson"));
    expect(problems.length === 0, [...new Set(problems)].slice(0, 20).join("\n"));
    noFaults(faults);
    await close();
    told.push(`${stops} stops at ${width}`);
  }
  return told.join(", ");
}

/** Whether one of two boxes of the page's head is read after the other: on a later line, or farther to the right. */
const comesAfter = (box, before) =>
  box.top >= before.bottom || (box.bottom > before.top && box.left >= before.right);

/** In the page: where the focus is in the document, whether one sees it, and what it is called. */
function stopHere() {
  const element = document.activeElement;
  if (!element || element === document.body) return { name: "", isOutlined: true, isInSight: true };
  const isShown = (each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 1;
  };
  // a field for files is not seen itself: its button is outlined
  const shown = element.matches('input[type="file"]') ? element.labels[0] : element;
  const box = shown.getBoundingClientRect();
  const placeInHead = (each) => {
    const { top, bottom, left, right } = each.getBoundingClientRect();
    const moved = each.closest("nav")?.scrollLeft ?? 0;
    return { top, bottom, left: left + moved, right: right + moved };
  };
  const middle = [
    Math.min(innerWidth - 1, Math.max(0, (box.left + box.right) / 2)),
    Math.min(innerHeight - 1, Math.max(0, (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2)),
  ];
  const above = document.elementFromPoint(...middle);
  const isUncovered = above !== null && (shown.contains(above) || above.contains(shown));
  const name = element.labels?.[0]?.textContent ?? element.getAttribute("aria-label") ?? element.textContent;
  return {
    name: name.trim().slice(0, 60),
    ...(element.closest("main") &&
      !element.closest(".transport") && { bottom: Math.round(box.bottom + scrollY) }),
    ...(element.closest("header.page-head") && { head: placeInHead(shown) }),
    isOutlined: isShown(shown),
    isInSight:
      box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && isUncovered,
  };
}
