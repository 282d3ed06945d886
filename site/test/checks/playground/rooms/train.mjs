/** Digits are trained to 0.95 in the page without a long task on the main thread; a drawing is recognised; the run is paused, goes on, survives a reload. */
import { accuracyOf, ended, expect, goTo, noFaults, openPlayground } from "../../../playground/page.mjs";

/** A one and a seven are told apart by everybody; a zero is drawn as a ring. */
async function drawZero(page) {
  const pad = await page.locator("canvas.pad").boundingBox();
  const at = (angle) => [
    pad.x + pad.width * (0.5 + 0.2 * Math.cos(angle)),
    pad.y + pad.height * (0.5 + 0.32 * Math.sin(angle)),
  ];
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let i = 1; i <= 24; i++) await page.mouse.move(...at((i / 24) * 2 * Math.PI));
  await page.mouse.up();
}

/** Milliseconds of processor time of the page's tasks, the longest first: wall time is the machine's other work as well. */
function longestTasks({ traceEvents }) {
  const page = traceEvents
    .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
    .map(({ pid, tid }) => `${pid} ${tid}`);
  if (page.length === 0) throw new Error("the trace has no page");
  return traceEvents
    .filter(
      ({ name, tdur, pid, tid }) =>
        name === "RunTask" && tdur !== undefined && page.includes(`${pid} ${tid}`),
    )
    .map(({ tdur }) => tdur / 1000)
    .sort((a, b) => b - a);
}

export async function check({ browser, origin }) {
  const { page, faults, close } = await openPlayground(browser, origin);
  await page.locator(".transport .primary").click();
  await page.waitForFunction(() =>
    /step [1-9]/.test(document.querySelector(".transport-progress p").textContent),
  );
  await browser.startTracing(page, {
    categories: ["devtools.timeline", "disabled-by-default-devtools.timeline"],
  });
  await page.waitForFunction(
    () => Number(/step (\d+)/.exec(document.querySelector(".transport-progress p").textContent)[1]) > 80,
  );
  const tasks = longestTasks(JSON.parse((await browser.stopTracing()).toString()));
  expect(
    tasks[0] < 50,
    `tasks of the page while it trains take up to ${tasks.slice(0, 5)} ms of the processor`,
  );
  await page.locator(".transport .primary").click();
  await page.waitForFunction(() => document.querySelector(".transport .primary").textContent === "Go on");
  const stepText = () => page.locator(".transport-progress p").textContent();
  const paused = await stepText();
  await page.waitForTimeout(500);
  expect((await stepText()) === paused, "a paused run takes steps");

  const stepsIn = (text) => Number(/step (\d+)/.exec(text)?.[1] ?? 0);
  await page.reload();
  await page.waitForFunction(() => document.querySelector(".transport .primary")?.textContent === "Go on");
  const again = stepsIn(await stepText());
  expect(
    again > 0 && again <= stepsIn(paused),
    `after a reload the run is at step ${again} of ${stepsIn(paused)}`,
  );
  await page.locator(".transport .primary").click();
  await ended(page);
  const accuracy = await accuracyOf(page);
  expect(accuracy >= 0.95, `test accuracy is ${accuracy}`);

  await goTo(page, "Try");
  await page.waitForSelector("canvas.pad");
  await drawZero(page);
  await page.waitForFunction(() =>
    document.querySelector('[data-figure="answer"]').textContent.startsWith("0,"),
  );
  await page.getByText("Show what it looked at").click();
  await page.waitForSelector(".seen .vis-heat");

  // teach it: five rings that are called sevens
  await page.getByLabel("This is").selectOption("7");
  for (let i = 0; i < 3; i++) {
    await drawZero(page);
    await page.getByText("Keep example").click();
  }
  await page.getByText("Learn 3").click();
  await page.waitForSelector(".notice.note");
  await drawZero(page);
  await page.waitForFunction(() =>
    document.querySelector('[data-figure="answer"]').textContent.startsWith("7,"),
  );
  noFaults(faults);
  await close();
  return `accuracy ${accuracy}; longest tasks while training: ${tasks.slice(0, 3).map((ms) => ms.toFixed(1))} ms of the processor`;
}
