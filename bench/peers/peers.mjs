// Who is compared, and how each is started. A new peer is an entry here and a file in engines/.
import {
  npmPackages,
  pythonWithJax,
  pythonWithTensorFlow,
  pythonWithTorch,
  pythonWithTorch2,
} from "./install.mjs";

const relaxedFlag = "--experimental-wasm-relaxed-simd";
/** Node 20 and 21 have relaxed SIMD behind a flag; later ones have it by default. */
const relaxedIsHidden = Number(process.versions.node.split(".")[0]) < 22;
const fast = relaxedIsHidden ? [relaxedFlag] : [];

const byScript = (script, engine, options, flags, prepare) => ({
  prepare,
  command: (threads) => [
    process.execPath,
    ...flags,
    new URL(`./protocol/${script}`, import.meta.url).pathname,
    engine,
    JSON.stringify({ threads, ...options }),
  ],
});
const inNode = (engine, options = {}, flags = [], prepare = npmPackages) =>
  byScript("serve.mjs", engine, options, flags, prepare);
/** In a page that is isolated, so that it has threads. */
const inChromium = (engine, options) => byScript("chromium.mjs", engine, options, [], npmPackages);
/** anygrad is that of this checkout. */
const ours = (options, flags) => inNode("anygrad", options, flags, async () => undefined);
const inPython = (file, python, options = {}) => ({
  prepare: python,
  command: (threads, interpreter) => [
    interpreter,
    new URL(`./engines/${file}`, import.meta.url).pathname,
    JSON.stringify({ threads, ...options }),
  ],
});

/**
 * `prepare({ install })` returns what `command(threads, prepared)` needs, or throws why the peer cannot be had;
 * the ratios are to `baseline` and `fastBaseline`.
 */
export const peers = {
  anygrad: ours({ variant: "simd", precision: "strict" }),
  "anygrad-inference": ours({ variant: "simd", precision: "strict", forInference: true }),
  "anygrad-fast": ours({ precision: "fast" }, fast),
  "anygrad-scalar": ours({ variant: "scalar", precision: "strict" }),
  pytorch: inPython("pytorch.py", pythonWithTorch),
  "pytorch-2": inPython("pytorch.py", pythonWithTorch2),
  keras: inPython("keras3.py", pythonWithTensorFlow, { backend: "tensorflow" }),
  "keras-jax": inPython("keras3.py", pythonWithJax, { backend: "jax" }),
  "tfjs-wasm": inNode("tfjs", { backend: "wasm" }),
  "tfjs-cpu": inNode("tfjs", { backend: "cpu" }),
  "jax-js": inNode("jax-js"),
  // It takes relaxed SIMD by itself where there is some: a row of its own only where Node must be told.
  ...(relaxedIsHidden && { "jax-js-relaxed": inNode("jax-js", {}, fast) }),
  onnxruntime: inNode("onnxruntime"),
  "anygrad-chromium": inChromium("anygrad", { variant: "simd", precision: "strict" }),
  "tfjs-wasm-chromium": inChromium("tfjs", { backend: "wasm" }),
};
export const baseline = "anygrad";
export const fastBaseline = "anygrad-fast";
