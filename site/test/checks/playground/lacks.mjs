/** A tab without SIMD, without shared memory, with too little memory, without WebAssembly: a line says so and what to do, and what can be done is done. */
import { openBrowser } from "../../browser.mjs";
import { expect, noFaults, openPlayground, setNumber, trainToTheEnd } from "../../playground/page.mjs";
import { serve } from "../../serve.mjs";

/** Digits are few, so that a tab that is slow is not waited for. */
async function fewDigits(page) {
  await setNumber(page, "Training examples", 300);
  await page.waitForFunction(() => document.querySelector(".facts").textContent.startsWith("300"));
  await setNumber(page, "Epochs", 1);
}

const engineOf = (page) => page.locator(".figures dd").last().textContent();

export async function check({ dist, browser, origin }) {
  const said = [];
  /** @param pattern what the notice must say @param work what is done in the tab */
  const inTab = async (opened, pattern, work) => {
    const { page, faults, close } = opened;
    const notice = page.locator(".notice", { hasText: pattern });
    await work(page, notice);
    await notice.first().waitFor();
    said.push((await notice.first().textContent()).replace(/×$/, ""));
    noFaults(faults);
    await close();
  };

  // V8 compiles no SIMD for a processor without SSE 4.1
  const old = await openBrowser({ args: ["--js-flags=--no-enable-sse4-1"] });
  try {
    await inTab(await openPlayground(old, origin), /lacks SIMD/, async (page) => {
      await fewDigits(page);
      expect((await trainToTheEnd(page)) > 0.2, "without SIMD nothing is learned");
      expect(/^scalar/.test(await engineOf(page)), `the engine without SIMD is ${await engineOf(page)}`);
    });
  } finally {
    await old.close();
  }

  // a host that sends no headers, and a window that refuses the service worker which would add them
  const refuse = () => {
    navigator.serviceWorker.register = () => Promise.reject(new DOMException("private", "SecurityError"));
  };
  const bare = await serve(dist, {
    headers: { "cross-origin-opener-policy": "unsafe-none", "cross-origin-embedder-policy": "unsafe-none" },
  });
  try {
    await inTab(
      await openPlayground(browser, bare.origin, { before: refuse }),
      /may not share memory/,
      async (page) => {
        await fewDigits(page);
        await trainToTheEnd(page);
        expect(/ 1 thread$/.test(await engineOf(page)), `the engine is ${await engineOf(page)}`);
      },
    );
  } finally {
    bare.close();
  }

  // 24 MiB of WebAssembly memory are enough for a small network and too few for a large one; a small one is trained afterwards
  const small = await openBrowser({ args: ["--js-flags=--wasm-max-mem-pages=384"] });
  try {
    await inTab(
      await openPlayground(small, origin),
      /too little memory.*MiB are needed.*Choose a smaller batch/,
      async (page, notice) => {
        await fewDigits(page);
        await trainToTheEnd(page);
        await page.locator(".layer-head").first().click();
        await setNumber(page, "Filters", 256);
        await setNumber(page, "Batch size", 1024);
        await page.locator(".transport .primary").click();
        await notice.waitFor();
        await setNumber(page, "Filters", 4);
        await setNumber(page, "Batch size", 16);
        await trainToTheEnd(page);
        await setNumber(page, "Filters", 256);
        await setNumber(page, "Batch size", 1024);
        await page.locator(".transport .primary").click();
      },
    );
  } finally {
    await small.close();
  }
  return said.join("\n");
}
