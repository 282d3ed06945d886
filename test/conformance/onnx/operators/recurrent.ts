/** Recurrent operators of ONNX, and attention. */
import type { Tensor } from "../../../../src/tensor/tensor.ts";
import { ops } from "../called.ts";
import { type Call, type Operator, Refusal } from "../values.ts";

/** Gates of ONNX, a block each along axis 1 of [1, gates · units, n], in Keras's order and transposed: [n, gates · units]. */
function weights(call: Call, i: number, order: readonly number[]): Tensor {
  const all = call.tensor(i);
  const blocks = ops.split(ops.reshape(all, all.shape.slice(1)), order.length);
  return ops.transpose(
    ops.concatenate(
      order.map((gate) => blocks[gate]!),
      { axis: 0 },
    ),
  );
}

/** The sum of the biases of input and state. */
function bias(call: Call, order: readonly number[]): Tensor | null {
  if (!call.has(3)) return null;
  const blocks = ops.split(ops.reshape(call.tensor(3), [-1]), 2 * order.length);
  return ops.concatenate(order.map((gate) => ops.add(blocks[gate]!, blocks[gate + order.length]!)));
}

/** @param order of ONNX's gates those of Keras @param states how many states there are */
function recurrent(op: "lstm" | "gru" | "simpleRNN", order: readonly number[], states: number): Operator {
  return (call) => {
    call.only("direction", "forward");
    for (const name of ["activations", "clip", "input_forget"]) call.only(name, undefined);
    call.only("linear_before_reset", 0);
    const batchFirst = call.attribute("layout", 0) === 1;
    const x = batchFirst ? call.tensor(0) : ops.transpose(call.tensor(0), [1, 0, 2]);
    const [n, steps] = x.shape as [number, number];
    if (call.has(4) && call.numbers(4)!.some((length) => length !== steps))
      throw new Refusal("sequences of different lengths");
    const kernel = weights(call, 1, order);
    const units = kernel.shape[1]! / order.length;
    const initialState = [5, 6]
      .slice(0, states)
      .map((i) =>
        call.has(i)
          ? ops.reshape(call.tensor(i), [n, units])
          : call.engine.tensor(new Float32Array(n * units), [n, units]),
      );
    if (call.has(7) && call.numbers(7)!.some((n) => n !== 0)) return withPeepholes(call, x, initialState);
    const options = { returnSequences: true, returnState: true, initialState };
    const inputs = [x, kernel, weights(call, 2, order), bias(call, order)] as const;
    const all =
      op === "gru"
        ? ops.gru(...inputs, { ...options, resetAfter: false })
        : op === "lstm"
          ? ops.lstm(...inputs, options)
          : ops.simpleRNN(...inputs, options);
    const [y, ...last] = ops.split(all, [steps, steps + 1].slice(0, states), { axis: 1 });
    const sequence = batchFirst
      ? ops.reshape(y!, [n, steps, 1, units])
      : ops.reshape(ops.transpose(y!, [1, 0, 2]), [steps, 1, n, units]);
    return [sequence, ...last.map((state) => ops.reshape(state, batchFirst ? [n, 1, units] : [1, n, units]))];
  };
}

/** An LSTM whose gates look at the cells, too: step by step, which our op does not. @param x [n, steps, features] */
function withPeepholes(call: Call, x: Tensor, [h0, c0]: readonly Tensor[]): (Tensor | undefined)[] {
  if (call.attribute("layout", 0) === 1) throw new Refusal("peepholes with the batch in front");
  const order = [0, 1, 2, 3]; // ONNX's: input, output, forget, candidate
  const [kernel, own, added] = [weights(call, 1, order), weights(call, 2, order), bias(call, order)];
  const looks = ops.split(ops.reshape(call.tensor(7), [-1]), 3);
  let [h, c] = [h0!, c0!];
  const outputs = ops.unstack(x, { axis: 1 }).map((step) => {
    const sums = ops.add(ops.matmul(step, kernel), ops.matmul(h, own));
    const gates = ops.split(added ? ops.add(sums, added) : sums, 4, { axis: -1 });
    const looked = (gate: number, cells: Tensor): Tensor =>
      ops.sigmoid(ops.add(gates[gate]!, ops.multiply(cells, looks[gate]!)));
    c = ops.add(ops.multiply(looked(2, c), c), ops.multiply(looked(0, c), ops.tanh(gates[3]!)));
    h = ops.multiply(looked(1, c), ops.tanh(c));
    return h;
  });
  const directed = (all: Tensor): Tensor => ops.reshape(all, [1, ...all.shape]);
  const y = ops.stack(outputs);
  return [ops.reshape(y, [y.shape[0]!, 1, ...y.shape.slice(1)]), directed(h), directed(c)];
}

export const lstm: Operator = recurrent("lstm", [0, 2, 3, 1], 2);
export const gru: Operator = recurrent("gru", [0, 1, 2], 1);
export const rnn: Operator = recurrent("simpleRNN", [0], 1);

/** [n, steps, heads · size] as [n, heads, steps, size]; with four axes it is that already. */
function heads(x: Tensor, count: number): Tensor {
  if (x.shape.length === 4) return x;
  const [n, steps, width] = x.shape as [number, number, number];
  return ops.transpose(ops.reshape(x, [n, steps, count, width / count]), [0, 2, 1, 3]);
}

