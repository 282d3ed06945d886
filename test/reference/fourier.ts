/** Fourier transforms by their definition, in float64. */
import { type Array64, array64 } from "./array64.ts";

/** Which part of a spectrum: its cosines or, with a minus, its sines. */
export type Part = 0 | 1;

const turn = (part: Part, k: number, t: number, n: number): number => {
  const angle = (2 * Math.PI * ((k * t) % n)) / n;
  return part === 0 ? Math.cos(angle) : -Math.sin(angle);
};

/** A part of the transform of the last axis, whose first n numbers it takes, or zeros behind it. */
export function rfft({ shape, data }: Array64, part: Part, n: number): Array64 {
  const samples = shape.at(-1)!;
  const bins = Math.floor(n / 2) + 1;
  const rows = data.length / samples;
  const values = Array.from({ length: rows * bins }, (_, i) => {
    const [row, k] = [Math.floor(i / bins), i % bins];
    let sum = 0;
    for (let t = 0; t < Math.min(n, samples); t++) sum += data[row * samples + t]! * turn(part, k, t, n);
    return sum;
  });
  return array64([...shape.slice(0, -1), bins], values);
}

export function rfftBackward(dy: Array64, { shape, data }: Array64, part: Part, n: number): Array64 {
  const samples = shape.at(-1)!;
  const bins = Math.floor(n / 2) + 1;
  const values = Array.from(data, (_, i) => {
    const [row, t] = [Math.floor(i / samples), i % samples];
    let sum = 0;
    if (t < n) for (let k = 0; k < bins; k++) sum += dy.data[row * bins + k]! * turn(part, k, t, n);
    return sum;
  });
  return array64(shape, values);
}

/** Windows of a row of samples that is mirrored beyond its ends: each times a Hann window of `length` amid n numbers. */
function windowed({ shape, data }: Array64, length: number, stride: number, n: number): Array64 {
  const samples = shape.at(-1)!;
  const rows = data.length / samples;
  const border = Math.floor(n / 2);
  const count = 1 + Math.floor((samples + 2 * border - n) / stride);
  const first = Math.floor((n - length) / 2);
  const values = Array.from({ length: rows * count * n }, (_, i) => {
    const [row, frame, t] = [Math.floor(i / (count * n)), Math.floor(i / n) % count, i % n];
    let at = Math.abs(frame * stride + t - border);
    if (at >= samples) at = 2 * samples - 2 - at;
    const within = t >= first && t < first + length;
    return within ? data[row * samples + at]! * Math.sin((Math.PI * (t - first)) / length) ** 2 : 0;
  });
  return array64([...shape.slice(0, -1), count, n], values);
}

export function stft(x: Array64, part: Part, length: number, stride: number, n: number): Array64 {
  return rfft(windowed(x, length, stride, n), part, n);
}

/** The filters by the formula of the HTK book, [bins, bands]. */
export function melFilters(bins: number, bands: number, rate: number, from: number, to: number): Array64 {
  const mel = (f: number): number => 2595 * Math.log10(1 + f / 700);
  const edge = (i: number): number => mel(from) + ((mel(to) - mel(from)) * i) / (bands + 1);
  const values = Array.from({ length: bins * bands }, (_, i) => {
    const [bin, band] = [Math.floor(i / bands), i % bands];
    const at = mel((bin * rate) / 2 / (bins - 1));
    const width = edge(1) - edge(0);
    return bin === 0 ? 0 : Math.max(0, 1 - Math.abs(at - edge(band + 1)) / width);
  });
  return array64([bins, bands], values);
}

export function melSpectrogram(
  x: Array64,
  length: number,
  stride: number,
  bands: number,
  rate: number,
): Array64 {
  const [real, imaginary] = [stft(x, 0, length, stride, length), stft(x, 1, length, stride, length)];
  const bins = real.shape.at(-1)!;
  const filters = melFilters(bins, bands, rate, 20, rate / 2);
  const rows = real.data.length / bins;
  const values = Array.from({ length: rows * bands }, (_, i) => {
    const [row, band] = [Math.floor(i / bands), i % bands];
    let sum = 0;
    for (let k = 0; k < bins; k++) {
      const power = real.data[row * bins + k]! ** 2 + imaginary.data[row * bins + k]! ** 2;
      sum += power * filters.data[k * bands + band]!;
    }
    return sum;
  });
  return array64([...real.shape.slice(0, -1), bands], values);
}
