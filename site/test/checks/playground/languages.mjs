/**
 * The page speaks one language at a time: in every room, with what it has trained, refused and read, no word is seen, told to the pointer or
 * said to screen readers that only the texts of the other language have. What is quoted in another language says so by `lang`, and names of
 * programs (layers, optimizers, builds) by `translate="no"`. With --shots=DIR pictures of all are left, at three widths, light and dark.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { drawn, drawStroke, ended, expect, goTo, noFaults, openPlayground } from "../../playground/page.mjs";

const texts = new URL("../../../playground/texts/", import.meta.url);
const widths = [390, 768, 1280];

/** What is pressed and filled in, by its names. */
const names = {
  en: {
    rooms: ["Train", "Try", "Reproduce", "Compare", "Benchmark", "Lessons"],
    examples: "Training examples",
    source: "Learn from",
    epochs: "Epochs",
    occlude: "Show what it looked at",
  },
  de: {
    rooms: ["Trainieren", "Ausprobieren", "Wiederholen", "Vergleichen", "Messen", "Lektionen"],
    examples: "Trainingsbeispiele",
    source: "Lernen aus",
    epochs: "Epochen",
    occlude: "Zeigen, worauf es sah",
  },
};

/** The words of a language's texts, in small letters. */
function wordsOf(language) {
  const source = readFileSync(new URL(`${language}.ts`, texts), "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const strings = source.match(/"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g);
  return new Set(tokensOf(strings.join(" ").replaceAll(/\$\{[^}]*\}/g, " ")));
}

/** Words of two letters and more; what has digits or underscores in it is a name of a program. */
function tokensOf(text) {
  return (text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).filter((word) => /^\p{L}{2,}$/u.test(word));
}

export async function check({ browser, origin, shots }) {
  const known = { en: wordsOf("en"), de: wordsOf("de") };
  const strays = [];
  let seen = 0;
  for (const [language, other] of [
    ["de", "en"],
    ["en", "de"],
  ]) {
    const foreign = new Set([...known[other]].filter((word) => !known[language].has(word)));
    expect(foreign.size > 300, `only ${foreign.size} words are those of ${other} alone`);
    const opened = await openPlayground(browser, origin, { locale: language, colorScheme: "light" });
    const look = async (place) => {
      for (const said of await opened.page.evaluate(allThatIsSaid, language)) {
        const found = tokensOf(said).filter((word) => foreign.has(word));
        if (found.length > 0)
          strays.push(`${language}, ${place}: ${found.join(", ")} in “${said.slice(0, 120)}”`);
      }
      seen++;
      if (shots) await pictures(opened.page, join(shots, `${language} ${place}`));
    };
    await walk(opened.page, names[language], look);
    noFaults(opened.faults);
    await opened.close();
  }
  expect(strays.length === 0, [...new Set(strays)].slice(0, 40).join("\n"));
  return `${seen} looks; ${known.en.size} words in English, ${known.de.size} in German`;
}

/** Through all rooms with digits, then over points, a table and what is wrong. */
async function walk(page, { rooms, examples, source, epochs, occlude }, look) {
  const [train, ask, reproduce, compare, benchmark, lessons] = rooms;
  const set = async (label, value) => {
    await page.getByLabel(label, { exact: true }).fill(String(value));
    await page.getByLabel(label, { exact: true }).blur();
  };
  const open = (view) => page.locator(`[data-view="${view}"] summary`).click();
  await set(examples, 200);
  await page.waitForFunction(() => document.querySelector(".facts").textContent.startsWith("200"));
  await set(epochs, 2);
  for (const view of ["mistakes", "activations", "histograms"]) await open(view);
  for (const layer of await page.locator(".layer-head").all()) {
    await layer.click();
    await look("layer");
  }
  await page.locator(".layer-head").last().click();
  for (const inner of await page.locator("details.inner > summary").all()) await inner.click();
  await page.locator(".transport .primary").click();
  await ended(page);
  await page.waitForSelector('[data-view="histograms"] canvas');
  await look("train");

  await goTo(page, ask);
  await page.waitForSelector("canvas.pad");
  await look("asked nothing");
  await drawStroke(page, 2, 0);
  await page.waitForSelector(".activations canvas");
  await page.getByText(occlude).click();
  await page.waitForSelector(".seen .vis-heat");
  await look("try");
  await goTo(page, reproduce);
  await page.waitForSelector(".copied pre");
  await look("reproduce");
  await goTo(page, compare);
  await page.waitForSelector("table.runs");
  await look("compare");
  await goTo(page, benchmark);
  await page.waitForFunction(() => !document.querySelector(".waiting"));
  await look("benchmark");

  // what is wrong: a network that does not fit, within and at its end; files that are none
  await goTo(page, train);
  const give = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await page.locator('input[type="file"][accept*="safetensors"]').setInputFiles(give("x.onnx", "no model"));
  await page.locator(".notice").first().waitFor();
  await look("no model");
  await page.locator(".layer-head").last().click();
  await page.locator(".layer.open input").first().fill("7");
  await page.locator(".layer.open input").first().blur();
  await page.locator(".layer-error").waitFor();
  await look("another end");
  await page.locator(".add-layer select").selectOption("conv2d");
  await page.locator(".layer.open .row button").first().waitFor();
  await page.locator(".add-layer button").click();
  await page.locator(".layer-error").waitFor();
  await look("a layer that does not fit");

  const choose = (kind) => page.getByLabel(source, { exact: true }).selectOption(kind);
  await choose("table");
  const table = page.locator('input[type="file"][accept*="csv"]');
  await table.setInputFiles(give("nothing.csv", "\n"));
  await page.locator(".notice").first().waitFor();
  await look("no table");
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${i},${(i * 7) % 11},${["oak", "fir"][i % 2]},${i * 2.5}`,
  );
  await table.setInputFiles(give("trees.csv", `id,rings,wood,height\n${rows.join("\n")}\n`));
  await page.waitForSelector(".facts table");
  await page.waitForSelector('[data-view="verdict"] canvas');
  await look("table");
  await goTo(page, ask);
  await look("row");
  await goTo(page, train);
  for (const kind of ["own", "pictures", "idx"]) {
    await choose(kind);
    await look(kind);
  }
  await choose("toy");
  await page.waitForSelector(".plane canvas");
  await look("plane");
  await goTo(page, ask);
  await page.waitForSelector(".activations canvas");
  await look("point");

  await goTo(page, lessons);
  await look("lessons");
  for (let i = 0; i < 5; i++) {
    await goTo(page, lessons);
    await page.locator(".lesson-list button").nth(i).click();
    await page.waitForSelector(".lesson");
    await look(`lesson ${i + 1}`);
  }
}

/** In the page: every text that is shown or told, but what says that it is of another language, code, or a name. */
function allThatIsSaid(language) {
  const isApart = (element) =>
    element.closest(`[lang]:not([lang="${language}"]), [translate="no"], pre, code, script, style, noscript`);
  const said = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (textContent.trim() && !isApart(parentElement)) said.push(textContent.trim());
  }
  for (const element of document.querySelectorAll("*"))
    for (const name of ["title", "aria-label", "placeholder", "alt", "aria-valuetext", "aria-description"])
      if (element.getAttribute(name) && !isApart(element)) said.push(element.getAttribute(name));
  return said;
}

async function pictures(page, name) {
  const before = page.viewportSize();
  await page.evaluate(() => scrollTo(0, 0)); // what stays in sight would stand in the middle
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await drawn(page);
      await page.screenshot({ path: `${name} ${width} ${colorScheme}.png`, fullPage: true });
    }
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: "light" });
}
