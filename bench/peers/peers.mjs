// Who is compared, and how each is started. A new peer is an entry here and a file in engines/.
import { npmPackages, pythonWithTensorFlow, pythonWithTorch } from "./install.mjs";

const relaxedFlag = "--experimental-wasm-relaxed-simd";
/** Node 20 and 21 have relaxed SIMD behind a flag; later ones have it by default. */
const relaxedIsHidden = Number(process.versions.node.split(".")[0]) < 22;
const fast = relaxedIsHidden ? [relaxedFlag] : [];

const inNode = (engine, options = {}, flags = [], prepare = npmPackages) => ({
  prepare,
  command: (threads) => [
    process.execPath,
    ...flags,
    new URL("./protocol/serve.mjs", import.meta.url).pathname,
    engine,
    JSON.stringify({ threads, ...options }),
  ],
});
/** anygrad is that of this checkout. */
const ours = (options, flags) => inNode("anygrad", options, flags, async () => undefined);
const inPython = (file, python) => ({
  prepare: python,
  command: (threads, interpreter) => [
    interpreter,
    new URL(`./engines/${file}`, import.meta.url).pathname,
    JSON.stringify({ threads }),
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
  keras: inPython("keras_tensorflow.py", pythonWithTensorFlow),
  "tfjs-wasm": inNode("tfjs", { backend: "wasm" }),
  "tfjs-cpu": inNode("tfjs", { backend: "cpu" }),
  "jax-js": inNode("jax-js"),
  // It takes relaxed SIMD by itself where there is some: a row of its own only where Node must be told.
  ...(relaxedIsHidden && { "jax-js-relaxed": inNode("jax-js", {}, fast) }),
  onnxruntime: inNode("onnxruntime"),
};
export const baseline = "anygrad";
export const fastBaseline = "anygrad-fast";
