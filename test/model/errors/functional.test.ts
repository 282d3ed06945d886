/** Mistakes with `model({ inputs, outputs })` are told in a line. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import type { ErrorCode } from "../../../src/errors.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../src/io/safetensors/format.ts";
import { layers, type SymbolicTensor } from "../../../src/layers/index.ts";
import { input, load, model, sequential } from "../../../src/model/index.ts";
import { failure } from "../../data/failure.ts";
import { residual } from "../graphs.ts";

const engine = await createEngine();

describe("model({ inputs, outputs })", () => {
  const x = input({ shape: [8, 8, 1] });
  const conv = layers.conv2d({ filters: 4, kernelSize: 3 });
  const y = conv.apply(x);
  const [steps, state] = [input({ shape: [5, 3] }), input({ shape: [2] })];
  const any = <T>(value: unknown): T => value as T;
  const mistakes: readonly (readonly [string, () => unknown, ErrorCode, RegExp])[] = [
    ["no shape", () => input(any({})), "INVALID_ARGUMENT", /^input: shape is undefined; pass the shape/],
    ["nothing at all", () => input(any(undefined)), "INVALID_ARGUMENT", /^input: shape/],
    ["a number as shape", () => input({ shape: any(784) }), "INVALID_ARGUMENT", /^input: shape is 784/],
    [
      "a layer that was not applied",
      () => layers.relu().apply(any(conv)),
      "INVALID_ARGUMENT",
      /^relu: apply got the conv2d layer itself; pass a symbolic tensor/,
    ],
    [
      "a function that was not called",
      () => conv.apply(any(layers.relu)),
      "INVALID_ARGUMENT",
      /^conv2d: apply got function relu; pass a symbolic tensor/,
    ],
    [
      "nothing to apply to",
      () => conv.apply(any(undefined)),
      "INVALID_ARGUMENT",
      /^conv2d: apply got undefined; pass a symbolic/,
    ],
    [
      "numbers",
      () => conv.apply(any([[1, 2]])),
      "INVALID_ARGUMENT",
      /^conv2d: apply got \[1, 2\]; pass a symbolic/,
    ],
    [
      "two tensors where one is wanted",
      () => conv.apply([x, x]),
      "INVALID_ARGUMENT",
      /^conv2d: apply got 2 tensors but takes one; merge them/,
    ],
    ["no tensors", () => conv.apply([]), "INVALID_ARGUMENT", /^conv2d: apply got 0 tensors/],
    [
      "options, as those of Keras's layers",
      () =>
        any<{ apply(...given: unknown[]): unknown }>(layers.gru({ units: 2 })).apply(steps, {
          initialState: state,
        }),
      "INVALID_ARGUMENT",
      /^gru: apply got \{ initialState \}; pass a symbolic tensor/,
    ],
    [
      "a second tensor beside the first",
      () => any<{ apply(...given: unknown[]): unknown }>(conv).apply(x, x),
      "INVALID_ARGUMENT",
      /^conv2d: apply got 2 tensors but takes one/,
    ],
    [
      "one tensor where two are wanted",
      () => layers.add().apply(y),
      "SHAPE_MISMATCH",
      /^add: it got 1 tensor; pass a list of two or more: layers\.add\(\[a, b\]\)/,
    ],
    [
      "two arguments in place of a list",
      () => any<(a: SymbolicTensor, b: SymbolicTensor) => unknown>(layers.add)(y, y),
      "SHAPE_MISMATCH",
      /^add: it got 1 tensor; pass a list/,
    ],
    [
      "applied layers in a chain",
      () => sequential([layers.relu(), any(y)], { inputShape: [8, 8, 1] }),
      "INVALID_ARGUMENT",
      /^sequential: item 1 of the list is no layer; pass layers/,
    ],
    [
      "arguments of a model that are no options",
      () => any<(a: SymbolicTensor, b: SymbolicTensor) => unknown>(model)(x, y),
      "INVALID_ARGUMENT",
      /^model: "shape" is unknown/,
    ],
    ["an empty list", () => layers.concatenate([]), "SHAPE_MISMATCH", /^concatenate: it got 0 tensors/],
    [
      "a merging layer in a chain",
      () => sequential([layers.add()], { inputShape: [4] }),
      "SHAPE_MISMATCH",
      /^add: it got 1 tensor/,
    ],
    [
      "shapes that do not fit",
      () => layers.add([x, y]),
      "SHAPE_MISMATCH",
      /^add: \[8, 8, 1\] and \[6, 6, 4\] do not fit each other; bring them to one shape/,
    ],
    [
      "images of two sizes side by side",
      () => layers.concatenate([x, y]),
      "SHAPE_MISMATCH",
      /^concatenate: \[8, 8, 1\] and \[6, 6, 4\] do not fit along axis 2/,
    ],
    [
      "the axis of the batch",
      () => layers.concatenate([y, y], { axis: 0 }),
      "INVALID_ARGUMENT",
      /^concatenate: axis 0 is that of the batch; use 1 to 3/,
    ],
    [
      "an axis that does not exist",
      () => layers.concatenate([y, y], { axis: 4 }),
      "INVALID_ARGUMENT",
      /^concatenate: axis 4 does not exist/,
    ],
    [
      "a layer that does not fit",
      () => layers.conv2d({ filters: 1, kernelSize: 1 }).apply(input({ shape: [5] })),
      "SHAPE_MISMATCH",
      /^conv2d: .*\[5\].*\[height, width, channels\]/,
    ],
    [
      "nothing for a model",
      () => model(any<never>(undefined)),
      "INVALID_ARGUMENT",
      /^model: inputs got undefined/,
    ],
    [
      "no outputs",
      () => model(any<never>({ inputs: x })),
      "INVALID_ARGUMENT",
      /^model: outputs got undefined/,
    ],
    [
      "a layer as output",
      () => model({ inputs: x, outputs: any<never>(conv) }),
      "INVALID_ARGUMENT",
      /^model: outputs got the conv2d layer itself/,
    ],
    ["a list of layers", () => model(any<never>([conv])), "INVALID_ARGUMENT", /^model: /],
    [
      "layers as inputs",
      () => model({ inputs: any([28, 28, 1]), outputs: y }),
      "INVALID_ARGUMENT",
      /^model: inputs got 28/,
    ],
    [
      "inputs and outputs exchanged",
      () => model({ inputs: y, outputs: x }),
      "INVALID_ARGUMENT",
      /^model: inputs is what a conv2d layer gives; .*exchanged/,
    ],
    [
      "the input as output",
      () => model({ inputs: x, outputs: x }),
      "INVALID_ARGUMENT",
      /^model: outputs is the input itself/,
    ],
    [
      "another input",
      () => model({ inputs: input({ shape: [5] }), outputs: y }),
      "INVALID_ARGUMENT",
      /^model: outputs needs an input of \[8, 8, 1\] that is not the one in inputs, of \[5\]/,
    ],
    [
      "an input twice",
      () => model({ inputs: [x, x], outputs: y }),
      "INVALID_ARGUMENT",
      /^model: inputs has "input_layer" twice; pass each input once/,
    ],
    [
      "an input that nothing needs",
      () => model({ inputs: [x, input({ shape: [5], name: "idle" })], outputs: y }),
      "INVALID_ARGUMENT",
      /^model: no output needs the input "idle" of \[5\]; leave it out/,
    ],
    [
      "a name with a stroke",
      () => model({ inputs: x, outputs: { "a/b": y } }),
      "INVALID_ARGUMENT",
      /^model: outputs has the name "a\/b"; pass a text without/,
    ],
    ["no output", () => model({ inputs: x, outputs: [] }), "UNSUPPORTED", /^model: outputs is a list of 0/],
    [
      "two layers of a name",
      () =>
        model({ inputs: x, outputs: layers.relu({ name: "a" }).apply(layers.relu({ name: "a" }).apply(x)) }),
      "INVALID_ARGUMENT",
      /two layers are named "a"/,
    ],
  ];

  it.each(mistakes)("%s", async (_, act, code, message) => {
    expect(await failure(act, code)).toMatch(message);
  });

  it("a list of one is as good as its item", () => {
    expect(model({ inputs: [x], outputs: [conv.apply([x])] }).outputShape).toEqual([6, 6, 4]);
  });

  it("damaged connections in a file", async () => {
    const net = residual();
    await net.compile({ loss: "sparseCategoricalCrossentropy", engine });
    const file = decodeSafetensors(await net.save());
    const saved = JSON.parse(file.metadata.model!);
    expect(saved.version).toBe(2);
    const damages: ((nodes: { layer: number; inputs: number[] }[]) => unknown)[] = [
      (nodes) => nodes[3]!.inputs.push(3),
      (nodes) => nodes[3]!.inputs.push(-2),
      (nodes) => nodes[3]!.inputs.push(0.5),
      (nodes) => (nodes[3]!.inputs = []),
      (nodes) => (nodes[3]!.layer = 99),
      (nodes) => delete (nodes[3] as { inputs?: number[] }).inputs,
      (nodes) => nodes.splice(0),
      (nodes) => (nodes[0] = JSON.parse("null")),
    ];
    for (const damage of damages) {
      const copy = structuredClone(saved);
      damage(copy.nodes);
      const metadata = { ...file.metadata, model: JSON.stringify(copy) };
      const bytes = encodeSafetensors({ tensors: file.tensors, metadata });
      await expect(load(bytes), String(damage)).rejects.toMatchObject({
        code: "DATA_FORMAT",
        message: expect.stringMatching(/^load: /),
      });
    }
  });
});
