/** Losses: their values by hand, one per example, from probabilities and logits; their way to JSON and back. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { getLoss, type Loss, losses } from "../../src/losses/index.ts";
import { failure } from "../data/failure.ts";
import { readFixture } from "../reference/comparison/fixtures.ts";

const engine = await createEngine();

interface Row {
  readonly loss: Loss;
  readonly predictions: number[][];
  /** Class indices, or rows. */
  readonly targets: number[] | number[][];
  readonly wanted: number[];
  readonly logits?: boolean;
}

const { log, exp, abs } = Math;
const p = [
  [0.7, 0.2, 0.1],
  [0.1, 0.1, 0.8],
];
const z = [
  [2, -1, 0.5],
  [0, 3, 1],
];
const logSum = (row: number[]): number => log(row.reduce((sum, v) => sum + exp(v), 0));
const hot = [
  [0, 1, 0],
  [0, 0, 1],
];
const soft = [
  [0.5, 0.5, 0],
  [0.2, 0.3, 0.5],
];
const sigmoid = (v: number): number => 1 / (1 + exp(-v));
const entropy = (t: number, q: number): number => -t * log(q) - (1 - t) * log(1 - q);
const mean = (...values: number[]): number => values.reduce((a, b) => a + b) / values.length;
/** Cross-entropy of the targets t with the probabilities q. */
const cross = (t: number[], q: number[]): number => -t.reduce((sum, v, i) => sum + v * log(q[i]!), 0);
const smoothed = (t: number[], s: number): number[] => t.map((v) => v * (1 - s) + s / t.length);
const fromLogits = z.map((row) => row.map((v) => exp(v - logSum(row))));

/** Short names of others. */
type Alias = "mse" | "mae" | "bce" | "mape" | "msle" | "kld";

const rows: Readonly<Partial<Record<Exclude<keyof typeof losses, Alias>, readonly Row[]>>> = {
  sparseCategoricalCrossentropy: [
    {
      loss: losses.sparseCategoricalCrossentropy(),
      predictions: p,
      targets: [1, 2],
      wanted: [-log(0.2), -log(0.8)],
    },
    {
      loss: losses.sparseCategoricalCrossentropy({ fromLogits: true }),
      predictions: z,
      targets: [0, 2],
      wanted: [logSum(z[0]!) - 2, logSum(z[1]!) - 1],
    },
    {
      loss: losses.sparseCategoricalCrossentropy(),
      predictions: z,
      targets: [0, 2],
      wanted: [logSum(z[0]!) - 2, logSum(z[1]!) - 1],
      logits: true,
    },
    {
      loss: losses.sparseCategoricalCrossentropy({ labelSmoothing: 0.3 }),
      predictions: p,
      targets: [1, 2],
      wanted: hot.map((t, i) => cross(smoothed(t, 0.3), p[i]!)),
    },
  ],
  categoricalCrossentropy: [
    {
      loss: losses.categoricalCrossentropy(),
      predictions: p,
      targets: soft,
      wanted: soft.map((t, i) => cross(t, p[i]!)),
    },
    {
      loss: losses.categoricalCrossentropy({ fromLogits: true }),
      predictions: z,
      targets: soft,
      wanted: soft.map((t, i) => cross(t, fromLogits[i]!)),
    },
    {
      loss: losses.categoricalCrossentropy({ labelSmoothing: 0.3 }),
      predictions: z,
      targets: hot,
      wanted: hot.map((t, i) => cross(smoothed(t, 0.3), fromLogits[i]!)),
      logits: true,
    },
    // rows that do not sum to one are divided by their sum first
    {
      loss: losses.categoricalCrossentropy(),
      predictions: p.map((row) => row.map((v) => 4 * v)),
      targets: hot,
      wanted: [-log(0.2), -log(0.8)],
    },
    // and no probability is smaller than 1e-7
    {
      loss: losses.categoricalCrossentropy(),
      predictions: [
        [1, 0, 0],
        [0, 0, 1],
      ],
      targets: hot,
      wanted: [-log(1e-7), -log(1 - 1e-7)],
    },
  ],
  binaryCrossentropy: [
    {
      loss: losses.binaryCrossentropy(),
      predictions: [[0.9], [0.2]],
      targets: [[1], [1]],
      wanted: [-log(0.9), -log(0.2)],
    },
    {
      loss: losses.binaryCrossentropy(),
      predictions: p,
      targets: hot,
      wanted: hot.map((t, i) => mean(...t.map((v, j) => entropy(v, p[i]![j]!)))),
    },
    {
      loss: losses.binaryCrossentropy({ fromLogits: true }),
      predictions: z,
      targets: soft,
      wanted: soft.map((t, i) => mean(...t.map((v, j) => entropy(v, sigmoid(z[i]![j]!))))),
    },
    {
      loss: losses.binaryCrossentropy({ labelSmoothing: 0.2 }),
      predictions: [[3], [-2]],
      targets: [[1], [0]],
      wanted: [entropy(0.9, sigmoid(3)), entropy(0.1, sigmoid(-2))],
      logits: true,
    },
  ],
  meanSquaredError: [
    {
      loss: losses.meanSquaredError(),
      predictions: z,
      targets: hot,
      wanted: z.map((row, i) => mean(...row.map((v, j) => (v - hot[i]![j]!) ** 2))),
    },
  ],
  meanAbsoluteError: [
    {
      loss: losses.meanAbsoluteError(),
      predictions: z,
      targets: hot,
      wanted: z.map((row, i) => mean(...row.map((v, j) => abs(v - hot[i]![j]!)))),
    },
  ],
  huber: [
    { loss: losses.huber(), predictions: [[0.5, 3]], targets: [[0, 0]], wanted: [mean(0.125, 2.5)] },
    {
      loss: losses.huber({ delta: 4 }),
      predictions: [[0.5, -3, 5]],
      targets: [[0, 0, 0]],
      wanted: [mean(0.125, 4.5, 4 * 5 - 8)],
    },
  ],
};

