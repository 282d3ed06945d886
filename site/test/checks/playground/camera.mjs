/** Two things are held before the camera, learned, and told apart when the camera is asked; whoever leaves the camera switches it off. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBrowser } from "../../browser.mjs";
import { expect, goTo, noFaults, openPlayground, setNumber, trainToTheEnd } from "../../playground/page.mjs";

const [width, height, framesEach] = [160, 120, 40];
/** Y, U and V of a red thing and of a blue one. */
const things = { red: [90, 100, 220], blue: [60, 220, 100] };

/** A video that shows one for four seconds and then the other, each with a stripe that moves, as Y4M: frames of plain planes. */
function video() {
  const frames = Object.values(things).flatMap(([y, u, v]) =>
    Array.from({ length: framesEach }, (_, i) => {
      const light = new Uint8Array(width * height).fill(y);
      for (let row = 0; row < height; row++) light.fill(y + 60, row * width + 3 * i, row * width + 3 * i + 9);
      const colors = [u, v].map((value) => new Uint8Array((width * height) / 4).fill(value));
      return Buffer.concat([Buffer.from("FRAME\n"), light, ...colors]);
    }),
  );
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`), ...frames]);
}

/** Presses the button each time that the camera shows this colour, until the class has so many pictures. */
async function take(page, color, count) {
  await page.waitForFunction(
    ([wanted, most]) => {
      const shown = document.querySelector("video.pad");
      const button = [...document.querySelectorAll(".own-classes .row button")][0];
      const canvas = new OffscreenCanvas(1, 1);
      const context = canvas.getContext("2d");
      context.drawImage(shown, 0, 0, 1, 1);
      const [red, , blue] = context.getImageData(0, 0, 1, 1).data;
      const isWanted = wanted === "red" ? red > blue + 40 : blue > red + 40;
      if (isWanted && !button.disabled) button.click();
      return Number(document.querySelector(".class-list .chosen .number").textContent) >= most;
    },
    [color, count],
    { polling: 120 },
  );
}

export async function check({ origin }) {
  const folder = await mkdtemp(join(tmpdir(), "anygrad-camera-"));
  const file = join(folder, "camera.y4m");
  await writeFile(file, video());
  const browser = await openBrowser({
    args: [
      "--use-fake-ui-for-media-stream", // allows the camera
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${file}`,
    ],
  });
  try {
    const { page, faults } = await openPlayground(browser, origin);
    await page.getByLabel("Learn from").selectOption("own");
    await page.getByText("Camera", { exact: true }).click();
    await page.waitForFunction(() => document.querySelector("video.pad")?.videoWidth > 0);
    const names = ["Class 1", "Class 2"];
    for (const [i, color] of Object.keys(things).entries()) {
      await page.getByLabel(`Add examples to ${names[i]}`).check();
      await take(page, color, 15);
    }
    await page.getByText("Use these").click();
    await page.waitForFunction(() => /^2\d to train/.test(document.querySelector(".facts")?.textContent));
    await setNumber(page, "Epochs", 10);
    const accuracy = await trainToTheEnd(page);
    expect(accuracy >= 0.9, `what the camera saw is learned to ${accuracy}`);

    await goTo(page, "Try");
    await page.getByText("Camera", { exact: true }).click();
    for (const name of names)
      await page.waitForFunction(
        (wanted) => document.querySelector('[data-figure="answer"]').textContent.startsWith(`${wanted},`),
        name,
      );
    const track = await page.evaluateHandle(
      () => document.querySelector("video.pad").srcObject.getTracks()[0],
    );
    await page.getByText("Picture", { exact: true }).click();
    await page.waitForFunction((each) => each.readyState === "ended", track);
    noFaults(faults);
    return `two things before the camera: ${accuracy}`;
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}
