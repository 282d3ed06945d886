/** A step that computes results twice has the bits of one that keeps them: networks of layers, losses and optimizers of all kinds. */
import { describe, expect, it } from "vitest";
import { thorough } from "../../../long.ts";
import { drawnNetwork } from "../../memory/estimated.ts";
import { everyThird, trained } from "./recomputed.ts";

describe("recomputed results have the same bits", () => {
  let again = 0;
  const count = thorough ? 100 : 12;
  it.each(Array.from({ length: count }, (_, i) => i))("random network %i", async (i) => {
    const run = (options: Parameters<typeof trained>[3]) => {
      const { net, compile, data } = drawnNetwork(i, 24);
      const normalization = data.x instanceof Uint8Array ? { scale: 1 / 255, shift: 0 } : undefined;
      return trained(net, compile, { ...data, normalization }, { batchSize: 10, ...options });
    };
    const kept = await run({ threads: 1, variant: "simd" });
    for (const options of [
      { threads: 2, variant: "simd" },
      { threads: 1, variant: "scalar" },
    ] as const) {
      const twice = await run({ ...options, plansOf: everyThird(1 + (i % 3)) });
      expect(twice.digest).toBe(kept.digest);
      expect(twice.history).toEqual(kept.history);
      again += twice.again;
    }
  });

  it("and there were some", () => {
    expect(again).toBeGreaterThan(2 * count);
  });
});
