/** Dropout of recurrent layers: with given factors what Keras gives (fixtures/recurrent/dropout.py), drawn anew for each gate. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { composedRecurrent } from "../../src/layers/composedRecurrent.ts";
import { layers } from "../../src/layers/index.ts";
import { inputsOfGates } from "../../src/layers/recurrentDropout.ts";
import { input, model } from "../../src/model/index.ts";
import * as ops from "../../src/ops/index.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { readFixture } from "../reference/comparison/fixtures.ts";

interface Numbers {
  shape: number[];
  data: number[];
}

interface Fixture {
  layer: "simpleRNN" | "lstm" | "gru";
  options: { resetAfter?: boolean };
  x: Numbers;
  dy: Numbers;
  weights: Numbers[];
  ofInputs: Numbers;
  ofStates: Numbers;
  y: Numbers;
  dx: Numbers;
  dweights: Numbers[];
}

const farthest = (got: ArrayLike<number>, wanted: readonly number[]): number =>
  Math.max(...wanted.map((value, i) => Math.abs(got[i]! - value)));

describe.each(["scalar", "simd"] as const)("dropout of recurrent layers, %s", async (variant) => {
  const engine = await createEngine({ threads: 1, variant });
  for (const { layer, options, ...fixture } of readFixture<Fixture[]>("recurrent/dropout"))
    it.each(["fused", "composed"])(`${layer} ${JSON.stringify(options)} %s is Keras's`, (way) => {
      const tensorOf = ({ data, shape }: Numbers) => engine.tensor(data, shape);
      const x = engine.variable(fixture.x.data, fixture.x.shape);
      const weights = fixture.weights.map((each) => engine.variable(each.data, each.shape));
      const n = fixture.x.shape[0]!;
      const [gates, , features] = fixture.ofInputs.shape as [number, number, number];
      const ofInputs = ops.reshape(tensorOf(fixture.ofInputs), [gates, n, 1, features]);
      const recurrentDropout = tensorOf(fixture.ofStates);
      let outputs: ArrayLike<number> = [];
      const { gradients } = engine.valueAndGrad(() => {
        const [inputs, kernel] = inputsOfGates(x, weights[0]!, ofInputs);
        const [, recurrent, bias] = weights;
        const y: Tensor =
          way === "fused"
            ? ops[layer](inputs, kernel, recurrent!, bias!, {
                ...options,
                returnSequences: true,
                recurrentDropout,
              })
            : composedRecurrent(
                layer,
                inputs,
                { kernel, recurrent_kernel: recurrent!, bias: bias! },
                {
                  activation: "tanh",
                  recurrentActivation: "sigmoid",
                  resetAfter: layer === "gru" && options.resetAfter !== false,
                  returnSequences: true,
                  recurrentDropout,
                },
              );
        outputs = y.data.slice();
        return ops.sum(ops.multiply(y, tensorOf(fixture.dy)));
      }, [x, ...weights]);
      expect(farthest(outputs, fixture.y.data)).toBeLessThan(2e-6);
      const wanted = [fixture.dx, ...fixture.dweights];
      for (const [i, gradient] of gradients.entries())
        expect(farthest(gradient.data, wanted[i]!.data), `gradient ${i}`).toBeLessThan(1e-5);
    });
});

describe("draws", () => {
  it("are of each gate alone where states are dropped", async () => {
    const engine = await createEngine({ threads: 1 });
    const [x, h] = [input({ shape: [1, 1] }), input({ shape: [1], name: "h" })];
    const gru = layers.gru({ units: 1, recurrentDropout: 0.5, recurrentInitializer: "ones" });
    const net = model({ inputs: [x, h], outputs: gru.apply([x, h]), seed: 1 });
    await net.build({ engine });
    const given = [
      engine.tensor(new Float32Array(64), [64, 1, 1]),
      engine.tensor(new Float32Array(64).fill(1), [64, 1]),
    ];
    const outputs = Array.from(net.apply(given, { training: true, seed: 3, step: 0 }).data);
    // each of the three gates sees 0 or 2: one draw for all of them would give two values
    expect(new Set(outputs.map((value) => value.toFixed(4))).size).toBeGreaterThan(2);
  });
});