/** What is added to the scores, [queries, keys] or with axes before: −Infinity where nothing may be looked at. */
function scoreBias(call: Call, queries: number, keys: number): Tensor[] {
  const { engine } = call;
  const biases: Tensor[] = [];
  const blocked = (open: Tensor): Tensor => ops.where(open, 0, Number.NEGATIVE_INFINITY);
  if (call.has(3)) {
    const mask = call.typeOf(3) === "bool" ? blocked(call.tensor(3)) : call.tensor(3);
    const more = keys - mask.shape.at(-1)!;
    const border = mask.shape.map((_, i): [number, number] => [0, i === mask.shape.length - 1 ? more : 0]);
    biases.push(ops.pad(mask, border, { value: Number.NEGATIVE_INFINITY }));
  }
  const places = engine.tensor(Float32Array.from({ length: keys }, (_, i) => i));
  if (call.attribute("is_causal", 0) === 1) {
    const past = call.has(4) ? call.value(4).shape[2]! : 0;
    const rows = engine.tensor(
      Float32Array.from({ length: queries }, (_, i) => past + i),
      [queries, 1],
    );
    biases.push(blocked(ops.lessEqual(places, rows)));
  }
  if (call.has(6)) {
    const lengths = call.tensor(6);
    biases.push(blocked(ops.less(places, ops.reshape(lengths, [lengths.size, 1, 1, 1]))));
  }
  return biases;
}

/** Output, keys and values with those of the past, and the scores at one of four stages. */
export function attention(call: Call): (Tensor | undefined)[] {
  const [kvHeads, qHeads] = [call.attribute("kv_num_heads", 0), call.attribute("q_num_heads", 0)];
  const flat = call.value(0).shape.length === 3;
  const query = heads(call.tensor(0), qHeads);
  const joined = (i: number): Tensor => {
    const own = heads(call.tensor(i), kvHeads);
    return call.has(i + 3) ? ops.concatenate([call.tensor(i + 3), own], { axis: 2 }) : own;
  };
  const [key, value] = [joined(1), joined(2)];
  const share = query.shape[1]! / key.shape[1]!;
  const each = (x: Tensor): Tensor => (share === 1 ? x : ops.repeat(x, share, { axis: 1 }));
  const scale = call.attribute("scale", 1 / Math.sqrt(query.shape[3]!));
  const scores = ops.multiply(ops.matmul(query, each(key), { transposeB: true }), scale);
  const biased = scoreBias(call, query.shape[2]!, key.shape[2]!).reduce((a, b) => ops.add(a, b), scores);
  const cap = call.attribute("softcap", 0);
  const capped = cap === 0 ? biased : ops.multiply(ops.tanh(ops.divide(biased, cap)), cap);
  const shares = ops.softmax(capped);
  const y = ops.matmul(shares, each(value));
  const [n, , queries] = query.shape as [number, number, number, number];
  return [
    flat ? ops.reshape(ops.transpose(y, [0, 2, 1, 3]), [n, queries, -1]) : y,
    key,
    value,
    [scores, biased, capped, shares][call.attribute("qk_matmul_output_mode", 0)],
  ];
}

/** Pairs of numbers turned by angles whose cosines and sines are given: a number with its neighbour, or with that half an axis away. */
export function rotary(call: Call): Tensor {
  const given = call.tensor(0);
  const count = call.attribute("num_heads", 0);
  const x = heads(given, count); // [n, heads, steps, size]
  const [n, , steps, size] = x.shape as [number, number, number, number];
  const rotated = call.attribute("rotary_embedding_dim", 0) || size;
  const [turned, rest] = rotated === size ? [x] : ops.split(x, [rotated], { axis: -1 });
  const angles = (i: number): Tensor => {
    const table = call.tensor(i);
    const own = call.has(3) ? ops.gather(table, call.indices(3, table.shape[0]!)) : table;
    return ops.reshape(own, [n, 1, steps, rotated / 2]);
  };
  const [cosine, sine] = [angles(1), angles(2)];
  const interleaved = call.attribute("interleaved", 0) === 1;
  const strides = (first: number) => ({ begin: [0, 0, 0, first], strides: [1, 1, 1, 2] });
  const [a, b] = interleaved
    ? [ops.slice(turned!, strides(0)), ops.slice(turned!, strides(1))]
    : (ops.split(turned!, 2, { axis: -1 }) as [Tensor, Tensor]);
  const parts = [
    ops.subtract(ops.multiply(a, cosine), ops.multiply(b, sine)),
    ops.add(ops.multiply(a, sine), ops.multiply(b, cosine)),
  ];
  const together = interleaved
    ? ops.reshape(ops.stack(parts, { axis: -1 }), turned!.shape)
    : ops.concatenate(parts, { axis: -1 });
  const y = rest ? ops.concatenate([together, rest], { axis: -1 }) : together;
  return given.shape.length === 3 ? ops.reshape(ops.transpose(y, [0, 2, 1, 3]), given.shape) : y;
}
