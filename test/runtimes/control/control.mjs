/**
 * The control: the simd kernels with one sum reordered. The softmax of a row adds its exponentials from the first to the
 * last; here the first is added last. Every other instruction is as it was, and each sum moves by its last bit or not at
 * all. A check of digests that does not see this one sees nothing.
 */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { arranged } from "../../../scripts/build/wasm-exports.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const file = "assembly/reduction/softmax.ts";
const sum = "return sumPlain(y, n);";
const reordered = "return sumPlain(y + 4, n - 1) + load<f32>(y);";

/** The bytes of the kernels with that sum reordered, or, for comparison, as they are. */
export async function controlKernels({ reorder = true } = {}) {
  // beside node_modules, so that the compiler finds its own library
  const folder = await mkdtemp(join(tmpdir(), "anygrad-control-"));
  try {
    await cp(join(root, "assembly"), join(folder, "assembly"), { recursive: true });
    const source = await readFile(join(root, file), "utf8");
    if (source.split(sum).length !== 2)
      throw new Error(
        `control: ${file} holds "${sum}" ${source.split(sum).length - 1} times, wanted once; name another sum in ${import.meta.url}`,
      );
    if (reorder) await writeFile(join(folder, file), source.replace(sum, reordered));
    const asc = join(
      dirname(createRequire(import.meta.url).resolve("assemblyscript/package.json")),
      "bin/asc.js",
    );
    const transform = ["--transform", join(root, "scripts/build/inline-transform.mjs")];
    const options = [
      "assembly/index.ts",
      "--config",
      "assembly/asconfig.json",
      "--target",
      "simd",
      ...transform,
      "--outFile",
      "control.wasm",
    ];
    await promisify(execFile)(process.execPath, [asc, ...options], { cwd: folder });
    return Buffer.concat([arranged(await readFile(join(folder, "control.wasm"))), await mark()]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The custom section by which the package knows kernels of its own version (scripts/build/build-kernels.mjs). */
async function mark() {
  const module = new WebAssembly.Module(await readFile(join(root, "dist/kernels/simd.wasm")));
  const [content] = WebAssembly.Module.customSections(module, "anygrad");
  const body = Buffer.concat([Buffer.of(7), Buffer.from("anygrad"), Buffer.from(content)]);
  return Buffer.concat([Buffer.of(0, body.length), body]);
}
