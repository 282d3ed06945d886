/** Ops as layers: each gives what the op gives, and weights among the arguments are those of the layer. */
import { expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { layers } from "../../src/layers/index.ts";
import type { OperationOptions } from "../../src/layers/operation.ts";
import { input, load, model, sequential } from "../../src/model/index.ts";
import { failure } from "../data/failure.ts";

const engine = await createEngine();

async function applied(options: OperationOptions, x: readonly unknown[], inputShape: readonly number[]) {
  const net = sequential([layers.operation(options)], { inputShape });
  await net.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
  const { shape, data } = await net.predict(x as number[][]);
  return { shape, data: [...data] };
}

const rows: readonly [OperationOptions, readonly number[], readonly number[]][] = [
  [{ op: "square" }, [1, -2, 3], [1, 4, 9]],
  [{ op: "subtract", arguments: [1, "input"] }, [1, -2, 3], [0, 3, -2]],
  [{ op: "pow", arguments: ["input", 3] }, [1, -2, 3], [1, -8, 27]],
  [{ op: "trunc" }, [1.9, -2.9, 3], [1, -2, 3]],
  [{ op: "clip", attributes: { low: -1, high: 2 } }, [1, -2, 3], [1, -1, 2]],
  [{ op: "slice", attributes: { strides: [null, -1] } }, [1, -2, 3], [3, -2, 1]],
  [{ op: "reshape", attributes: { shape: [3, 1] } }, [1, -2, 3], [1, -2, 3]],
  [{ op: "sum", attributes: { axis: [1] } }, [1, -2, 3], [2]],
  [{ op: "argmax" }, [1, -2, 3], [2]],
  [{ op: "tile", attributes: { repeats: [2] } }, [1, -2, 3], [1, -2, 3, 1, -2, 3]],
  [{ op: "cumsum", attributes: { axis: 1, reverse: true } }, [1, -2, 3], [2, 1, 3]],
  [{ op: "pad", attributes: { padding: [[0, 0], [1, 0]], mode: "constant", value: 7 } }, [1, -2, 3], [7, 1, -2, 3]], // biome-ignore format: a row
  [{ op: "where", arguments: ["input", 5, 6] }, [1, 0, 3], [5, 6, 5]],
];

it.each(rows)("%j", async (options, x, y) => {
  expect((await applied(options, [x], [3])).data).toEqual(y);
});

it("takes several tensors, and weights between them", async () => {
  const [a, b] = [input({ shape: [2], name: "a" }), input({ shape: [2], name: "b" })];
  const outer = layers.operation({ op: "einsum", attributes: { equation: "ni,nj->nij" } }).apply([a, b]);
  const scaled = layers
    .operation({ op: "multiply", arguments: [{ shape: [2], trainable: true }, "input"] })
    .apply(outer);
  const net = model({ inputs: [a, b], outputs: scaled });
  await net.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
  net.setWeights([{ shape: [2], data: Float32Array.of(1, 10) }]);
  const { data } = await net.predict([[[1, 2]], [[3, 4]]]);
  expect([...data]).toEqual([3, 40, 6, 80]);
  expect(net.parameters.trainable).toBe(2);
  const again = await load(await net.save(), { engine });
  expect([...(await again.predict([[[1, 2]], [[3, 4]]])).data]).toEqual([3, 40, 6, 80]);
});

it("takes rows by numbers that are weights", async () => {
  const options: OperationOptions = {
    op: "gather",
    arguments: ["input", { shape: [2] }],
    attributes: { axis: 1 },
  };
  const net = sequential([layers.operation(options)], { inputShape: [3] });
  await net.compile({ optimizer: "sgd", loss: "meanSquaredError", engine });
  net.setWeights([{ shape: [2], data: Float32Array.of(2, 0) }]);
  expect([...(await net.predict([[5, 6, 7]])).data]).toEqual([7, 5]);
});

it("refuses what is no op and no argument", async () => {
  expect(await failure(() => layers.operation({ op: "sqare" }), "INVALID_ARGUMENT")).toContain("square");
  const odd = { op: "add", arguments: ["x"] } as unknown as OperationOptions;
  expect(await failure(() => layers.operation(odd), "INVALID_ARGUMENT")).toContain("arguments is");
  const two = layers.operation({ op: "add", arguments: ["input", "input"] });
  expect(await failure(() => two.apply(input({ shape: [2] })), "SHAPE_MISMATCH")).toContain(
    "takes 2 tensors but got 1",
  );
});
