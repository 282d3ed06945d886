/** Families: modules of kernels beside the core, loaded by the first call in whatever way the core came. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { sign_f32 } from "../../src/kernels/families/arrays.generated.ts";

it.each(["scalar", "simd"] as const)("%s", async (variant) => {
  for (const threads of [1, 3]) {
    const engine = await createEngine({ variant, threads });
    const n = 100_000;
    const x = engine.tensor(Float32Array.from({ length: n }, (_, i) => i - 50_000));
    const y = engine.tensor(new Float32Array(n));
    for (let i = 0; i < 300; i++)
      engine.allocator.kernels.run(sign_f32, { y: y.pointer, x: x.pointer, n, alpha: 0 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    y.write(new Float32Array(n));
    for (let i = 0; i < 300; i++)
      engine.allocator.kernels.run(sign_f32, { y: y.pointer, x: x.pointer, n, alpha: 0 });
    expect(engine.info.workers).toBe(threads - 1);
    expect(y.data.every((v, i) => v === Math.sign(i - 50_000))).toBe(true);
    engine.dispose();
  }
});
