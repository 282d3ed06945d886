/** The playground as its users have it: opened, trained, looked at. What it complains about is kept. */

/** Nothing takes so long but on a busy machine. */
export const patience = 120_000; // ms

/** @param options of Playwright's newContext; `fragment` behind the address, `before` is run in the page before its own script */
export async function openPlayground(
  browser,
  origin,
  { fragment = "", before, serviceWorkers = "block", ...options } = {},
) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    serviceWorkers,
    acceptDownloads: true,
    ...options,
  });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (
      ["error", "warning"].includes(message.type()) &&
      !/Service Worker registration blocked/.test(message.text())
    )
      faults.push(message.text());
  });
  if (before) await page.addInitScript(before);
  await page.goto(`${origin}/playground/${fragment}`);
  await page.waitForSelector(".layer-head");
  return { page, context, faults, close: () => context.close() };
}

/** Goes to a room. */
export async function goTo(page, room) {
  await page.locator(".rooms button", { hasText: new RegExp(`^${room}$`) }).click();
}

/** Presses Train and waits for the end. @returns the test accuracy, from 0 to 1 */
export async function trainToTheEnd(page) {
  await page.locator(".transport .primary").click();
  await ended(page);
  return accuracyOf(page);
}

export async function ended(page) {
  await page.waitForFunction(() =>
    /^(Train again|Neu trainieren)/.test(document.querySelector(".transport .primary").textContent),
  );
}

export async function accuracyOf(page) {
  const text = await page.locator('[data-figure="accuracy"]').textContent();
  return Number.parseFloat(text) / 100;
}

/** Sets a number field by its label. */
export async function setNumber(page, label, value) {
  const field = page.getByRole("spinbutton", { name: label, exact: true });
  await field.fill(String(value));
  await field.blur();
}

/** Waits until what has changed is drawn: charts are, at the frame after the page's own. */
export function drawn(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      ),
  );
}

/** Draws one of three kinds of strokes, told apart by their direction, a little otherwise each time. */
export async function drawStroke(page, kind, i) {
  const pad = await page.locator("canvas.pad").boundingBox();
  const shift = ((i % 5) - 2) * 0.04;
  const [from, to] =
    kind === 0
      ? [
          [0.2, 0.5 + shift],
          [0.8, 0.5 - shift],
        ]
      : kind === 1
        ? [
            [0.5 + shift, 0.2],
            [0.5 - shift, 0.8],
          ]
        : [
            [0.2 + shift, 0.2],
            [0.8, 0.8 + shift],
          ];
  await page.mouse.move(pad.x + from[0] * pad.width, pad.y + from[1] * pad.height);
  await page.mouse.down();
  await page.mouse.move(pad.x + to[0] * pad.width, pad.y + to[1] * pad.height, { steps: 5 });
  if (kind === 2) await page.mouse.move(pad.x + 0.8 * pad.width, pad.y + 0.2 * pad.height, { steps: 5 });
  await page.mouse.up();
}

export function expect(condition, message) {
  if (!condition) throw new Error(message);
}

export function noFaults(faults, allowed = () => false) {
  const left = faults.filter((fault) => !allowed(fault));
  expect(left.length === 0, `the page complains: ${left.slice(0, 5).join("\n")}`);
}
