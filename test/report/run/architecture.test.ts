/** The table of layers of a page, from the text that a terminal shows. */
import { expect, it } from "vitest";
import { architectureOf } from "../../../report/run/architecture.ts";
import { input, layers, model } from "../../../src/index.ts";

it("has a row a layer, also where a graph's cells are wrapped", () => {
  const [a, b] = [input({ shape: [28, 28, 1], name: "picture" }), input({ shape: [3], name: "extra" })];
  const pooled = layers.globalAveragePooling2d().apply(layers.maxPooling2d({ poolSize: 2 }).apply(a));
  const net = model({
    inputs: [a, b],
    outputs: layers.dense({ units: 2 }).apply(layers.concatenate([pooled, b])),
  });
  expect(net.summary()).toMatch(/│ concatenate +│/); // its class stands on the line below
  expect(architectureOf(net.summary()).rows.map(([layer]) => layer)).toEqual([
    "picture (InputLayer)",
    "extra (InputLayer)",
    "max_pooling2d (MaxPooling2D)",
    "global_average_pooling2d (GlobalAveragePooling2D)",
    "concatenate (Concatenate)",
    "dense (Dense)",
  ]);
  expect(architectureOf(net.summary()).rows[4]![3]).toBe("global_average_pooling2d[0][0], extra[0][0]");
});
