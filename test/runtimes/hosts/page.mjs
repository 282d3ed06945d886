// The program in a page. `ask` answers on the main thread, `askWorker` in a Web Worker; both are for the driver.
import * as anygrad from "anygrad";
import { program } from "./program.mjs";

const control = async () => new Uint8Array(await (await fetch("/control.wasm")).arrayBuffer());
globalThis.ask = program(anygrad, { control });

let worker;
globalThis.askWorker = (plan) => {
  worker ??= globalThis.startWorker();
  return new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve({ error: { name: "Error", message: message || "no worker" } });
    worker.postMessage(plan);
  });
};
// a bundler replaces this line's form by a chunk of its own; without one, the driver has bundled the file
globalThis.startWorker = () => new Worker(new URL("./pageWorker.mjs", import.meta.url), { type: "module" });
globalThis.loaded = true;
