/** What cannot be is said in place, in words, and work is kept. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ended, expect, goTo, noFaults, openPlayground, setNumber } from "../../playground/page.mjs";

/** Beginnings of files of 10,000 × 10,001 pixels, and no pixels behind: whoever decoded them would find no picture. */
const largePictures = {
  png: Buffer.from("89504e470d0a1a0a0000000d4948445200002710000027110802000000", "hex"),
  // a segment of 70 kB in all, as cameras put previews there, before the frame's header
  jpg: Buffer.concat([
    Buffer.from("ffd8ffe1fffe", "hex"),
    Buffer.alloc(0xfffc),
    Buffer.from("ffe21000", "hex"),
    Buffer.alloc(0x0ffe),
    Buffer.from("ffc0001108271127100301220002110103110100", "hex"),
  ]),
  webp: Buffer.concat([
    Buffer.from("RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0", "latin1"),
    Buffer.from("0f2700102700", "hex"),
  ]),
  gif: Buffer.from("47494638396110271127f70000", "hex"),
  bmp: Buffer.concat([
    Buffer.from("BM"),
    Buffer.alloc(12),
    Buffer.from("28000000102700001127000001001800", "hex"),
  ]),
  avif: Buffer.from(
    "0000001c667479706176696600000000000000206d657461000000146973706500000000" + "0000271000002711",
    "hex",
  ),
};

