/**
 * The runtime matrix's golden digests, held against the sources on every test run, so that they cannot grow stale
 * unseen. Who changes the arithmetic pins them anew: ANYGRAD_PIN=1 npx vitest run test/runtimes
 */
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import * as anygrad from "../../src/index.ts";
import { preset } from "../model/examples.ts";
import { controlKernels } from "./control.mjs";
import { networks, program, runs } from "./program.mjs";

interface Answer {
  weights: string;
  predictions: string;
  trainingLoss: number;
  loss: number;
  accuracy: number;
  error?: unknown;
}

const pinning = process.env.ANYGRAD_PIN === "1";
const file = new URL("../golden/runtimes.json", import.meta.url);
const golden: Record<string, Answer> = JSON.parse(readFileSync(file, "utf8"));
const found: Record<string, Answer> = {};
const controlName = "mlp-128-64, 100 steps, one sum reordered";

const kernels = await controlKernels();
const ask = program(anygrad, { control: () => kernels });

async function train(plan: { run: string; variant: string; threads?: number; reordered?: boolean }) {
  const answer: Answer = await ask({ task: "train", ...plan });
  expect(answer.error).toBeUndefined();
  const { weights, predictions, trainingLoss, loss, accuracy } = answer;
  return { weights, predictions, trainingLoss, loss, accuracy };
}

afterAll(() => {
  if (pinning) writeFileSync(file, `${JSON.stringify(found, undefined, 2)}\n`);
});

describe.each(Object.keys(runs))("%s", (run) => {
  it.each([
    ["simd", 1],
    ["simd", 2],
    ["scalar", 1],
  ])("%s, %i threads", async (variant, threads) => {
    const answer = await train({ run, variant, threads });
    found[run] ??= answer;
    expect(answer).toEqual(pinning ? found[run] : golden[run]);
  });
});

describe("the control", () => {
  const run = "mlp-128-64, 100 steps";

  it("is the kernels as they are where no sum is reordered", async () => {
    const own = readFileSync(new URL("../../dist/kernels/simd.wasm", import.meta.url));
    expect((await controlKernels({ reorder: false })).equals(own)).toBe(true);
  }, 180_000);

  it("changes the digest, and the loss in its last digits only", async () => {
    const plain = pinning ? found[run]! : golden[run]!;
    const reordered = await train({ run, variant: "simd", reordered: true });
    found[controlName] = reordered;
    if (!pinning) expect(reordered).toEqual(golden[controlName]);
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

describe("the program's networks", () => {
  it.each(Object.keys(networks) as (keyof typeof networks)[])("%s is the preset", async (name) => {
    const options = { inputShape: [28, 28, 1], seed: 1, name };
    const own = anygrad.sequential(networks[name](anygrad), options);
    const wanted = preset(name, name === "cnn-bn-sigmoid" ? { dropout: 0.3 } : {});
    expect(own.summary()).toBe(wanted.summary());
  });
});
