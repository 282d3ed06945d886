/**
 * The fused optimizer kernels: recorded trajectories of other libraries, the float64 twins over sizes, steps and
 * magnitudes (tiny gradients show where epsilon stands), and both variants in the same bits.
 */
import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../src/autograd/engine.ts";
import { type Optimizer, optimizers } from "../../src/optimizers/index.ts";
import { OptimizerState } from "../../src/optimizers/optimizerState.ts";
import { bitsOf, distance } from "../reference/comparison/closeness.ts";
import { type OptimizerFixture, type Recorded, readFixture } from "../reference/comparison/fixtures.ts";
import { uniformAt } from "../reference/random.ts";
import {
  initialState,
  type OptimizerAttributes,
  type OptimizerName,
  updates,
} from "../reference/training/optimizers.ts";

const engines = {
  scalar: await createEngine({ variant: "scalar" }),
  simd: await createEngine({ variant: "simd" }),
};
const variants = ["scalar", "simd"] as const;

const make = (name: OptimizerName, attributes: OptimizerAttributes): Optimizer =>
  (optimizers[name] as (options: OptimizerAttributes) => Optimizer)(attributes);

/** The parameters after each step. */
function trajectory(
  engine: Engine,
  optimizer: Optimizer,
  initial: Float32Array,
  gradients: readonly Float32Array[],
): Float32Array[] {
  const w = engine.variable(initial, [initial.length]);
  const g = engine.variable(new Float32Array(initial.length), [initial.length]);
  const updater = new OptimizerState(optimizer, [w]);
  return gradients.map((gradient) => {
    g.assign(gradient);
    updater.apply([g]);
    return Float32Array.from(w.data);
  });
}

describe.each(variants)("%s against recorded trajectories", (variant) => {
  for (const { name, attrs, ...recorded } of readFixture<OptimizerFixture[]>("optimizers"))
    it(`${name} ${JSON.stringify(attrs)}`, () => {
      const gradients = recorded.gradients.map(({ data }) => Float32Array.from(data));
      const initial = Float32Array.from(recorded.initial.data);
      const got = trajectory(engines[variant], make(name, attrs), initial, gradients);
      recorded.parameters.forEach(({ data }, step) => {
        expect(distance(got[step]!, data), `step ${step}`).toBeLessThan(1e-6);
      });
    });
});

/** Options that only the defaults complete: Keras's. */
const kinds: readonly (readonly [OptimizerName, OptimizerAttributes])[] = [
  ["sgd", { learningRate: 0.05 }],
  ["sgd", { learningRate: 0.05, momentum: 0.9 }],
  ["sgd", { learningRate: 0.05, momentum: 0.9, nesterov: true }],
  ["rmsprop", { learningRate: 0.01 }],
  ["rmsprop", { learningRate: 0.01, rho: 0.5, epsilon: 1e-3 }],
  ["adam", { learningRate: 0.01 }],
  ["adam", { learningRate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 }],
  ["adamw", { learningRate: 0.01 }],
  ["adamw", { learningRate: 0.01, weightDecay: 0.5 }],
  ["rmsprop", { learningRate: 0.01, centered: true, epsilon: 1e-4 }],
  ["rmsprop", { learningRate: 0.01, centered: true, momentum: 0.9, rho: 0.8, epsilon: 1e-3 }],
  ["adam", { learningRate: 0.01, amsgrad: true }],
  ["adamw", { learningRate: 0.01, amsgrad: true, beta2: 0.7, weightDecay: 0.1 }],
  ["adagrad", { learningRate: 0.1 }],
  ["adagrad", { learningRate: 0.1, initialAccumulatorValue: 0.5, epsilon: 1e-3, weightDecay: 0.1 }],
  ["adadelta", { learningRate: 1 }],
  ["adadelta", { learningRate: 0.5, rho: 0.8, epsilon: 1e-3, weightDecay: 0.1 }],
  ["adamax", { learningRate: 0.01 }],
  ["adamax", { learningRate: 0.01, beta1: 0.8, beta2: 0.9, epsilon: 1e-3, weightDecay: 0.1 }],
  ["nadam", { learningRate: 0.01 }],
  ["nadam", { learningRate: 0.01, beta1: 0.8, beta2: 0.9, epsilon: 1e-3, weightDecay: 0.1 }],
  ["lion", { learningRate: 0.013 }], // not a divisor of the weights, which would meet 0
  ["lion", { learningRate: 0.01, beta1: 0.8, beta2: 0.95, weightDecay: 0.1 }],
];

it("every optimizer has a twin", () => {
  expect(Object.keys(updates).sort()).toEqual(Object.keys(optimizers).sort());
});

