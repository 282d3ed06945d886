import { describe, expect, it } from "vitest";
import { trainCommand } from "../../../cli/commands/train.ts";
import { hyperparameter, hyperparametersOf } from "../../../cli/tune/hyperparameters.ts";
import {
  type Dimension,
  dimensionOfFlag,
  dimensionsOfFile,
  draws,
  grid,
  sizeOf,
  withoutValues,
} from "../../../cli/tune/space.ts";

const known = hyperparametersOf(trainCommand(new AbortController().signal).options);
const dimension = (search: string): Dimension => dimensionOfFlag(search, known);

describe("what can be searched", () => {
  it("is every option of train that changes what is learned", () => {
    const names = known.map(({ name }) => name);
    for (const name of [
      "normalize",
      "activation",
      "init",
      "dropout",
      "l1",
      "l2",
      "epochs",
      "batch-size",
      "optimizer",
    ])
      expect(names).toContain(name);
    for (const name of [
      "learning-rate",
      "schedule",
      "decay",
      "weight-decay",
      "label-smoothing",
      "ema",
      "augment",
      "seed",
    ])
      expect(names).toContain(name);
    for (const name of [
      "dataset",
      "data",
      "limit",
      "validation-split",
      "threads",
      "variant",
      "out",
      "resume",
      "json",
    ])
      expect(names).not.toContain(name);
  });

  it("goes to train as its own option", () => {
    expect(hyperparameter("learningRate", known).argumentsFor(0.1)).toEqual(["--learning-rate", "0.1"]);
    expect(hyperparameter("--augment", known).argumentsFor("shift=2,flip")).toEqual([
      "--augment",
      "shift=2,flip",
    ]);
  });
});

