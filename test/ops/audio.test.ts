/** Sound: transforms against NumPy, Keras and TensorFlow (test/fixtures/ops/audio.json), and what is refused. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { AnygradError } from "../../src/errors.ts";
import * as ops from "../../src/ops/index.ts";
import { distance } from "../reference/comparison/closeness.ts";
import { type Recorded, readFixture } from "../reference/comparison/fixtures.ts";

interface Parts {
  readonly real: Recorded;
  readonly imaginary: Recorded;
}

const fixture = readFixture<{
  readonly x: Recorded;
  /** numpy.fft.rfft, in float64. */
  readonly rfft: readonly (Parts & { fftLength: number })[];
  /** keras.ops.stft by JAX. */
  readonly keras: readonly (Parts & { options: ops.StftAttributes })[];
  /** tf.signal.linear_to_mel_weight_matrix; and librosa's filters without a norm, written out in NumPy. */
  readonly mel: readonly (ops.MelAttributes & { bins: number; filters: Recorded })[];
}>("ops/audio");

const engine = await createEngine({ threads: 1 });
const x = engine.tensor(Float32Array.from(fixture.x.data), fixture.x.shape);

function expectParts([real, imaginary]: readonly ops.Spectrum[number][], wanted: Parts): void {
  expect(real!.shape).toEqual(wanted.real.shape);
  expect(imaginary!.shape).toEqual(wanted.real.shape);
  const all = (a: ArrayLike<number>, b: ArrayLike<number>): number[] => [...Array.from(a), ...Array.from(b)];
  const got = all(real!.data, imaginary!.data);
  expect(distance(got, all(wanted.real.data, wanted.imaginary.data))).toBeLessThan(3e-6);
}

describe("rfft", () => {
  it.each(fixture.rfft)("of $fftLength samples is NumPy's", ({ fftLength, ...wanted }) => {
    expectParts(ops.rfft(x, { fftLength }), wanted);
  });
});

it("rfft of a long prime length is the definition", () => {
  const n = 50_021;
  const tone = Float32Array.from({ length: n }, (_, t) => Math.cos((2 * Math.PI * 1234 * t) / n) + (t % 2));
  const [real, imaginary] = ops.rfft(engine.tensor(tone));
  for (const k of [0, 1, 777, 1233, 1234, 1235, 25_010]) {
    let [re, im] = [0, 0];
    for (let t = 0; t < n; t++) {
      const angle = (2 * Math.PI * ((k * t) % n)) / n;
      re += tone[t]! * Math.cos(angle);
      im -= tone[t]! * Math.sin(angle);
    }
    expect(Math.hypot(real.data[k]! - re, imaginary.data[k]! - im)).toBeLessThan(1e-6 * n);
  }
});

describe("stft", () => {
  it.each(fixture.keras)("$options is Keras's", ({ options, ...wanted }) => {
    expectParts(ops.stft(x, options), wanted);
  });
});

describe("melFilterbank", () => {
  it.each(fixture.mel)("$scale of $bands bands is the recorded one", ({ bins, filters, ...options }) => {
    const got = ops.melFilterbank(engine, bins, options);
    expect(got.shape).toEqual(filters.shape);
    expect(distance(got.data, filters.data)).toBeLessThan(2e-5); // TensorFlow computes it in float32
  });
});

it("a tone has its power in the band of its frequency", () => {
  const rate = 8000;
  const tone = engine.tensor(
    Float32Array.from({ length: 2048 }, (_, t) => Math.sin((2 * Math.PI * 1000 * t) / rate)),
  );
  const power = ops.melSpectrogram(tone, {
    sequenceLength: 256,
    sequenceStride: 128,
    bands: 16,
    sampleRate: rate,
  });
  const middle = ops.argmax(power).data.slice(2, -2);
  const mel = (f: number): number => 1127 * Math.log(1 + f / 700);
  const band = Math.round(((mel(1000) - mel(20)) / (mel(4000) - mel(20))) * 17) - 1;
  expect(new Set(middle)).toEqual(new Set([band]));
});

it.each<[string, () => unknown, RegExp]>([
  ["a scalar", () => ops.rfft(engine.tensor(1)), /^rfft: x is a scalar/],
  ["no samples", () => ops.rfft(x, { fftLength: 0 }), /^rfft: fftLength is 0/],
  [
    "another window",
    () => ops.stft(x, { sequenceLength: 8, sequenceStride: 4, window: "kaiser" as never }),
    /window is "kaiser"; pass "hann"/,
  ],
  [
    "a window longer than the transform",
    () => ops.stft(x, { sequenceLength: 8, sequenceStride: 4, fftLength: 4 }),
    /fftLength is 4/,
  ],
  [
    "too few samples",
    () => ops.stft(x, { sequenceLength: 256, sequenceStride: 4 }),
    /takes 256 samples; pass a longer x/,
  ],
  ["a stride of 0", () => ops.stft(x, { sequenceLength: 8, sequenceStride: 0 }), /sequenceStride is 0/],
  [
    "frequencies above half the rate",
    () => ops.melFilterbank(engine, 9, { maxFrequency: 9000 }),
    /from 20 to 9000 Hz/,
  ],
  ["another scale", () => ops.melFilterbank(engine, 9, { scale: "bark" as never }), /scale is "bark"/],
])("refuses %s", (_, act, message) => {
  expect(act).toThrow(AnygradError);
  expect(act).toThrow(message);
});

describe("gradients", () => {
  /** Gradients of TensorFlow in float64, and slopes of NumPy's transform by finite differences (audioGradients.py). */
  interface Slopes {
    readonly options: ops.StftAttributes & ops.MelAttributes;
    readonly x: Recorded;
    readonly weights: readonly Recorded[];
    readonly dx: Recorded;
    readonly direction: Recorded;
    readonly slope: number;
  }
  const cases = readFixture<readonly Slopes[]>("ops/audioGradients");
  describe.each(["scalar", "simd"] as const)("%s", async (variant) => {
    const own = await createEngine({ threads: 1, variant });
    it.each(cases)("$options", ({ options, weights, dx, direction, slope, ...given }) => {
      const x = own.variable(given.x.data, given.x.shape);
      const compute = (): ReturnType<typeof ops.sum> => {
        const parts = options.bands ? [ops.melSpectrogram(x, options)] : ops.stft(x, options);
        return parts
          .map((part, i) => ops.sum(ops.multiply(part, own.tensor(weights[i]!.data, weights[i]!.shape))))
          .reduce((a, b) => ops.add(a, b));
      };
      const [gradient] = own.valueAndGrad(compute, [x]).gradients;
      expect(distance(gradient!.data, dx.data)).toBeLessThan(1e-5);
      const along = direction.data.reduce((sum, value, i) => sum + value * gradient!.data[i]!, 0);
      expect(Math.abs(along - slope)).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)));
    });
  });
});
