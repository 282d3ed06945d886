/** Transforms of ONNX, whose numbers may be complex, by ours of real ones; and weights of mel bands. */
import type { Tensor } from "../../../../src/tensor/tensor.ts";
import { ops } from "../called.ts";
import { type Call, moveAxis } from "../values.ts";

/** Real and imaginary parts, [..., n] each. */
type Complex = readonly [Tensor, Tensor];

/** The whole transform of real numbers: beyond the half it is mirrored, with the sign of the imaginary part turned. */
function ofReal(x: Tensor): Complex {
  const n = x.shape.at(-1)!;
  const [real, imaginary] = ops.rfft(x);
  const half = real.shape.at(-1)!;
  const count = n - half; // frequencies from the half on, which stand at 1 … count from the end
  if (count === 0) return [real, imaginary];
  const mirrored = (part: Tensor): Tensor =>
    ops.reverse(
      ops.slice(part, {
        begin: part.shape.map((_, i) => (i === part.shape.length - 1 ? 1 : 0)),
        end: part.shape.map((size, i) => (i === part.shape.length - 1 ? 1 + count : size)),
      }),
      { axis: -1 },
    );
  return [
    ops.concatenate([real, mirrored(real)], { axis: -1 }),
    ops.concatenate([imaginary, ops.negative(mirrored(imaginary))], { axis: -1 }),
  ];
}

/** The transform of complex numbers, by that of their parts. */
function ofComplex([real, imaginary]: Complex): Complex {
  const [a, b] = [ofReal(real), ofReal(imaginary)];
  return [ops.subtract(a[0], b[1]), ops.add(a[1], b[0])];
}

/** [..., 1] or [..., 2] as its parts. */
function partsOf(x: Tensor): readonly Tensor[] {
  return ops.unstack(x, { axis: -1 });
}

/** Frequencies of signals [..., samples along an axis, ..., 1 or 2]; inverse, samples of frequencies. */
export function fourier(call: Call): Tensor {
  const x = call.tensor(0);
  const given = call.numbers(2)?.[0] ?? call.attribute("axis", call.opset < 20 ? 1 : -2);
  const axis = given < 0 ? given + x.shape.length : given;
  const n = call.numbers(1)?.[0] ?? x.shape[axis]!;
  const sized = resizedTo(x, axis, n);
  const [real, imaginary] = partsOf(sized).map((part) => moveAxis(part, axis, -1));
  const y: Complex = call.attribute("inverse", 0)
    ? inverse([real!, imaginary ?? ops.multiply(real!, 0)])
    : imaginary
      ? ofComplex([real!, imaginary])
      : call.attribute("onesided", 0)
        ? ops.rfft(real!)
        : ofReal(real!);
  return moveAxis(ops.stack(y, { axis: -1 }), -2, axis);
}

/** The transform of the conjugate, conjugate again, by the number of samples. */
function inverse([real, imaginary]: Complex): Complex {
  const n = real.shape.at(-1)!;
  const [a, b] = ofComplex([real, ops.negative(imaginary)]);
  return [ops.divide(a, n), ops.divide(b, -n)];
}

/** Cut, or with zeros behind. */
function resizedTo(x: Tensor, axis: number, n: number): Tensor {
  const cut = ops.slice(x, { end: x.shape.map((size, i) => (i === axis ? Math.min(size, n) : size)) });
  const missing = n - cut.shape[axis]!;
  return ops.pad(
    cut,
    cut.shape.map((_, i): [number, number] => [0, i === axis ? missing : 0]),
  );
}

/** Frequencies of frames, each times a window, of signals [n, samples, 1 or 2]. */
export function shortTimeFourier(call: Call): Tensor {
  const parts = partsOf(call.tensor(0));
  const step = call.numbers(1)![0]!;
  const length = call.numbers(3)?.[0] ?? call.value(2).shape[0]!;
  const onesided = call.attribute("onesided", 1) === 1;
  const real = parts[0]!;
  if (!call.has(2) && parts.length === 1 && onesided && (length & (length - 1)) === 0)
    return ops.stack(
      ops.stft(real, { sequenceLength: length, sequenceStride: step, window: "none", center: false }),
      { axis: -1 },
    );
  const count = 1 + Math.floor((real.shape[1]! - length) / step);
  const places = Int32Array.from({ length: count * length }, (_, i) => Math.floor(i / length) * step + (i % length)); // biome-ignore format: one call
  const indices = call.engine.tensor(places, [count, length], "int32");
  const frames = parts.map((part) => {
    const framed = ops.gather(part, indices, { axis: 1 });
    return call.has(2) ? ops.multiply(framed, call.tensor(2)) : framed;
  });
  if (frames.length === 2) return ops.stack(ofComplex([frames[0]!, frames[1]!]), { axis: -1 });
  return ops.stack(onesided ? ops.rfft(frames[0]!) : ofReal(frames[0]!), { axis: -1 });
}
