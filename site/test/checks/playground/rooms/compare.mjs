/** Runs that have ended stand side by side, survive a reload, are taken up again; a sweep finds a rate; more epochs go on. */
import {
  ended,
  expect,
  goTo,
  noFaults,
  openPlayground,
  setNumber,
  trainToTheEnd,
} from "../../../playground/page.mjs";

export async function check({ browser, origin }) {
  const { page, faults, close } = await openPlayground(browser, origin);
  await setNumber(page, "Training examples", 600);
  await page.waitForFunction(() => document.querySelector(".facts").textContent.startsWith("600"));
  await page.getByLabel("Start from").selectOption("mlp-64");
  await setNumber(page, "Epochs", 2);
  await trainToTheEnd(page);
  await page.getByText("2 more epochs").click();
  await page.waitForFunction(() =>
    document.querySelector(".transport-progress p").textContent.startsWith("Epoch 4 of 4"),
  );
  await ended(page);
  await goTo(page, "Compare");
  await page.waitForFunction(() => document.querySelectorAll(".runs tbody tr").length === 2);
  const digests = () => page.locator(".runs code").allTextContents();
  const longer = (await digests())[1];

  await page.getByText("Start sweep").click();
  await page.locator(".trials .best").waitFor();
  const rates = await page.locator(".trials li").allTextContents();
  expect(rates.length === 5 && rates.every((text) => text.includes("%")), `the sweep gives ${rates}`);
  expect((await digests()).length === 7, "the sweep's runs are not among the others");
  await page.reload();
  await page.waitForSelector(".layer-head");
  await goTo(page, "Compare");
  await page.waitForFunction(() => document.querySelectorAll(".runs tbody tr").length === 7);

  // a run of four epochs at once has the bits of two and two
  await page.locator(".runs tbody tr").nth(1).getByText("Take").click();
  await page.waitForFunction(() => document.querySelector(".facts")?.textContent.startsWith("600"));
  await page.waitForFunction(() =>
    document.querySelector(".transport-progress p")?.textContent.includes("step 0 of"),
  );
  await trainToTheEnd(page);
  await goTo(page, "Compare");
  await page.waitForFunction(() => document.querySelectorAll(".runs tbody tr").length === 8);
  expect((await digests()).at(-1) === longer, "two epochs and two more have other bits than four");
  noFaults(faults);
  await close();
  return `sweep: ${rates.join(", ")}`;
}
