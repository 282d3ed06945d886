/** Mel filters: the frequencies of a spectrum in bands as wide as an ear tells them apart. */

import type { Engine } from "../autograd/engine.ts";
import { checkTensors } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import { checkCount, checkPositive } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { exp, log } from "../math/transcendental.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";
import { add } from "./arithmetic.ts";
import { type StftAttributes, stft, stftNames } from "./fourier.ts";
import { matmul } from "./matmul.ts";
import { square } from "./unary.ts";

/**
 * How hertz become mel. "htk": 1127 ln(1 + f / 700), as in the Hidden Markov Model Toolkit and in TensorFlow. "slaney": linear up to
 * 1000 Hz and logarithmic above, as in Slaney's Auditory Toolbox and in librosa, whose triangles are straight over Hz.
 */
export type MelScale = "htk" | "slaney";

/** Options of `ops.melFilterbank`. */
export interface MelAttributes {
  /** Bands. Default 128. */
  bands?: number;
  /** Samples a second of the sound. Default 16,000. */
  sampleRate?: number;
  /** Where the first band begins, in Hz. Default 20. */
  minFrequency?: number;
  /** Where the last band ends, in Hz. Default: half the sample rate. */
  maxFrequency?: number;
  /** Default "htk". */
  scale?: MelScale;
}

export const melNames = "bands:number sampleRate:number minFrequency:number maxFrequency:number scale";

/** "slaney" in figures: Hz of a mel below `corner`, and the mels in which a frequency grows by e above it, 27 / ln 6.4. */
const slaney = { width: 200 / 3, corner: 1000, perE: 14.545078505785561 };

/** A scale: mels of a frequency, and the axis over which its triangles have straight sides. */
interface Scale {
  mel(frequency: number): number;
  /** The place of a frequency on that axis. */
  place(frequency: number): number;
  /** The place of a mel. */
  placeOf(mel: number): number;
}

const htk = (frequency: number): number => 1127 * log(1 + frequency / 700);
const corner = 15; // mels of slaney.corner

const scales: Readonly<Record<MelScale, Scale>> = {
  htk: { mel: htk, place: htk, placeOf: (mel) => mel },
  slaney: {
    mel: (frequency) =>
      frequency < slaney.corner
        ? frequency / slaney.width
        : corner + slaney.perE * log(frequency / slaney.corner),
    place: (frequency) => frequency,
    placeOf: (mel) => (mel < corner ? mel * slaney.width : slaney.corner * exp((mel - corner) / slaney.perE)),
  },
};

function filterbank(name: string, allocator: TensorAllocator, bins: number, given: MelAttributes): Tensor {
  const {
    bands = 128,
    sampleRate = 16_000,
    minFrequency = 20,
    maxFrequency = sampleRate / 2,
    scale = "htk",
  } = given;
  checkCount(`${name}: bands`, bands);
  checkCount(`${name}: bins`, bins, 2);
  checkPositive(`${name}: sampleRate`, sampleRate);
  if (!(minFrequency >= 0 && minFrequency < maxFrequency && maxFrequency <= sampleRate / 2))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${name}: frequencies go from ${minFrequency} to ${maxFrequency} Hz; pass numbers from 0 to ${sampleRate / 2}, half the sample rate, the lower one first`,
    );
  if (!Object.hasOwn(scales, scale))
    throw new AnygradError("INVALID_ARGUMENT", `${name}: scale is ${quote(scale)}; pass "htk" or "slaney"`);
  const { mel, place, placeOf } = scales[scale];
  const [low, high] = [mel(minFrequency), mel(maxFrequency)];
  const edge = (i: number): number => placeOf(low + ((high - low) * i) / (bands + 1));
  const filters = allocator.allocate([bins, bands]);
  const values = new Float32Array(bins * bands);
  // the constant, bin 0, is in no band
  for (let bin = 1; bin < bins; bin++) {
    const at = place((bin * sampleRate) / (2 * (bins - 1)));
    for (let band = 0; band < bands; band++) {
      const rise = (at - edge(band)) / (edge(band + 1) - edge(band));
      const fall = (edge(band + 2) - at) / (edge(band + 2) - edge(band + 1));
      values[bin * bands + band] = Math.max(0, Math.min(rise, fall));
    }
  }
  filters.view.set(values);
  return filters;
}

/**
 * The matrix that makes mel bands of a spectrum's frequencies: triangles, with "htk" over the mel scale, each from the middle of the band below
 * to that of the band above, of height 1 (tf.signal.linear_to_mel_weight_matrix).
 * @param bins frequencies of the spectrum, from 0 to half the sample rate: ⌊fftLength / 2⌋ + 1
 * @returns [bins, bands]
 * @throws AnygradError INVALID_ARGUMENT for a bad option
 */
export function melFilterbank(engine: Engine, bins: number, options?: MelAttributes): Tensor {
  const given = strictOptions("melFilterbank", options, melNames);
  if (!engine?.allocator)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `melFilterbank: engine is ${quote(engine)}; pass what await createEngine() gives`,
    );
  return filterbank("melFilterbank", engine.allocator, bins, given);
}

/**
 * The power of sound in mel bands: the squares of a short-time Fourier transform, times mel filters. For a network take the logarithm
 * of it and a small number. It has gradients.
 * @param x [..., samples]
 * @returns [..., windows, bands]
 * @throws AnygradError SHAPE_MISMATCH where there are fewer samples than a transform takes, INVALID_ARGUMENT for a bad option
 */
export function melSpectrogram(x: Tensor, options: StftAttributes & MelAttributes): Tensor {
  checkTensors("melSpectrogram", x);
  const { bands, sampleRate, minFrequency, maxFrequency, scale, ...windows } = strictOptions(
    "melSpectrogram",
    options,
    `${stftNames} ${melNames}`,
  );
  const [real, imaginary] = stft(x, windows);
  const mel: MelAttributes = Object.fromEntries(
    Object.entries({ bands, sampleRate, minFrequency, maxFrequency, scale }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const filters = filterbank("melSpectrogram", x.allocator, real.shape.at(-1)!, mel);
  const power = add(square(real), square(imaginary));
  return matmul(power, filters);
}
