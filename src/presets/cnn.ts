/** Networks of convolutions, each followed by 2 × 2 pooling, then a dense layer and the classes. */
import { type Layer, layers } from "../layers/index.ts";
import { partsOf } from "./parts.ts";
import type { NetworkOptions, Preset } from "./preset.ts";

interface Convolutions {
  readonly filters: readonly number[];
  /** One for each convolution. */
  readonly kernelSizes: readonly number[];
  readonly padding: "valid" | "same";
  /** Units of the dense layer. */
  readonly units: number;
  /** Dropout rate after each pooling and after the dense layer. */
  readonly dropout?: number;
}

/** convolution, activation, pooling; …; dense, activation; dense, softmax. */
export function cnn({ filters, kernelSizes, padding, units, dropout }: Convolutions): Preset["network"] {
  return (options = {}) => {
    const parts = partsOf(options, "relu");
    return [
      ...parts.picture(),
      ...filters.flatMap((count, i) => [
        parts.convolution(count, kernelSizes[i]!, padding),
        ...parts.pool(),
        ...(dropout === undefined ? [] : parts.dropout(dropout)),
      ]),
      parts.flatten(),
      parts.hidden(units),
      ...parts.dropout(dropout ?? 0),
      ...parts.output("softmax"),
    ];
  };
}

/** `cnn-relu` with batch normalisation before every activation, the softmax included. */
export function normalizedCnn(options: NetworkOptions = {}): Layer[] {
  const parts = partsOf(options, "sigmoid");
  const normalized = (): Layer[] => [
    layers.batchNormalization(),
    layers.activation({ activation: parts.activation }),
  ];
  return [
    ...parts.picture(),
    parts.convolution(32, 3, "same", "linear"),
    ...normalized(),
    ...parts.pool(),
    parts.convolution(64, 5, "same", "linear"),
    ...normalized(),
    ...parts.pool(),
    parts.flatten(),
    parts.linear(128),
    ...normalized(),
    ...parts.dropout(0),
    ...parts.output("softmax", () => [layers.batchNormalization()]),
  ];
}
