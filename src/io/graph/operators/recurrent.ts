/** Importers of recurrent layers: a layer for each direction, with the gates in our order. */
import { AnygradError, quote } from "../../../errors.ts";
import { layers, type SymbolicTensor } from "../../../layers/index.ts";
import { Constant } from "../constant.ts";
import type { Importer, Network } from "../network.ts";
import { Value } from "../value.ts";

type Kind = "RNN" | "LSTM" | "GRU";

/** Where each of our gates stands among ONNX's. */
const gates: Readonly<Record<Kind, readonly number[]>> = {
  RNN: [0],
  LSTM: [0, 2, 3, 1], // input, forget, candidate, output of input, output, forget, candidate
  GRU: [0, 1, 2],
};

/** One direction's part of an array whose first axis are the directions. */
function partOf(constant: Constant, direction: number): Constant {
  const [, ...shape] = constant.shape;
  const size = constant.size / constant.shape[0]!;
  const data = constant.floats.subarray(direction * size, (direction + 1) * size);
  return new Constant(shape, data, "float32", { isWeight: true });
}

/** Blocks of rows in our order, turned: [gates · units, k] becomes [k, gates · units]. */
function gatesLast(given: Constant, units: number, order: readonly number[]): Constant {
  const k = given.size / (order.length * units);
  const floats = given.floats;
  const data = new Float32Array(given.size);
  order.forEach((gate, i) => {
    data.set(floats.subarray(gate * units * k, (gate + 1) * units * k), i * units * k);
  });
  return new Constant([order.length * units, k], data, "float32", { isWeight: true }).transposed([1, 0]);
}

/** The bias of a direction: those of the input and the state added, or one row each. */
function biasOf(kind: Kind, given: Constant, units: number, isAfter: boolean): Constant {
  const order = gates[kind];
  const columns = order.length * units;
  const [input, state] = [0, 1].map(
    (i) =>
      gatesLast(new Constant([columns], given.floats.subarray(i * columns, (i + 1) * columns)), units, order)
        .floats,
  ) as [Float32Array, Float32Array];
  if (!isAfter)
    return new Constant(
      [columns],
      input.map((value, i) => value + state[i]!),
    );
  const both = new Float32Array(2 * columns);
  both.set(input);
  both.set(state, columns);
  return new Constant([2, columns], both);
}

const activationNames: Readonly<Record<string, "tanh" | "sigmoid" | "relu" | "linear">> = {
  tanh: "tanh",
  sigmoid: "sigmoid",
  relu: "relu",
};

/** The activations of a direction by their roles. @throws AnygradError UNSUPPORTED */
function activationsOf(network: Network, kind: Kind, direction: number) {
  const usual = { RNN: ["Tanh"], GRU: ["Sigmoid", "Tanh"], LSTM: ["Sigmoid", "Tanh", "Tanh"] }[kind];
  const all = network.attributes.texts("activations");
  const given = all ? all.slice(direction * usual.length, (direction + 1) * usual.length) : usual;
  const alpha = network.attributes.floats("activation_alpha") ?? [];
  const beta = network.attributes.floats("activation_beta") ?? [];
  const isLinear = (name: string): boolean =>
    name === "Affine" && alpha.every((n) => n === 1) && beta.every((n) => n === 0);
  const own = given.map((name) => (isLinear(name) ? "linear" : activationNames[name.toLowerCase()]));
  if (own.includes(undefined) || (kind === "LSTM" && own[1] !== own[2]))
    throw new AnygradError("UNSUPPORTED", `its activations are ${quote(given)}`);
  const [first, second] = own as ("tanh" | "sigmoid" | "relu" | "linear")[];
  return kind === "RNN" ? { activation: first! } : { recurrentActivation: first!, activation: second! };
}

/** The states that a direction begins with; undefined for zeros. */
function stateOf(
  network: Network,
  i: number,
  direction: number,
  directions: number,
): SymbolicTensor | undefined {
  if (!network.has(i)) return undefined;
  const { builder } = network;
  const given = network.input(i);
  if (given instanceof Constant) {
    if (given.list.every((value) => value === 0)) return undefined;
    const part = partOf(given, direction);
    const rows = part.reshaped([1, ...part.shape.slice(-1)]);
    if (part.size !== rows.shape[1])
      throw new AnygradError("UNSUPPORTED", "its first states differ from example to example");
    return builder.spread(rows, 2, 0).tensor;
  }
  if (given.batchAxis !== 1)
    throw new AnygradError("UNSUPPORTED", "its first states have the batch in another place");
  const tensor = builder.arranged(given, [1, 0, 2]);
  const row =
    directions === 1
      ? tensor
      : builder.operation("slice", [tensor], { begin: [null, direction], end: [null, direction + 1] });
  return builder.reshaped(row, [tensor.shape[1]!]);
}

