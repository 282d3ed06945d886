/** Networks of dense layers. Images are flattened first, so that any input shape will do. */
import { AnygradError } from "../errors.ts";
import { partsOf } from "./parts.ts";
import type { HiddenActivation, NetworkOptions, Preset } from "./preset.ts";

interface Hidden {
  readonly units: number;
  /** Dropout rate behind the layer. */
  readonly dropout?: number;
}

/** Hidden layers with dropout behind some of them, then the classes. */
export function mlp(
  hidden: readonly Hidden[],
  activation: HiddenActivation,
  output: "softmax" | "sigmoid" = "softmax",
): Preset["network"] {
  const hasDropout = hidden.some((layer) => layer.dropout !== undefined);
  return (options = {}) => {
    const parts = partsOf(options, activation);
    return [
      parts.flatten(),
      ...hidden.flatMap(({ units, dropout }) => [
        parts.hidden(units),
        ...(hasDropout && dropout === undefined ? [] : parts.dropout(dropout ?? 0)),
      ]),
      ...parts.output(output),
    ];
  };
}

/** Softmax regression: one dense layer. */
export function softmaxRegression(options: NetworkOptions = {}): ReturnType<Preset["network"]> {
  for (const option of ["activation", "dropout"] as const)
    if (options[option] !== undefined)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `softmax: it has no hidden layer for ${option} ${options[option]}; leave it out, or train mlp-64`,
      );
  const parts = partsOf(options, "relu");
  return [parts.flatten(), ...parts.output("softmax")];
}
