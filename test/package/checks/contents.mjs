// What is in the tarball: nothing but the kinds of files listed here, and everything that exports and bin name.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const allowed = [
  /^(package[.]json|README[.]md|CHANGELOG[.]md|LICENSE)$/,
  /^dist\/(chunks\/[\w-]+|((node|worker|vis|federated|keras|npz|onnx|safetensors|tfjs|tflite)\/)?index|edge\/[\w-]+|worker\/entry|node\/decoder)[.]js$/,
  /^dist\/report\/[\w-]+[.]js$/,
  /^dist\/namespaces\/(layers|losses|ops|optimizers)[.]js$/,
  /^dist\/kernels\/((scalar|simd|relaxed)[.](wasm|js)|conv2d-simd[.]js)$/,
  /^dist\/kernels\/(\w+-(scalar|simd)|conv2d-relaxed)[.]wasm$/,
  /^dist\/(cli|packages(\/@[\w-]+)?(\/[\w-]+)*)\/[\w-]+[.]js$/,
  /^dist\/packages\/((resvg[.]wasm|OpenSans-(Regular|SemiBold)[.]ttf)[.]br|THIRD-PARTY[.]txt)$/, // PNG figures have text on machines without fonts
  /^dist\/types\/.*[.]d[.]ts$/,
  /^docs\/((start|guide|help)\/([\w-]+\/)*)?[\w-]+[.]md$/, // what tells how to do a thing, without pictures: they weigh as much as half of the rest
  /^examples\/([\w-]+\/)*[\w.-]+[.](mjs|js|ts|html|json|jsonc|md)$/,
];
// the builds as text, which dist/kernels and, of families, the core chunk hold
const forbidden = /kernels\/((scalar|simd|relaxed)|families\/\w+-simd)[.]generated[.]/;

export function check({ files, bytes, unpackedBytes, installed }) {
  const strangers = files.filter((file) => forbidden.test(file) || !allowed.some((kind) => kind.test(file)));
  if (strangers.length > 0) throw new Error(`the tarball holds ${strangers.join(", ")}`);
  const { exports, bin } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const named = [...targets(exports), ...Object.values(bin)].flatMap((path) =>
    path.includes("*") ? ["scalar", "simd", "relaxed"].map((build) => path.replace("*", build)) : [path],
  );
  for (const path of ["README.md", "CHANGELOG.md", "LICENSE", ...named])
    if (!existsSync(join(installed, path))) throw new Error(`the tarball lacks ${path}`);
  return `       ${files.length} files, ${kB(bytes)} packed, ${kB(unpackedBytes)} unpacked`;
}

/** All paths in an exports map. */
function targets(node) {
  if (typeof node === "string") return [node];
  return Object.values(node).flatMap(targets);
}

const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