describe("a search space", () => {
  it.each<[string, object]>([
    ["optimizer=sgd,adam", { kind: "list", values: ["sgd", "adam"] }],
    ["batch-size=16, 32", { kind: "list", values: [16, 32] }],
    ["augment=none|shift=2,flip", { kind: "list", values: ["none", "shift=2,flip"] }],
    ["dropout=0..0.5", { kind: "range", min: 0, max: 0.5, log: false, whole: false }],
    ["dropout=0..0.3:step=0.1", { kind: "list", values: [0, 0.1, 0.2, 0.3] }],
    ["learning-rate=1e-4..0.1:log", { kind: "range", min: 1e-4, max: 0.1, log: true, whole: false }],
    ["learning-rate=1e-4..0.1:log:points=4", { kind: "list", values: [0.0001, 0.001, 0.01, 0.1] }],
    ["batch-size=16..256:log:points=3", { kind: "list", values: [16, 64, 256] }],
    ["batch-size=16..256", { kind: "range", min: 16, max: 256, log: false, whole: true }],
  ])("is read from %s", (search, wanted) => {
    expect(dimension(search)).toMatchObject(wanted);
  });

  it("is read from a file, the same as from flags", () => {
    const text = `{ "learningRate": { "min": 1e-4, "max": 0.1, "log": true }, "optimizer": ["sgd", "adam"],
      "dropout": { "min": 0, "max": 0.3, "step": 0.1 }, "batch-size": [16, 32] }`;
    expect(dimensionsOfFile(text, "space.json", known)).toEqual(
      [
        "learning-rate=1e-4..0.1:log",
        "optimizer=sgd,adam",
        "dropout=0..0.3:step=0.1",
        "batch-size=16,32",
      ].map(dimension),
    );
  });

  it.each<[string, RegExp]>([
    [
      "optimiser=sgd,adam",
      /^--search: "optimiser" is no option of anygrad train; did you mean optimizer\? known are/,
    ],
    ["dataset=mnist,digits", /dataset cannot be searched: scores on other examples cannot be compared/],
    ["label=a,b", /label cannot be searched: scores on other examples cannot be compared/],
    ["window=20,50", /window cannot be searched: scores on other examples/],
    ["custom=a.mjs,b.mjs", /custom cannot be searched: it changes no result/],
    ["dropout=0..0.5:step", /step has no number; pass the way from value to value/],
    ["dropout=0..0.5:points", /points has no number; pass how many values/],
    ["threads=1,2", /threads cannot be searched: it changes no result/],
    ["optimizer=sgd,adm", /^--optimizer "adm" is unknown; did you mean adam\?/],
    ["dropout=0..1.5", /^--dropout is "1\.5"; pass a number from 0 to below 1/],
    ["batch-size=0..8", /^--batch-size is "0"/],
    ["learning-rate=", /learning-rate has an empty value/],
    ["learning-rate=0.1,0.1", /learning-rate has the value 0\.1 twice/],
    ["learning-rate=0.1..0.01", /0\.1\.\.0\.01 is no range; pass two numbers, the smaller one first/],
    ["learning-rate=a..b", /learning-rate: "a" is no number/],
    ["dropout=0..0.5:log", /a log range from 0 is not possible; begin above 0/],
    ["dropout=0..0.5:step=0", /step is 0; pass a number above 0 and up to 0\.5/],
    ["dropout=0..0.5:step=0.1:points=3", /step goes with neither points nor log/],
    ["dropout=0..0.5:points=1", /points is 1; pass a whole number from 2/],
    ["dropout=0..0.5:count=3", /"count" is unknown; a range has min, max, log, and step or points/],
    ["optimizer=1..2", /--optimizer "1" is unknown/],
  ])("is refused: %s", (search, message) => {
    expect(() => dimension(search)).toThrow(message);
  });

  it.each([
    ["learning-rate=log:1e-4..0.1", "1e-4..0.1:log"],
    ["learning-rate=1e-4:0.1", "1e-4..0.1"],
    ["learning-rate=1e-4-0.1", "1e-4..0.1"],
    ["learning-rate=1e-4...0.1", "1e-4..0.1"],
    ["learning-rate=1e-4 to 0.1", "1e-4..0.1"],
    ["learning-rate=log(1e-4,0.1)", "1e-4..0.1:log"],
    ["learning-rate=loguniform(1e-4, 0.1)", "1e-4..0.1:log"],
    ["learning-rate=1e-4..0.1,log", "1e-4..0.1:log"],
    ["learning-rate=1e-4..0.1:log,points=4", "1e-4..0.1:log:points=4"],
    ["learning-rate=1e-4..0.1:5", "1e-4..0.1:points=5"],
    ["dropout=0.1:0.5:0.1", "0.1..0.5:step=0.1"],
    ["dropout=0,1..0,5", "0.1..0.5"],
    ["learning-rate=[0.1,0.2]", "0.1,0.2"],
    ["learning-rate=0.1;0.2", "0.1,0.2"],
    ["learning-rate=0.1 0.2 0.3 ", "0.1,0.2,0.3"],
    ["batch-size=16-64", "16..64"],
  ])("that is written otherwise is refused with what was meant: %s", (search, meant) => {
    const [name] = search.split("=");
    expect(() => dimension(search)).toThrow(`is neither values nor a range; did you mean ${name}=${meant}?`);
    expect(() => dimension(`${name}=${meant}`)).not.toThrow();
  });

  it.each([
    [
      "learning-rate:1e-4..0.1",
      /has no = behind the option; pass learning-rate=1e-4\.\.0\.1: values are A,B/,
    ],
    ["learningRate", /learningRate has no values; pass learning-rate=A,B,…: values are/],
    ["--dropout 0.1,0.2", /has no = behind the option; pass dropout=0\.1,0\.2:/],
  ])("without = is refused: %s", (search, message) => {
    expect(withoutValues(search, known)!.message).toMatch(message);
  });

  it("in a file of its own is no mistyped option", () => {
    for (const path of ["space.json", "gone", ""]) expect(withoutValues(path, known)).toBeUndefined();
  });

  it.each<[string, RegExp]>([
    ["{", /space\.json is not JSON/],
    ["[]", /space\.json holds no object/],
    ['{ "dropout": 0.5 }', /dropout is 0\.5; pass a list of values or \{ "min"/],
    ['{ "dropout": [] }', /dropout has an empty value/],
    ['{ "dropout": { "min": 0 } }', /0\.\.nothing is no range/],
    ['{ "dropout": { "min": 0, "max": 0.5, "log": 1 } }', /log is 1; pass true/],
  ])("is refused in a file: %s", (text, message) => {
    expect(() => dimensionsOfFile(text, "space.json", known)).toThrow(message);
  });
});

describe("grid", () => {
  it("has every combination once, the last option changing first", () => {
    const space = [dimension("optimizer=sgd,adam"), dimension("dropout=0,0.5")];
    expect(grid(space)).toEqual([
      { optimizer: "sgd", dropout: 0 },
      { optimizer: "sgd", dropout: 0.5 },
      { optimizer: "adam", dropout: 0 },
      { optimizer: "adam", dropout: 0.5 },
    ]);
    expect(sizeOf(space)).toBe(4);
  });

  it("refuses a range without points, and says how to give them", () => {
    expect(() => grid([dimension("learning-rate=0.001..0.1:log")])).toThrow(
      /learning-rate is a range without end; add step or points \(learning-rate=0\.001\.\.0\.1:log:points=4\)/,
    );
  });
});

describe("draws", () => {
  const space = [
    "learning-rate=1e-4..0.1:log",
    "dropout=0..0.5",
    "batch-size=16..128",
    "optimizer=sgd,adam",
  ].map(dimension);

  it("depend on the seed and their number: a longer sweep begins as a shorter one", () => {
    const ten = draws(space, 10, 1);
    expect(draws(space, 4, 1)).toEqual(ten.slice(0, 4));
    expect(draws(space, 10, 2)).not.toEqual(ten);
    // pinned: a sweep can be repeated with every version
    expect(ten[0]).toEqual({
      "learning-rate": 0.001015,
      dropout: 0.20972,
      "batch-size": 58,
      optimizer: "adam",
    });
  });

  it("fill the ranges evenly, logarithmic ones by factors", () => {
    const many = draws(space, 2000, 3);
    const rates = many.map((values) => values["learning-rate"] as number);
    const sizes = many.map((values) => values["batch-size"] as number);
    const share = (values: readonly number[], below: number): number =>
      values.filter((value) => value < below).length / values.length;
    for (const [below, wanted] of [
      [1e-3, 1 / 3],
      [1e-2, 2 / 3],
    ] as const)
      expect(Math.abs(share(rates, below) - wanted)).toBeLessThan(0.05);
    expect(Math.abs(share(sizes, 72.5) - 57 / 113)).toBeLessThan(0.05);
    expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([16, 128]);
    expect(sizes.every(Number.isInteger)).toBe(true);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(1e-4);
    expect(Math.max(...rates)).toBeLessThanOrEqual(0.1);
    expect(many.every(({ dropout }) => String(dropout).length <= 7)).toBe(true);
  });

  it("never come twice, and end where the space does", () => {
    const small = ["optimizer=sgd,adam", "dropout=0,0.25,0.5"].map(dimension);
    const all = draws(small, 6, 1);
    expect(new Set(all.map((values) => JSON.stringify(values))).size).toBe(6);
    expect(() => draws(small, 7, 1)).toThrow(/--trials is 7 but the search space has 6 combinations/);
  });
});
