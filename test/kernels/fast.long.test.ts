/** The fast precision on convolutions: another rounding, the same training. */
import { describe, it } from "vitest";
import { type Layer, layers } from "../../src/layers/index.ts";
import { runs } from "../builds.ts";
import { expectWithin, network } from "./precisions.ts";

/** A network with averages for maxima. */
const averaged = (preset: string): readonly Layer[] =>
  network(preset).map((layer) => (layer.type === "maxPooling2d" ? layers.averagePooling2d() : layer));

describe.skipIf(!runs("relaxed"))("fast precision (needs relaxed SIMD)", () => {
  it("cnn-32-32 stays within 1e-4 of strict after 20 steps", () =>
    expectWithin(1e-4, 20, network("cnn-32-32")));

  // where sigmoid and batch normalisation make neighbours nearly equal, max pooling picks another one after a rounding,
  // and the gradient goes there: 6e-8 after one step, 7e-5 after two, 3e-3 after twenty. With averages it is 1e-6
  it("cnn-bn-sigmoid within 1e-6 after one step, and within 1e-4 after 20 where nothing chooses", async () => {
    await expectWithin(1e-6, 1, network("cnn-bn-sigmoid"));
    await expectWithin(1e-4, 20, averaged("cnn-bn-sigmoid"));
  });
});
