/** A run has the digest of its repetition in the page, of the command line and of the program in Node; its link makes it again. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  expect,
  goTo,
  noFaults,
  openPlayground,
  setNumber,
  trainToTheEnd,
} from "../../../playground/page.mjs";

const repository = fileURLToPath(new URL("../../../../../", import.meta.url));
const run = promisify(execFile);

const digestIn = (page) => page.locator('[data-figure="digest"]').textContent();

async function codeOf(page, label) {
  return page.getByRole("region", { name: label, exact: true }).textContent();
}

export async function check({ browser, origin }) {
  const folder = await mkdtemp(join(tmpdir(), "anygrad-playground-"));
  await mkdir(join(folder, "node_modules"));
  await symlink(repository, join(folder, "node_modules/anygrad"));
  const inNode = async (...parts) => (await run(process.execPath, parts, { cwd: folder })).stdout.trim();
  try {
    const { page, faults, close } = await openPlayground(browser, origin);
    // a preset, on few digits
    await setNumber(page, "Training examples", 600);
    await page.waitForFunction(() => document.querySelector(".facts").textContent.startsWith("600"));
    await page.getByLabel("Start from").selectOption("mlp-64");
    await setNumber(page, "Epochs", 2);
    await trainToTheEnd(page);
    await goTo(page, "Reproduce");
    const digest = (await digestIn(page)).trim();
    await page.getByText("Repeat the run here").click();
    await page.waitForSelector('[data-figure="repeated"].note');

    const command = await codeOf(page, "In a terminal, with Node 20 or later");
    const words = command.replaceAll("\\\n", " ").trim().split(/\s+/);
    expect(words.slice(0, 4).join(" ") === "npx anygrad train mlp-64", `the command is ${command}`);
    const line = JSON.parse(await inNode(join(repository, "dist/cli/main.js"), ...words.slice(2), "--json"));
    const digestOfLine =
      line.digest ?? line.weights?.digest ?? JSON.stringify(line).match(/[0-9a-f]{64}/)?.[0];
    expect(digestOfLine === digest, `the command line's digest is ${digestOfLine}, the page's ${digest}`);
    await writeFile(join(folder, "run.mjs"), await codeOf(page, "run.mjs"));
    expect((await inNode("run.mjs")) === digest, "the program's digest is another");
    const link = (await codeOf(page, "Link to this run")).trim();

    // layers of one's own, augmentation, a schedule
    await goTo(page, "Train");
    await page.locator(".layer-head").last().click();
    await page.locator(".add-layer select").selectOption("dropout");
    await page.getByText("Add", { exact: true }).click();
    await page.getByText("Up", { exact: true }).click();
    await page.getByLabel("Schedule").selectOption("cosine");
    await page.getByText("Augmentation").click();
    await setNumber(page, "Shift (pixels)", 2);
    await trainToTheEnd(page);
    await goTo(page, "Reproduce");
    const own = (await digestIn(page)).trim();
    expect(own !== digest, "another network has the same digest");
    const download = page.waitForEvent("download");
    await page.getByText("Download network.json").click();
    await (await download).saveAs(join(folder, "network.json"));
    const ownWords = (await codeOf(page, "In a terminal, with Node 20 or later"))
      .replaceAll("\\\n", " ")
      .trim()
      .split(/\s+/);
    const ownLine = await inNode(join(repository, "dist/cli/main.js"), ...ownWords.slice(2), "--json");
    expect(ownLine.includes(own), "the command line's digest of an own network is another");
    await writeFile(join(folder, "run.mjs"), await codeOf(page, "run.mjs"));
    expect((await inNode("run.mjs")) === own, "the program's digest of an own network is another");
    noFaults(faults);
    await close();

    const other = await openPlayground(browser, origin, { fragment: new URL(link).hash });
    await other.page.waitForFunction(() => document.querySelector(".facts").textContent.startsWith("600"));
    await trainToTheEnd(other.page);
    await goTo(other.page, "Reproduce");
    expect((await digestIn(other.page)).trim() === digest, "the link's run has another digest");

    // points in a plane, a rate that is moved while it runs
    await goTo(other.page, "Train");
    await other.page.getByLabel("Learn from").selectOption("toy");
    await other.page.waitForSelector(".plane");
    await setNumber(other.page, "Epochs", 200);
    await other.page.locator(".transport .primary").click();
    await other.page.waitForFunction(() =>
      /step [1-9]/.test(document.querySelector(".transport-progress p").textContent),
    );
    await other.page.getByLabel("Learning rate").fill("4");
    await other.page.waitForFunction(
      () => document.querySelector(".transport .primary").textContent === "Train again",
    );
    await goTo(other.page, "Reproduce");
    const moved = (await digestIn(other.page)).trim();
    await writeFile(join(folder, "run.mjs"), await codeOf(other.page, "run.mjs"));
    expect((await inNode("run.mjs")) === moved, "the program's digest of a run with a moved rate is another");
    await other.page.getByText("Repeat the run here").click();
    await other.page.waitForSelector('[data-figure="repeated"].note');
    noFaults(other.faults);
    await other.close();
    return `${digest.slice(0, 8)} in page, repetition, command line, program and link; ${own.slice(0, 8)} with own layers; ${moved.slice(0, 8)} with a moved rate`;
  } finally {
    await rm(folder, { recursive: true });
  }
}
