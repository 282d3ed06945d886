/**
 * The control of the runtime matrix: kernels compiled anew in which one sum is reordered, so that a digest which would
 * not see it shows. Pinned anew after golden.test.ts: ANYGRAD_PIN=1 npx vitest run test/runtimes/control
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as anygrad from "../../../src/index.ts";
import { golden, pin, pinning, trainer } from "../golden.ts";
import { controlKernels } from "./control.mjs";

const controlName = "mlp-128-64, 100 steps, one sum reordered";
const kernels = await controlKernels();
const train = trainer(() => kernels);

describe("the control", () => {
  const run = "mlp-128-64, 100 steps";

  it("is the kernels as they are where no sum is reordered", async () => {
    const own = readFileSync(new URL("../../../dist/kernels/simd.wasm", import.meta.url));
    expect((await controlKernels({ reorder: false })).equals(own)).toBe(true);
  }, 180_000);

  it("changes the digest, and the loss in its last digits only", async () => {
    const plain = golden[run]!;
    const reordered = await train({ run, variant: "simd", reordered: true });
    if (pinning) pin({ [controlName]: reordered });
    else expect(reordered).toEqual(golden[controlName]);
    expect(reordered.weights).not.toBe(plain.weights);
    expect(reordered.predictions).not.toBe(plain.predictions);
    expect(Math.abs(reordered.loss / plain.loss - 1)).toBeLessThan(1e-5);
  });

  it("moves a softmax by one unit in the last place, in some rows", async () => {
    const x = Float32Array.from({ length: 640 }, (_, i) => ((i * 7919) % 641) / 100);
    const softmax = async (options: anygrad.EngineOptions) => {
      const engine = await anygrad.createEngine({ variant: "simd", threads: 1, ...options });
      const y = anygrad.ops.softmax(engine.tensor(x, [64, 10]));
      return new Int32Array(Float32Array.from(y.data).buffer);
    };
    const [plain, reordered] = [await softmax({}), await softmax({ kernels })];
    const moved = plain.map((bits, i) => Math.abs(bits - reordered[i]!));
    expect(moved.some((units) => units > 0)).toBe(true);
    expect(Math.max(...moved)).toBeLessThanOrEqual(2);
  });
});