const all = Object.entries(rows).flatMap(([name, list]) =>
  list.map((row, i): [string, Row] => [`${name} ${i + 1}`, row]),
);

it("every loss has rows here or in keras.test.ts", () => {
  const { losses: recorded } = readFixture<{ losses: { name: string }[] }>("training");
  const aliases = ["mse", "mae", "bce", "mape", "msle", "kld"] satisfies Alias[];
  const others = ["contrastive", "triplet", "tripletHard", "tripletSemiHard", "ctc"];
  const tested = [...Object.keys(rows), ...recorded.map(({ name }) => name), ...others, ...aliases];
  expect([...new Set(tested)].sort()).toEqual(Object.keys(losses).sort());
});

describe.each(all)("%s", (name, { loss, predictions, targets, wanted, logits = false }) => {
  const value = (one: Loss): number[] => {
    const labels = loss.targets === "labels";
    const y = engine.tensor(targets, undefined, labels ? "int32" : "float32");
    return engine.step(() => Array.from(one.call(engine.tensor(predictions), y, logits).data));
  };

  it("gives each example its loss", () => {
    const found = value(loss);
    expect(found).toHaveLength(wanted.length);
    found.forEach((v, i) => {
      expect(abs(v - wanted[i]!)).toBeLessThan(3e-6 * Math.max(1, abs(wanted[i]!)));
    });
  });

  it("comes back from JSON as it was", async () => {
    const again = await getLoss(JSON.parse(JSON.stringify({ type: loss.type, config: loss.config })));
    expect(name).toContain(again.type);
    expect([again.type, again.config, again.targets, again.fuses]).toEqual([
      loss.type,
      loss.config,
      loss.targets,
      loss.fuses,
    ]);
    expect(value(again)).toEqual(value(loss));
  });
});

describe("getLoss", () => {
  it("gives the defaults for a name, and takes a loss as it is", async () => {
    for (const name of Object.keys(losses) as (keyof typeof losses)[]) {
      expect((await getLoss(name)).config).toEqual(losses[name]().config);
      const own = losses[name]();
      expect(await getLoss(own)).toBe(own);
    }
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "an unknown name",
      () => getLoss(JSON.parse('"mes"')),
      /^loss: "mes" is unknown; did you mean mse\? There are sparseCategoricalCrossentropy, .*meanSquaredError/,
    ],
    [
      "an unknown type",
      () => getLoss({ type: "zebra", config: {} }),
      /^loss: "zebra" is unknown\. There are/,
    ],
    [
      "a smoothing of 1",
      () => losses.categoricalCrossentropy({ labelSmoothing: 1 }),
      /labelSmoothing is 1; pass a number from 0 to below 1$/,
    ],
    [
      "a smoothing of -0.1",
      () => losses.sparseCategoricalCrossentropy({ labelSmoothing: -0.1 }),
      /labelSmoothing is -0.1; pass/,
    ],
    [
      "a smoothing of NaN",
      () => losses.binaryCrossentropy({ labelSmoothing: Number.NaN }),
      /labelSmoothing is NaN; pass/,
    ],
    ["a delta of 0", () => losses.huber({ delta: 0 }), /^huber: delta is 0; pass a number above 0$/],
    ["a delta of Infinity", () => losses.huber({ delta: Infinity }), /^huber: delta is Infinity; pass/],
  ])("refuses %s", async (_, act, wanted) => {
    expect(await failure(act, "INVALID_ARGUMENT")).toMatch(wanted);
  });
});
