// What is in the tarball: nothing but the kinds of files listed here, everything that exports and bin name, and maps that
// lead to files which are packed, too.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const allowed = [
  /^(package[.]json|README[.]md|CHANGELOG[.]md|LICENSE)$/,
  /^dist\/(chunks\/[\w-]+|cli\/(main|program)|namespaces\/(layers|ops)|((node|worker|workerd|edge-light)\/)?index|worker\/entry)[.]js([.]map)?$/,
  /^dist\/kernels\/(scalar|simd|relaxed)[.](wasm|js|js[.]map)$/,
  /^dist\/fonts\/(OpenSans-(Regular|SemiBold)[.]ttf|LICENSE)$/, // 157 kB packed: PNG figures have text on machines without fonts
  /^dist\/types\/.*[.]d[.]ts([.]map)?$/,
  /^src\/.*[.]ts$/,
];
const forbidden = /^src\/kernels\/(scalar|simd|relaxed)[.]generated[.]ts$/;
const most = 1_300_000; // bytes of the tarball: 1.16 MB with the fonts (0.16) and the reports, comparisons and sheets of the command line

export function check({ files, bytes, unpackedBytes, installed }) {
  const strangers = files.filter((file) => forbidden.test(file) || !allowed.some((kind) => kind.test(file)));
  if (strangers.length > 0) throw new Error(`the tarball holds ${strangers.join(", ")}`);
  const { exports, bin } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const named = [...targets(exports), ...Object.values(bin)].flatMap((path) =>
    path.includes("*") ? ["scalar", "simd", "relaxed"].map((build) => path.replace("*", build)) : [path],
  );
  for (const path of ["README.md", "CHANGELOG.md", "LICENSE", ...named])
    if (!existsSync(join(installed, path))) throw new Error(`the tarball lacks ${path}`);
  let sources = 0;
  for (const file of files.filter((name) => name.endsWith(".map"))) {
    const map = JSON.parse(readFileSync(join(installed, file), "utf8"));
    for (const [i, source] of map.sources.entries()) {
      // the kernels' text as base64 is of no use to a debugger; node_modules: the core's two small packages
      if (
        forbidden.test(join(dirname(file), source)) ||
        source.includes("node_modules/") ||
        source.startsWith("\0")
      )
        continue;
      sources++;
      if (!map.sourcesContent?.[i] && !existsSync(join(installed, dirname(file), source)))
        throw new Error(`${file} leads to ${source}, which is not packed`);
    }
  }
  if (sources < 100) throw new Error(`the maps lead to ${sources} sources only`);
  if (bytes > most) throw new Error(`the tarball has ${bytes} bytes, more than ${most}`);
  return `       ${files.length} files, ${kB(bytes)} packed, ${kB(unpackedBytes)} unpacked; maps lead to ${sources} sources`;
}

/** All paths in an exports map. */
function targets(node) {
  if (typeof node === "string") return [node];
  return Object.values(node).flatMap(targets);
}

const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