const recurrent =
  (kind: Kind): Importer =>
  (network) => {
    const { attributes, builder } = network;
    const way = attributes.text("direction", "forward");
    const directions = way === "bidirectional" ? 2 : 1;
    const units = attributes.int("hidden_size", 0) || network.constant(2).shape[2]!;
    const isLast = attributes.int("layout", 0) !== 0;
    const peephole = network.constantOr(7);
    if (
      isLast ||
      attributes.has("clip") ||
      attributes.int("input_forget", 0) ||
      (kind === "LSTM" && peephole?.list.some(Boolean))
    )
      throw new AnygradError("UNSUPPORTED", "it has layout 1, clips, peepholes or coupled gates");
    const x = network.value(0);
    if (x.batchAxis !== 1 || x.rank !== 3)
      throw new AnygradError("UNSUPPORTED", "the batch is not the second of its three axes");
    const steps = builder.arranged(x, [1, 0, 2]);
    const lengths = network.constantOr(4)?.list;
    if (lengths?.some((n) => n !== steps.shape[0]))
      throw new AnygradError("UNSUPPORTED", "its sequences have lengths of their own");
    const isAfter = kind === "GRU" && attributes.int("linear_before_reset", 0) !== 0;
    const states = kind === "LSTM" ? 2 : 1;
    const wantsStates = network.isUsed(1) || network.isUsed(2);
    const wantsSteps = network.isUsed(0) || !wantsStates;
    const made = Array.from({ length: directions }, (_, direction) => {
      const goBackwards = way === "reverse" || direction === 1;
      const bias = network.has(3) ? partOf(network.constant(3), direction) : undefined;
      const weights = {
        kernel: gatesLast(partOf(network.constant(1), direction), units, gates[kind]),
        recurrent_kernel: gatesLast(partOf(network.constant(2), direction), units, gates[kind]),
        ...(bias && { bias: biasOf(kind, bias, units, isAfter) }),
      };
      const first = [
        stateOf(network, 5, direction, directions),
        stateOf(network, 6, direction, directions),
      ].slice(0, states);
      const given = first.filter((each) => each !== undefined);
      if (given.length > 0 && given.length < states) {
        const zeros = builder.spread(new Constant([1, units], new Float32Array(units)), 2, 0);
        first.forEach((each, i) => {
          first[i] = each ?? zeros.tensor;
        });
      }
      const options = {
        units,
        useBias: bias !== undefined,
        returnSequences: wantsSteps,
        goBackwards,
        ...activationsOf(network, kind, direction),
      };
      const layer = (
        name: string,
      ): { apply(inputs: SymbolicTensor | readonly SymbolicTensor[]): unknown } => {
        const all = { ...options, name, ...(wantsStates && { returnState: true as const }) };
        if (kind === "LSTM") return layers.lstm(all as typeof options & { name: string });
        if (kind === "GRU")
          return layers.gru({ ...(all as typeof options & { name: string }), resetAfter: isAfter });
        const { recurrentActivation: _, ...plain } = all as typeof all & { recurrentActivation?: unknown };
        return layers.simpleRNN(plain as typeof options & { name: string });
      };
      const inputs = given.length > 0 ? [steps, ...(first as SymbolicTensor[])] : [steps];
      const result = builder.applyAll(layer, inputs, weights);
      const [y, ...last] = (wantsStates ? result : [result]) as SymbolicTensor[];
      // ONNX gives the outputs in the order of the inputs
      const turned =
        wantsSteps && goBackwards ? builder.operation("slice", [y!], { strides: [null, -1] }) : y!;
      return { y: turned, last };
    });
    const joined = (parts: readonly SymbolicTensor[], sizes: readonly number[]): SymbolicTensor =>
      parts.length === 1
        ? builder.reshaped(parts[0]!, sizes)
        : builder.reshaped(
            builder.apply((name) => layers.concatenate({ name }), parts),
            sizes,
          );
    const [count] = steps.shape as [number];
    if (wantsSteps) {
      const y = joined(made.map((each) => each.y), directions === 1 ? [count, units] : [count, 2, units]); // biome-ignore format: one call
      network.set(new Value(y, directions === 1 ? [2, 0, 3] : [2, 0, 1, 3], 4, undefined));
    }
    for (let i = 0; wantsStates && i < states; i++) {
      const state = joined(made.map(({ last }) => last[i]!), directions === 1 ? [units] : [2, units]); // biome-ignore format: one call
      network.set(new Value(state, directions === 1 ? [1, 2] : [1, 0, 2], 3, undefined), i + 1);
    }
  };

/** Importers by the names of operators. */
export const recurrentImporters: Readonly<Record<string, Importer>> = {
  RNN: recurrent("RNN"),
  LSTM: recurrent("LSTM"),
  GRU: recurrent("GRU"),
};
