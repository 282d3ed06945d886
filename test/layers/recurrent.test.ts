/** Recurrent layers: outputs and gradients of Keras's, with its weights (fixtures/recurrent/make.py writes them). */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { type ComposedAttributes, composedRecurrent } from "../../src/layers/composedRecurrent.ts";
import { type Layer, layers } from "../../src/layers/index.ts";
import type { CallPlace } from "../../src/layers/layer.ts";
import * as ops from "../../src/ops/index.ts";
import type { Tensor, Variable } from "../../src/tensor/tensor.ts";
import { readFixture } from "../reference/comparison/fixtures.ts";

interface Numbers {
  shape: number[];
  data: number[];
}

interface Fixture {
  layer: "simpleRNN" | "lstm" | "gru";
  options: { units: number; goBackwards?: boolean; returnState?: boolean };
  mergeMode?: "concat" | "sum" | "mul" | "ave";
  mask?: number[][];
  x: Numbers;
  weights: Numbers[];
  initialState: Numbers[];
  y: Numbers[];
  dy: Numbers[];
  dx: Numbers;
  dweights: Numbers[];
  dinitialState: Numbers[];
}

/** The place behind a layer that makes this mask. */
function placeBehind(x: Tensor, mask: Tensor | undefined): CallPlace {
  const maker = { ...layers.masking(), traits: mask && { mask: () => mask } } as Layer;
  return {
    nodes: [
      { layer: maker, inputs: [-1] },
      { layer: maker, inputs: [0] },
    ],
    outputs: [x],
    given: [x],
    i: 1,
  };
}

function farthest(name: string, got: ArrayLike<number>, wanted: readonly number[], most: number): void {
  expect(got.length, name).toBe(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  const off = Math.max(...wanted.map((value, i) => Math.abs(got[i]! - value))) / scale;
  expect(off, name).toBeLessThanOrEqual(most);
}

describe("Keras", async () => {
  const engine = await createEngine({ threads: 1 });
  readFixture<Fixture[]>("recurrent/recurrent").forEach((fixture, i) => {
    const { mergeMode, mask, options } = fixture;
    const { units: _, ...shown } = options;
    const name = `${i} ${fixture.layer} ${JSON.stringify(shown)} ${mergeMode ?? ""} ${mask ? `mask ${mask}` : ""}`;
    const ways = mergeMode ? ["fused"] : ["fused", "composed"];
    it.each(ways)(`${name} %s`, (way) => {
      engine.step(() => {
        const made = (layers[fixture.layer] as (given: object) => Layer)(options);
        const layer = mergeMode ? layers.bidirectional({ layer: made, mergeMode }) : made;
        const variable = ({ shape, data }: Numbers): Variable =>
          engine.variable(Float32Array.from(data), shape);
        const x = variable(fixture.x);
        const specs = made.weights([fixture.x.shape.slice(1)]);
        const names = mergeMode
          ? [...specs.map((spec) => `forward_${spec.name}`), ...specs.map((spec) => `backward_${spec.name}`)]
          : specs.map((spec) => spec.name);
        const weights = fixture.weights.map(variable);
        const states = fixture.initialState.map(variable);
        const steps = mask && engine.tensor(mask);
        // states follow the outputs as rows
        const rows = (list: readonly Numbers[]): Tensor =>
          ops.concatenate(
            list.map(({ shape, data }) =>
              engine.tensor(Float32Array.from(data), [
                shape[0]!,
                data.length / shape[0]! / shape.at(-1)!,
                shape.at(-1)!,
              ]),
            ),
            { axis: 1 },
          );
        const dy = fixture.dy.length > 1 ? rows(fixture.dy) : variable(fixture.dy[0]!);
        const wanted = fixture.y.length > 1 ? rows(fixture.y) : variable(fixture.y[0]!);
        let y!: Tensor;
        const { gradients } = engine.valueAndGrad(() => {
          const named = Object.fromEntries(names.map((each, w) => [each, weights[w]!]));
          if (way === "composed") {
            y = composedRecurrent(fixture.layer, x, named, {
              ...(layer.config as ComposedAttributes),
              initialState: states.length > 0 ? states : undefined,
              mask: steps,
            });
            return ops.sum(ops.multiply(ops.reshape(y, dy.shape), dy));
          }
          y = layer.call([x, ...states], {
            weights: named,
            training: false,
            draw: { seed: 0 },
            logits: false,
            activation: "linear",
            place: placeBehind(x, steps),
          });
          return ops.sum(ops.multiply(y, dy));
        }, [x, ...weights, ...states]);
        if (way === "fused") expect(y.shape).toEqual(wanted.shape);
        farthest("y", y.view, [...wanted.view], 1e-5);
        const all = [fixture.dx, ...fixture.dweights, ...fixture.dinitialState];
        all.forEach((each, g) => {
          farthest(["dx", ...names, "dh0", "dc0"][g]!, gradients[g]!.view, each.data, 1e-4);
        });
      });
    });
  });
});
