/** Models go out and come in, in every format; tables, IDX files and own classes are read and learned; the report is a page. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "fast-png";
import {
  accuracyOf,
  drawStroke,
  ended,
  expect,
  goTo,
  noFaults,
  openPlayground,
  setNumber,
  trainToTheEnd,
} from "../../../playground/page.mjs";

const formats = {
  safetensors: "model.safetensors",
  keras: "model.keras",
  onnx: "model.onnx",
  npz: "weights.npz",
};

async function downloadOf(page, button) {
  const download = page.waitForEvent("download");
  await page.getByText(button, { exact: true }).click();
  return download;
}

function idx(magic, sizes, bytes) {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(magic);
  for (const [i, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * i);
  return Buffer.concat([header, Buffer.from(bytes)]);
}

export async function check({ browser, origin }) {
  const folder = await mkdtemp(join(tmpdir(), "anygrad-playground-"));
  const told = [];
  try {
    const { page, faults, close } = await openPlayground(browser, origin);
    await setNumber(page, "Training examples", 1500);
    await page.waitForFunction(() => document.querySelector(".facts").textContent.startsWith("1,500"));
    const before = await trainToTheEnd(page);
    for (const [format, name] of Object.entries(formats)) {
      await page.getByLabel("Format").selectOption(format);
      const download = await downloadOf(page, "Download model");
      expect(download.suggestedFilename() === name, `${format} is called ${download.suggestedFilename()}`);
      await download.saveAs(join(folder, name));
    }
    // of several files TensorFlow.js's description comes first
    await page.getByLabel("Format").selectOption("tfjs");
    const tfjs = [];
    page.on("download", (download) => tfjs.push(download));
    await page.getByText("Download model").click();
    while (tfjs.length < 2) await page.waitForTimeout(100);
    for (const download of tfjs) await download.saveAs(join(folder, download.suggestedFilename()));
    page.removeAllListeners("download");
    await (await downloadOf(page, "Download report")).saveAs(join(folder, "report.html"));
    expect(
      (await readFile(join(folder, "report.html"), "utf8")).startsWith("<!doctype html>"),
      "the report is no page",
    );

    const open = page.getByLabel("Open a model");
    for (const files of [
      ["model.safetensors"],
      ["model.keras"],
      ["model.onnx"],
      tfjs.map((each) => each.suggestedFilename()),
    ]) {
      await page.getByText("Reset", { exact: true }).click();
      await page.waitForFunction(
        (text) => Number.parseFloat(document.querySelector('[data-figure="accuracy"]').textContent) < text,
        50 * before,
      );
      await open.setInputFiles(files.map((name) => join(folder, name)));
      await page.waitForFunction(
        (wanted) =>
          Math.abs(
            Number.parseFloat(document.querySelector('[data-figure="accuracy"]').textContent) / 100 - wanted,
          ) < 1e-9,
        before,
      );
    }
    told.push(`models in 5 formats (${before})`);

    // a table
    const rows = Array.from({ length: 240 }, (_, i) => {
      const [width, height] = [((i * 37) % 100) / 10, ((i * 61) % 100) / 10];
      return `${width},${height},${["red", "green"][i % 2]},${width + height > 10 ? "large" : "small"}`;
    });
    await writeFile(join(folder, "things.csv"), `width,height,colour,size\n${rows.join("\n")}\n`);
    await page.getByLabel("Learn from").selectOption("table");
    await page.getByLabel("Choose a table").setInputFiles(join(folder, "things.csv"));
    await page.waitForFunction(() => document.querySelector(".facts").textContent.includes("colour"));
    await setNumber(page, "Epochs", 30);
    await page.waitForFunction(() => document.querySelector(".sum").textContent.includes("weights"));
    const table = await trainToTheEnd(page);
    expect(table >= 0.9, `the table is learned to ${table}`);
    await goTo(page, "Try");
    await setNumber(page, "width", 9);
    await setNumber(page, "height", 9);
    await page.getByText("Predict", { exact: true }).click();
    await page.waitForFunction(() =>
      document.querySelector('[data-figure="answer"]').textContent.startsWith("large"),
    );
    await goTo(page, "Train");
    await page.getByLabel("Predict").selectOption("height");
    await page.waitForFunction(() => document.querySelector(".layers").textContent.includes("Dense 1"));
    await setNumber(page, "Epochs", 2);
    await page.locator(".transport .primary").click();
    await ended(page);
    await page.waitForSelector('[data-view="verdict"] canvas');
    told.push(`a table (${table})`);

    // IDX files: bright and dark halves
    const count = 300;
    const pixels = Array.from({ length: count * 64 }, (_, i) =>
      (Math.floor(i / 64) % 2 === 0) === i % 8 < 4 ? 200 + (i % 50) : i % 40,
    );
    await writeFile(join(folder, "halves-images"), idx(0x803, [count, 8, 8], pixels));
    await writeFile(
      join(folder, "halves-labels"),
      idx(
        0x801,
        [count],
        Array.from({ length: count }, (_, i) => i % 2),
      ),
    );
    await page.getByLabel("Learn from").selectOption("idx");
    await page
      .getByLabel("Choose files")
      .setInputFiles(["halves-images", "halves-labels"].map((name) => join(folder, name)));
    await page.waitForFunction(() => document.querySelector(".facts").textContent.startsWith("240"));
    await setNumber(page, "Epochs", 3);
    const halves = await trainToTheEnd(page);
    expect(halves >= 0.95, `halves are learned to ${halves}`);
    told.push(`IDX files (${halves})`);

    // folders of pictures of odd sizes, one of them damaged
    await mkdir(join(folder, "photos/bright"), { recursive: true });
    await mkdir(join(folder, "photos/dark"), { recursive: true });
    for (let i = 0; i < 60; i++) {
      const [width, height] = [20 + (i % 17), 30 - (i % 13)];
      const data = new Uint8Array(3 * width * height).map(
        (_, at) => (i % 2 === 0 ? 150 : 20) + ((at * 7 + i * 31) % 90),
      );
      const png = encode({ width, height, data, channels: 3, depth: 8 });
      await writeFile(
        join(folder, "photos", i % 2 === 0 ? "bright" : "dark", `${i}.png`),
        i === 7 ? "no pixels" : png,
      );
    }
    await page.getByLabel("Learn from").selectOption("pictures");
    await setNumber(page, "Size in pixels", 16);
    await page.getByLabel("Choose a folder").setInputFiles(join(folder, "photos"));
    await page.locator(".notice", { hasText: "1 picture could not be read" }).waitFor();
    const photos = await trainToTheEnd(page);
    expect(photos >= 0.9, `photos are learned to ${photos}`);
    told.push(`folders of pictures (${photos})`);

    // own classes
    await page.getByLabel("Learn from").selectOption("own");
    await page.getByText("+ Another class").click();
    for (let kind = 0; kind < 3; kind++) {
      await page.getByLabel(`Add examples to Class ${kind + 1}`).check();
      for (let i = 0; i < 10; i++) {
        await drawStroke(page, kind, i);
        await page.getByText("Add drawing").click();
      }
    }
    await page.getByText("Use these").click();
    await page.waitForFunction(() => document.querySelector(".facts")?.textContent.startsWith("24 to train"));
    await page.getByLabel("Start from").selectOption("mlp-64");
    await setNumber(page, "Batch size", 8);
    await setNumber(page, "Epochs", 30);
    await trainToTheEnd(page);
    const own = await accuracyOf(page);
    expect(own >= 0.9, `own classes are learned to ${own}`);
    told.push(`own classes (${own})`);
    await page.reload();
    await page.waitForFunction(() => document.querySelector(".facts")?.textContent.startsWith("24 to train"));
    await page.waitForFunction(
      (wanted) =>
        Number.parseFloat(document.querySelector('[data-figure="accuracy"]').textContent) / 100 === wanted,
      own,
    );
    noFaults(faults);
    await close();
    return told.join(", ");
  } finally {
    await rm(folder, { recursive: true });
  }
}