export async function check({ browser, origin }) {
  const folder = await mkdtemp(join(tmpdir(), "anygrad-playground-"));
  const said = [];
  const file = async (name, content) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  try {
    const { page, faults, close } = await openPlayground(browser, origin, {
      before: () => {
        // storage that is full, when it is told so
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...given) {
          if (globalThis.isFull) throw new DOMException("there is no room", "QuotaExceededError");
          return put.apply(this, given);
        };
        // a worker that can be made to die
        const Original = Worker;
        globalThis.Worker = class extends Original {
          constructor(...given) {
            super(...given);
            globalThis.lastWorker = this;
          }
        };
        navigator.mediaDevices.getUserMedia = () =>
          Promise.reject(new DOMException("denied", "NotAllowedError"));
      },
    });
    const notice = async (pattern) => {
      const found = page.locator(".notice", { hasText: pattern });
      await found.first().waitFor();
      said.push(await found.first().textContent());
    };

    // files that are no data set
    await page.getByLabel("Learn from").selectOption("idx");
    await page.getByLabel("Choose files").setInputFiles(await file("letter.txt", "Dear reader"));
    await notice(/letter\.txt/);
    await page.getByLabel("Learn from").selectOption("table");
    await page.getByLabel("Choose a table").setInputFiles(await file("broken.csv", "a,b,c\n1,2,3\n4,5\n"));
    await notice(/line 3|row/i);
    await page.getByLabel("Learn from").selectOption("pictures");
    for (const kind of ["large", "larger"]) {
      await mkdir(join(folder, "photos", kind), { recursive: true });
      for (const [ending, bytes] of Object.entries(largePictures))
        await file(join("photos", kind, `photo.${ending}`), bytes);
    }
    await page.getByLabel("Choose a folder").setInputFiles(join(folder, "photos"));
    await notice(/photo\.\w+: 10000 × 10001 pixels/);
    await page.getByLabel("Learn from").selectOption("own");
    await page.getByText("Camera", { exact: true }).click();
    await notice(/The camera was refused/);
    await page.getByLabel("Learn from").selectOption("digits");
    await page.waitForFunction(() => document.querySelector(".facts").textContent.startsWith("4,000"));

    // a network whose shapes do not fit
    await page.locator(".layer-head").last().click();
    await setNumber(page, "Units", 7);
    await page.locator(".layer-error", { hasText: "10" }).waitFor();
    expect(
      await page.locator(".transport .primary").isDisabled(),
      "a network that does not fit can be trained",
    );
    // half a number stays while what was asked for before arrives, and is set when it is whole
    const units = page.getByRole("spinbutton", { name: "Units" });
    await units.fill("1");
    await page.getByLabel("Training examples").evaluate((field) => {
      field.value = "3000";
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await page.waitForFunction(() => document.querySelector(".facts").textContent.startsWith("3,000"));
    expect((await units.inputValue()) === "1", `half a number has become ${await units.inputValue()}`);
    await setNumber(page, "Units", 10);
    await page.locator(".layer-error").waitFor({ state: "detached" });
    await page.locator(".add-layer select").selectOption("conv2d");
    await page.getByText("Add", { exact: true }).click();
    await page.locator(".layer-error").waitFor();
    said.push(await page.locator(".layer-error").textContent());
    await page.getByText("Remove", { exact: true }).click();
    await page.locator(".layer-error").waitFor({ state: "detached" });

    // no model, and one for other data
    await page.getByLabel("Open a model").setInputFiles(await file("model.onnx", "no model"));
    await notice(/onnx|model/i);

    // storage that is full: the run goes on
    await page.evaluate(() => {
      globalThis.isFull = true;
    });
    await setNumber(page, "Training examples", 600);
    await page.waitForFunction(() => document.querySelector(".facts").textContent.startsWith("600"));
    await page.locator(".transport .primary").click();
    await ended(page);
    await notice(/cannot be kept/);
    await page.evaluate(() => {
      globalThis.isFull = false;
    });

    // a worker that dies: another goes on with what was kept
    await setNumber(page, "Epochs", 100);
    await page.locator(".transport .primary").click();
    await page.waitForFunction(
      () =>
        Number(/of 100, step (\d+)/.exec(document.querySelector(".transport-progress p").textContent)?.[1]) >
        10,
    );
    await page.locator(".transport .primary").click();
    await page.waitForFunction(() => document.querySelector(".transport .primary").textContent === "Go on");
    await page.waitForTimeout(500);
    await page.evaluate(() => {
      globalThis.lastWorker.terminate();
      globalThis.lastWorker.onerror(new ErrorEvent("error", { message: "out of memory" }));
    });
    await notice(/out of memory/);
    await page.waitForFunction(() =>
      /step [1-9]/.test(document.querySelector(".transport-progress p").textContent),
    );
    expect(
      (await page.locator(".transport .primary").textContent()) === "Go on",
      "the run does not go on after its worker has died",
    );

    // a picture that is none
    await goTo(page, "Try");
    await page.getByText("Picture", { exact: true }).click();
    await page.getByLabel("Choose a picture").setInputFiles(await file("photo.png", "no pixels"));
    await notice(/photo\.png is no picture/);
    for (const [ending, bytes] of Object.entries(largePictures)) {
      await page.getByLabel("Choose a picture").setInputFiles(await file(`huge.${ending}`, bytes));
      await notice(new RegExp(`huge\\.${ending}: 10000 × 10001 pixels`));
    }
    await page.getByText("Camera", { exact: true }).click();
    await notice(/The camera was refused/);
    noFaults(faults);
    await close();

    for (const [fragment, pattern] of [
      ["#run=99.e30", /another version/],
      ["#run=1.e30", /damaged/],
      ["#run=1.%%%", /damaged/],
      [
        `#run=1.${btoa(JSON.stringify({ data: { kind: "table", name: "x.csv" }, network: { layers: [] }, recipe: {} }))}`,
        /own data/,
      ],
    ]) {
      const other = await openPlayground(browser, origin, { fragment });
      await other.page.locator(".notice", { hasText: pattern }).waitFor();
      noFaults(other.faults);
      await other.close();
    }
    return `${said.length + 4} kinds: ${said.map((text) => text.replace(/×$/, "").slice(0, 60)).join(" | ")}`;
  } finally {
    await rm(folder, { recursive: true });
  }
}
