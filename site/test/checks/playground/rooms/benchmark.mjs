/** The benchmark runs in the page and is taken away as JSON, text and picture. */
import { readFile } from "node:fs/promises";
import { expect, goTo, noFaults, openPlayground } from "../../../playground/page.mjs";

export async function check({ browser, origin }) {
  const { page, faults, close } = await openPlayground(browser, origin);
  await goTo(page, "Benchmark");
  await page.getByText("Start", { exact: true }).click();
  await page.waitForSelector(".runs tbody tr", { timeout: 400_000 });
  const save = async (button) => {
    const download = page.waitForEvent("download");
    await page.getByText(button, { exact: true }).click();
    return readFile(await (await download).path());
  };
  const { rows } = JSON.parse(await save("JSON"));
  const variants = new Set(rows.map(({ variant }) => variant));
  expect(variants.has("scalar") && variants.has("simd"), `builds: ${[...variants]}`);
  expect(
    rows.some(({ threads }) => threads > 1) ||
      (await page.evaluate(() => navigator.hardwareConcurrency === 1)),
    "no threads",
  );
  const picture = await save("Picture");
  expect(picture.subarray(1, 4).toString() === "PNG", "the picture is no PNG");
  expect(
    (await page.getByRole("region", { name: "As text" }).textContent()).includes("GFLOP/s"),
    "the text has no rates",
  );
  noFaults(faults);
  await close();
  return `${rows.length} rows of ${[...variants].join(", ")}`;
}
