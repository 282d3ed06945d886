/** A graph deeper than the stack: nothing that walks it may call itself for each layer. */
import { expect, it } from "vitest";
import { layers, type SymbolicTensor } from "../../src/layers/index.ts";
import { input, model } from "../../src/model/index.ts";

it("a network deeper than the stack", () => {
  const x = input({ shape: [8, 8, 1] });
  let y: SymbolicTensor = x;
  for (let i = 0; i < 3000; i++) y = layers.flatten().apply(y);
  for (let i = 0; i < 3000; i++) y = layers.add([y, y]);
  expect(model({ inputs: x, outputs: y }).layers).toHaveLength(6000);
});
