/** What somebody does who opens the playground for the first time, in any browser: train, draw, repeat in Node, leave and come back. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, patience } from "./page.mjs";

const commandLine = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));

/** @param page of otherBrowsers.mjs, on the playground */
export async function firstVisit(page) {
  const until = async (what, work, ...given) => {
    for (const began = performance.now(); ; await new Promise((resolve) => setTimeout(resolve, 100))) {
      const found = await page.evaluate(work, ...given);
      if (found) return found;
      if (performance.now() - began > patience) throw new Error(`${what} is waited for in vain`);
    }
  };
  /** Sets the field or the list of a label. */
  const set = (label, value) =>
    page.evaluate(
      (name, wanted) => {
        const found = [...document.querySelectorAll("label")].find((each) => each.textContent === name);
        const control = document.getElementById(found.htmlFor);
        control.value = wanted;
        control.dispatchEvent(new Event("change", { bubbles: true }));
      },
      label,
      String(value),
    );
  /** Presses a button when it can be: Train waits for the network that was chosen. */
  const press = (selector) =>
    until(
      `${selector} to press`,
      (name) => {
        const button = document.querySelector(name);
        if (!button || button.disabled) return false;
        button.click();
        return true;
      },
      selector,
    );
  const goTo = (place) =>
    page.evaluate((i) => void document.querySelectorAll(".rooms button")[i].click(), place);
  const textOf = (selector) =>
    until(selector, (name) => document.querySelector(name)?.textContent.trim(), selector);
  const trained = () =>
    until("the end of a run", () =>
      /^Train again/.test(document.querySelector(".transport .primary")?.textContent),
    );

  await until("the page", () => document.querySelector(".facts")?.textContent.startsWith("4,000"));
  await set("Training examples", 1000);
  await until("1,000 digits", () => document.querySelector(".facts").textContent.startsWith("1,000"));
  await set("Start from", "mlp-64");
  await until("another network", () => document.querySelectorAll(".layer-head").length === 3);
  await set("Epochs", 4);
  await press(".transport .primary");
  await trained();
  const accuracy = await textOf('[data-figure="accuracy"]');
  expect(Number.parseFloat(accuracy) > 60, `the digits are learned to ${accuracy}`);

  // a drawing is answered, and looked at through the layers
  await goTo(1);
  const [left, top, side] = await until("the pad", () => {
    const pad = document.querySelector("canvas.pad");
    pad?.scrollIntoView({ block: "center", behavior: "instant" });
    const box = pad?.getBoundingClientRect();
    return box && [box.left, box.top, box.width];
  });
  await page.drag(
    Array.from({ length: 25 }, (_, i) => [
      left + side * (0.5 + 0.2 * Math.cos((i / 24) * 2 * Math.PI)),
      top + side * (0.5 + 0.32 * Math.sin((i / 24) * 2 * Math.PI)),
    ]),
  );
  const answer = await until("an answer", () => {
    const said = document.querySelector('[data-figure="answer"]')?.textContent;
    return /%/.test(said) && document.querySelector(".activations canvas") && said;
  });

  // the same bits in Node
  await goTo(2);
  const digest = await textOf('[data-figure="digest"]');
  const command = await until("the command", () =>
    [...document.querySelectorAll(".copied pre")]
      .map((each) => each.textContent)
      .find((each) => each.startsWith("npx anygrad train")),
  );
  const words = command.replaceAll("\\\n", " ").trim().split(/\s+/).slice(2);
  const { stdout } = await promisify(execFile)(process.execPath, [commandLine, ...words, "--json"]);
  expect(stdout.includes(digest), `Node's digest is not ${digest}: ${stdout.slice(0, 300)}`);

  // work survives a reload
  await page.reload();
  await trained();
  await until(
    `an accuracy of ${accuracy} after a reload`,
    (before) => document.querySelector('[data-figure="accuracy"]').textContent.trim() === before,
    accuracy,
  );

  // points: the surface is there before a step, and repainted as the network learns
  await goTo(0);
  await set("Learn from", "toy");
  const surface = () =>
    until("the surface", () => {
      const canvas = document.querySelector(".plane .vis-surface canvas");
      return canvas?.width === 100 && canvas.getContext("2d").getImageData(0, 0, 100, 100).data.join();
    });
  const before = await surface();
  await until("the points' network", () => !document.querySelector(".transport .primary").disabled);
  await set("Epochs", 3);
  await press(".transport .primary");
  await trained();
  await until(
    "another surface",
    (first) =>
      document
        .querySelector(".plane .vis-surface canvas")
        .getContext("2d")
        .getImageData(0, 0, 100, 100)
        .data.join() !== first,
    before,
  );

  const faults = await page.faults();
  expect(faults.length === 0, `the page complains: ${faults.slice(0, 5).join("\n")}`);
  const engine = await page.evaluate(() => [...document.querySelectorAll(".figures dd")].at(-1).textContent);
  return `${engine}: digits ${accuracy}, a ring is “${answer}”, ${digest.slice(0, 8)} here and in Node`;
}