it("the twins go Keras's way", () => {
  interface Case {
    readonly name: OptimizerName;
    readonly attrs: OptimizerAttributes;
    readonly initial: Recorded;
    readonly gradients: readonly Recorded[];
    readonly parameters: readonly Recorded[];
  }
  const { optimizers: all } = readFixture<{ optimizers: Case[] }>("training");
  const cases = all.filter(({ attrs }) => !("gradientAccumulationSteps" in attrs)); // of whatever applies them
  expect(cases.length).toBeGreaterThan(10);
  for (const { name, attrs, initial, gradients, parameters } of cases) {
    let w = Float64Array.from(initial.data);
    const state = initialState(w.length);
    gradients.forEach(({ data }, step) => {
      w = Float64Array.from(updates[name](w, Float64Array.from(data), state, step + 1, attrs));
      expect(distance(w, parameters[step]!.data), `${name} ${step}`).toBeLessThan(1e-7);
    });
  }
});

const steps = 12;
/** Gradients of the same magnitude on average, different in every step. */
function drawGradients(size: number, magnitude: number): Float32Array[] {
  return Array.from({ length: steps }, (_, step) =>
    Float32Array.from(
      { length: size },
      (_, i) => magnitude * (2 * uniformAt({ seed: 5, stream: 0, step }, i) - 1),
    ),
  );
}

describe.each(kinds)("%s %j", (name, attributes) => {
  for (const size of [1, 3, 4, 17, 131])
    for (const magnitude of [1, 1e-3, 1e-7])
      it(`${size} parameters, gradients around ${magnitude}`, () => {
        const gradients = drawGradients(size, magnitude);
        // weights as small as a step: nothing hides behind them
        const initial = Float32Array.from({ length: size }, (_, i) => 0.01 * ((i % 5) - 2));
        const [scalar, simd] = variants.map((variant) =>
          trajectory(engines[variant], make(name, attributes), initial, gradients),
        );
        let w = Float64Array.from(initial);
        const state = initialState(size);
        gradients.forEach((gradient, step) => {
          w = Float64Array.from(updates[name](w, Float64Array.from(gradient), state, step + 1, attributes));
          expect(distance(simd![step]!, w), `step ${step}`).toBeLessThan(2e-5);
          expect(bitsOf(scalar![step]!), `step ${step}`).toEqual(bitsOf(simd![step]!));
        });
      });
});

describe("several weights", () => {
  it("are updated as one would be, wherever they lie", () => {
    const engine = engines.simd;
    const optimizer = optimizers.adam({ learningRate: 0.1 });
    const sizes = [16, 3, 16, 1];
    const weights = sizes.map((size) => engine.variable(new Float32Array(size).fill(1), [size]));
    const gradients = sizes.map((size) =>
      engine.variable(
        Float32Array.from({ length: size }, (_, i) => i - 1.5),
        [size],
      ),
    );
    const together = new OptimizerState(optimizer, weights);
    for (let step = 0; step < 3; step++) together.apply(gradients);
    sizes.forEach((size, i) => {
      const alone = engine.variable(new Float32Array(size).fill(1), [size]);
      const updater = new OptimizerState(optimizer, [alone]);
      for (let step = 0; step < 3; step++) updater.apply([gradients[i]!]);
      expect(weights[i]!.toArray()).toEqual(alone.toArray());
    });
  });
});

describe("clipping", () => {
  const clipped = (options: {
    clipvalue?: number;
    clipnorm?: number;
    globalClipnorm?: number;
  }): unknown[] => {
    const engine = engines.simd;
    const weights = [engine.variable([0, 0]), engine.variable([0])];
    const gradients = [engine.variable([3, -4]), engine.variable([12])];
    new OptimizerState(optimizers.sgd({ learningRate: 1, ...options }), weights).apply(gradients);
    return weights.map((weight) => [...weight.data].map((value) => Math.round(value * 1e6) / 1e6));
  };

  it("by value holds every element", () => expect(clipped({ clipvalue: 3.5 })).toEqual([[-3, 3.5], [-3.5]]));

  it("by norm scales each weight's gradient", () =>
    expect(clipped({ clipnorm: 2.5 })).toEqual([[-1.5, 2], [-2.5]]));

  it("by global norm scales all together", () =>
    expect(clipped({ globalClipnorm: 6.5 })).toEqual([[-1.5, 2], [-6]]));

  it("leaves small gradients alone", () =>
    expect(clipped({ globalClipnorm: 13.5, clipvalue: 13 })).toEqual([[-3, 4], [-12]]));
});
