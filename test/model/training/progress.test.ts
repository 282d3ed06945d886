/** `fit({ verbose })`: what is shown of a run, where, and how often. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { dataset } from "../../../src/data/dataset.ts";
import { callbacks, layers, sequential } from "../../../src/index.ts";
import type { TrainingRun } from "../../../src/model/index.ts";
import { filled, progressLines } from "../../../src/model/training/callbacks/progressLines.ts";
import { failure } from "../../data/failure.ts";

const run = { epochs: 3, stepsPerEpoch: 4 } as TrainingRun;
const step = (epoch: number, step: number) => ({
  epoch,
  step,
  globalStep: step,
  batchSize: 2,
  loss: 0.5,
  learningRate: 0.1,
  accuracy: 0.25,
});

/** What is written to a terminal while two epochs of four steps pass, `milliseconds` a step. */
function shown(isInteractive: boolean, everyEpoch: boolean, milliseconds: number, width = 80): string[] {
  const texts: string[] = [];
  let time = 0;
  const lines = progressLines(
    everyEpoch ? 2 : 1,
    { width: () => width, isInteractive, write: (text) => void texts.push(text) },
    () => time,
  );
  void lines.onTrainBegin?.(run);
  for (let epoch = 0; epoch < 2; epoch++) {
    for (let i = 0; i < 4; i++) {
      time += milliseconds;
      void lines.onStepEnd?.(step(epoch, i), run);
    }
    void lines.onEpochEnd?.(epoch, { loss: 0.5, seconds: 1.25, learningRate: 0.1, val_loss: 0.00001 }, run);
  }
  void lines.onTrainEnd?.(run);
  return texts;
}

describe("in a terminal", () => {
  it("a bar is written over, ten times a second at most, and a line stays of each epoch", () => {
    const texts = shown(true, false, 50);
    const bars = texts.filter((text) => text.startsWith("\r") && text !== "\r\x1b[K");
    expect(bars).toHaveLength(4); // 8 steps of 50 ms
    expect(bars[0]).toBe(
      "\r1/3  ━━━━━━━━━━──────────────────────────────  loss 0.5000  accuracy 0.2500\x1b[K",
    );
    expect(texts.filter((text) => text.endsWith("\n"))).toEqual([
      "epoch 1/3  loss 0.5000  val_loss 1.00e-5  1.3 s\n",
      "epoch 2/3  loss 0.5000  val_loss 1.00e-5  1.3 s\n",
    ]);
  });

  it("a bar says how long it will take, and is never wider than the terminal", () => {
    const bars = shown(true, false, 1000).filter((text) => text.includes("left"));
    expect(bars[0]).toContain("0:11 left"); // 1 of 12 steps in a second
    for (const width of [20, 40, 80, 200])
      for (const text of shown(true, false, 1000, width)) {
        const bar = text.replace("\r", "").replace("\x1b[K", "");
        if (text.startsWith("\r")) expect(bar.length, bar).toBeLessThan(width);
      }
  });

  it("says how many steps are done where nobody knows how many there are", () => {
    const texts: string[] = [];
    let time = 0;
    const terminal = { width: () => 80, isInteractive: true, write: (text: string) => void texts.push(text) };
    const lines = progressLines(1, terminal, () => time);
    const unknown = { ...run, stepsPerEpoch: undefined };
    void lines.onTrainBegin?.(unknown);
    time = 1000;
    void lines.onStepEnd?.(step(0, 6), unknown);
    expect(texts).toEqual([`\r1/3  ${"─".repeat(36)}  step 7  loss 0.5000  accuracy 0.2500\x1b[K`]);
  });

  it("is filled by halves", () => {
    expect([0, 0.25, 0.5, 1, 7].map((done) => filled(done, 2))).toEqual(["", "╸", "━", "━━", "━━"]);
  });
});

describe("elsewhere", () => {
  it("lines alone are written, of quick epochs ten a second, the first at once", () => {
    expect(shown(false, false, 50).map((text) => text.slice(0, 9))).toEqual(["epoch 1/3", "epoch 2/3"]);
    expect(shown(false, false, 1).map((text) => text.slice(0, 9))).toEqual(["epoch 1/3"]);
    expect(shown(false, true, 1).map((text) => text.slice(0, 9))).toEqual(["epoch 1/3", "epoch 2/3"]);
  });
});

describe("fit", () => {
  afterEach(() => vi.restoreAllMocks());

  const fitted = async (options: object) => {
    const written: string[] = [];
    vi.spyOn(process.stderr, "write").mockImplementation((text) => Boolean(written.push(String(text))));
    const net = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
    await net.compile({
      optimizer: "sgd",
      loss: "meanSquaredError",
      engine: await createEngine({ threads: 1 }),
    });
    const data = dataset({ x: [[1], [2]], y: [[1], [2]] });
    await net.fit(data, { epochs: 2, seed: 1, ...options });
    vi.restoreAllMocks();
    return { written: written.filter((text) => text.includes("epoch ")), digest: await net.digest() };
  };

  it("is silent unless asked, and the weights are the same", async () => {
    const silent = await fitted({});
    expect(silent.written).toEqual([]);
    expect((await fitted({ verbose: 0 })).written).toEqual([]);
    expect((await fitted({ verbose: false })).written).toEqual([]);
    for (const options of [{ verbose: 2 }, { callbacks: [callbacks.progress({ verbose: 2 })] }]) {
      const loud = await fitted(options);
      expect(loud.written).toHaveLength(2);
      expect(loud.written[1]).toMatch(/^epoch 2\/2 {2}loss \d+\.\d{4} {2}\d\.\d s\n$/);
      expect(loud.digest).toBe(silent.digest);
    }
    expect((await fitted({ verbose: true })).written[0]).toMatch(/^epoch 1\/2 {2}loss/);
  });

  it.each([3, -1, Number.NaN])("refuses verbose %s", async (verbose) => {
    expect(await failure(() => fitted({ verbose }), "INVALID_ARGUMENT")).toBe(
      `verbose is ${verbose}; pass 0, 1 or 2`,
    );
  });

  it.each(["2", "yes", "", null])("refuses verbose %j", async (verbose) => {
    const got = `verbose is ${JSON.stringify(verbose)}; pass a value of type number|boolean, or leave it out`;
    expect(await failure(() => fitted({ verbose }), "INVALID_ARGUMENT")).toBe(`fit: ${got}`);
    expect(
      await failure(() => callbacks.progress({ verbose: verbose as unknown as 1 }), "INVALID_ARGUMENT"),
    ).toBe(`progress: ${got}`);
  });

  it("alone takes verbose: evaluate says so", async () => {
    const net = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
    await net.compile({ loss: "meanSquaredError", engine: await createEngine({ threads: 1 }) });
    const options = { verbose: 1 } as object;
    expect(
      await failure(() => net.evaluate(dataset({ x: [[1]], y: [[1]] }), options), "INVALID_ARGUMENT"),
    ).toBe(
      'evaluate: "verbose" is unknown; fit takes it. There are batchSize, sampleWeight, classWeight, signal',
    );
  });
});
