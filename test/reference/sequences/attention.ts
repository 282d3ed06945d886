/** Scaled dot-product attention in float64, head by head. */
import { type Array64, array64, zerosLike } from "../array64.ts";
import { matmul, matmulBackward } from "../matmul.ts";
import { softmax, softmaxBackward } from "../softmax.ts";

export interface AttentionTwinAttributes {
  readonly scale?: number;
  readonly useCausalMask?: boolean;
}

/** The matrix [steps, depth] of a head of an example of x[n, steps, heads, depth]. */
function headOf(x: Array64, example: number, head: number): Array64 {
  const [, steps, heads, depth] = x.shape as [number, number, number, number];
  const values = Array.from({ length: steps * depth }, (_, i) => {
    const step = Math.floor(i / depth);
    return x.data[((example * steps + step) * heads + head) * depth + (i % depth)]!;
  });
  return array64([steps, depth], values);
}

/** Writes such a matrix. */
function putHead(x: Array64, example: number, head: number, { data }: Array64): void {
  const [, steps, heads, depth] = x.shape as [number, number, number, number];
  data.forEach((value, i) => {
    x.data[((example * steps + Math.floor(i / depth)) * heads + head) * depth + (i % depth)] = value;
  });
}

/** Scores [queries, keys], and what softmax makes of them. */
function weightsOf(q: Array64, k: Array64, { scale, useCausalMask }: AttentionTwinAttributes): Array64 {
  const scores = matmul(q, k, { transposeB: true });
  const [, keys] = scores.shape as [number, number];
  scores.data.forEach((value, i) => {
    const hidden = useCausalMask && i % keys > Math.floor(i / keys) ? -1e9 : 0;
    scores.data[i] = value * (scale ?? 1 / Math.sqrt(q.shape[1]!)) + hidden;
  });
  return softmax(scores);
}

/** Calls `work` for each head of each example. */
function forHeads({ shape }: Array64, work: (example: number, head: number) => void): void {
  for (let example = 0; example < shape[0]!; example++)
    for (let head = 0; head < shape[2]!; head++) work(example, head);
}

export function dotProductAttention(
  q: Array64,
  k: Array64,
  v: Array64,
  attributes: AttentionTwinAttributes,
): Array64 {
  const [n, queries, heads] = q.shape as [number, number, number];
  const shape = [n, queries, heads, v.shape[3]!];
  const y = array64(shape, new Array(shape.reduce((a, b) => a * b)).fill(0));
  forHeads(q, (example, head) => {
    const [qh, kh, vh] = [q, k, v].map((x) => headOf(x, example, head)) as [Array64, Array64, Array64];
    putHead(y, example, head, matmul(weightsOf(qh, kh, attributes), vh));
  });
  return y;
}

export function dotProductAttentionBackward(
  dy: Array64,
  q: Array64,
  k: Array64,
  v: Array64,
  attributes: AttentionTwinAttributes,
): [dq: Array64, dk: Array64, dv: Array64] {
  const [dq, dk, dv] = [q, k, v].map(zerosLike) as [Array64, Array64, Array64];
  forHeads(q, (example, head) => {
    const [qh, kh, vh, dyh] = [q, k, v, dy].map((x) => headOf(x, example, head)) as [
      Array64,
      Array64,
      Array64,
      Array64,
    ];
    const weights = weightsOf(qh, kh, attributes);
    const { da: dweights, db } = matmulBackward(dyh, weights, vh);
    // softmax looks at its input through its output alone: logarithms of the weights give them again
    const logarithms = array64(
      weights.shape,
      Array.from(weights.data, (value) => Math.log(value)),
    );
    const dscores = softmaxBackward(dweights, logarithms);
    const scale = attributes.scale ?? 1 / Math.sqrt(qh.shape[1]!);
    const scaled = array64(
      dscores.shape,
      Array.from(dscores.data, (value) => value * scale),
    );
    const { da, db: dkh } = matmulBackward(scaled, qh, kh, { transposeB: true });
    putHead(dq, example, head, da);
    putHead(dk, example, head, dkh);
    putHead(dv, example, head, db);
  });
  return [dq, dk, dv];
}
