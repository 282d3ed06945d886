/** A regularizer is what was said, however it was said. */
import { expect, it } from "vitest";
import { layers } from "../../src/layers/index.ts";
import { type RegularizerLike, regularizers } from "../../src/regularizers/index.ts";
import { failure } from "../data/failure.ts";

const configOf = (like: unknown): unknown => {
  const { config } = layers.dense({ units: 1, kernelRegularizer: like as RegularizerLike });
  return (config as { kernelRegularizer?: { config: unknown } }).kernelRegularizer?.config;
};

it.each<[unknown, { l1: number; l2: number }]>([
  [{ l2: 1e-4 }, { l1: 0, l2: 1e-4 }],
  [{ l1: 1e-3 }, { l1: 1e-3, l2: 0 }],
  [
    { l1: 1e-3, l2: 1e-4 },
    { l1: 1e-3, l2: 1e-4 },
  ],
  [
    { l2: undefined, l1: 1e-3 },
    { l1: 1e-3, l2: 0 },
  ],
  [regularizers.l1l2({ l2: 1e-4 }), { l1: 0, l2: 1e-4 }],
  [regularizers.l1l2({ l1: 1e-4 }), { l1: 1e-4, l2: 0 }],
  [regularizers.l1l2(), { l1: 0.01, l2: 0.01 }],
  [regularizers.l2({ l2: 1e-4 }), { l1: 0, l2: 1e-4 }],
  [regularizers.l2(), { l1: 0, l2: 0.01 }],
  [regularizers.l1, { l1: 0.01, l2: 0 }],
  ["l1", { l1: 0.01, l2: 0 }],
  ["l2", { l1: 0, l2: 0.01 }],
  ["l1l2", { l1: 0.01, l2: 0.01 }],
  [
    { type: "l2", config: { l2: 1e-4 } },
    { l1: 0, l2: 1e-4 },
  ],
  [
    { type: "l1", config: {} },
    { l1: 0.01, l2: 0 },
  ],
  [
    { type: "l1l2", config: { l2: 1e-4 } },
    { l1: 0, l2: 1e-4 },
  ],
  [
    { type: "l1l2", config: { l1: 0.1, l2: 0.2 } },
    { l1: 0.1, l2: 0.2 },
  ],
])("%o means %o", (like, wanted) => {
  expect(configOf(like)).toEqual(wanted);
});

it.each<[unknown, RegExp]>([
  [{ l3: 1 }, /"l3" is unknown; did you mean l1|"l3" is unknown/],
  [{ type: "l2", config: { l1: 1 } }, /^l2: "l1" is unknown/],
  [{ type: "l3", config: {} }, /kernelRegularizer: "l3" is unknown/],
  [{ type: "l2" }, /kernelRegularizer: \{ type \} is unknown/],
  [{ l2: "1e-4" }, /regularizer: l2 is "1e-4"; pass a number/],
  [1e-4, /kernelRegularizer: 0.0001 is unknown\. There are l1, l1l2, l2/],
])("%o is refused", async (like, message) => {
  expect(await failure(() => configOf(like), "INVALID_ARGUMENT")).toMatch(message);
});

it("does not change behind a network's back", () => {
  const { config } = regularizers.l2({ l2: 1e-4 });
  expect(() => Object.assign(config, { l2: 1 })).toThrow(TypeError);
});
