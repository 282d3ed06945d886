// The kernels without the library: a product of two matrices by two builds, each in memory of its own, compared in bits and
// time. docs/kernels.md tells what the arguments mean. npm install anygrad @assemblyscript/loader; node examples/raw-kernels.mjs
import { readFile } from "node:fs/promises";
import { instantiate } from "@assemblyscript/loader";

const [m, n, k] = [256, 256, 256];
const a = Float32Array.from({ length: m * k }, (_, i) => ((i * 7919) % 1009) / 1009 - 0.5);
const b = Float32Array.from({ length: k * n }, (_, i) => ((i * 6101) % 997) / 997 - 0.5);

const builds = [await load("scalar"), await load("simd")];

// in turns, and of each the fastest run: what else the machine does can only lengthen one
for (let round = 0; round < 40; round++)
  for (const build of builds) {
    const began = performance.now();
    build.multiply();
    build.best = Math.min(build.best, performance.now() - began); // ms
  }

const [scalar, simd] = builds;
const different = scalar.c.filter((bits, i) => bits !== simd.c[i]).length;
console.log(`c[${m}, ${n}] = a[${m}, ${k}] b[${k}, ${n}]`);
console.log(`bits: ${different || "none"} of ${m * n} numbers differ between scalar.wasm and simd.wasm`);
for (const { name, best } of builds)
  console.log(`${name}.wasm: ${best.toFixed(2)} ms, ${((2 * m * n * k) / best / 1e6).toFixed(1)} GFLOP/s`);
console.log(`simd.wasm is ${(scalar.best / simd.best).toFixed(1)} times as fast`);
if (different > 0) throw new Error("the builds disagree");

/** A build of the kernels over memory of its own, in which both matrices lie. */
async function load(name) {
  const file = new URL(import.meta.resolve(`anygrad/kernels/${name}.wasm`));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const { exports } = await instantiate(await readFile(file), { env: { memory } });

  // kernels allocate nothing: what lies behind their constants belongs to whoever calls them
  let end = exports.heap_base();
  const place = (bytes) => {
    const start = Math.ceil(end / 64) * 64;
    end = start + bytes;
    return start;
  };
  const units = exports.gemm_nn_f32_units(m, n, k);
  const workspace = place(exports.gemm_nn_f32_workspace_bytes(m, n, k, units));
  const [pointerC, pointerA, pointerB] = [m * n, m * k, k * n].map((floats) => place(4 * floats));
  memory.grow(Math.ceil((end - memory.buffer.byteLength) / 65536));
  new Float32Array(memory.buffer, pointerA).set(a);
  new Float32Array(memory.buffer, pointerB).set(b);

  const [bias, lda, ldb, ldc, activation] = [0, k, n, n, 0];
  const places = [pointerC, pointerA, pointerB, bias, workspace];
  const multiply = () => exports.gemm_nn_f32(...places, m, n, k, lda, ldb, ldc, activation, 0, units);
  return { name, multiply, c: new Uint32Array(memory.buffer, pointerC, m * n), best: Infinity };
}
