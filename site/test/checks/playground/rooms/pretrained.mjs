/** A network that was trained on digits learns three kinds of drawings under a new head, in a second. */
import {
  drawStroke,
  expect,
  noFaults,
  openPlayground,
  setNumber,
  trainToTheEnd,
} from "../../../playground/page.mjs";

export async function check({ browser, origin }) {
  const { page, faults, close } = await openPlayground(browser, origin);
  await setNumber(page, "Training examples", 2000);
  await page.waitForFunction(() => document.querySelector(".facts").textContent.startsWith("2,000"));
  await trainToTheEnd(page);
  await page.getByLabel("Learn from").selectOption("own");
  await page.getByText("+ Another class").click();
  for (let kind = 0; kind < 3; kind++) {
    await page.getByLabel(`Add examples to Class ${kind + 1}`).check();
    for (let i = 0; i < 15; i++) {
      await drawStroke(page, kind, i);
      await page.getByText("Add drawing").click();
    }
  }
  await page.getByText("Use these").click();
  await page.waitForFunction(() => document.querySelector(".facts")?.textContent.startsWith("36 to train"));
  await page.getByLabel("Start from").selectOption("pretrained");
  // at once: Train waits for the network that was chosen
  const accuracy = await trainToTheEnd(page);
  const trained = await page.getByLabel("Start from").inputValue();
  expect(trained === "pretrained", `${trained} was trained`);
  expect(accuracy >= 0.9, `three classes are learned to ${accuracy}`);
  noFaults(faults);
  await close();
  return `three classes of drawings on a network of digits: ${accuracy}`;
}
