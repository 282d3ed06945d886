/** The layers that the editor offers: what a new one is, and which of its options are shown. */
import type { LayerSpec } from "../recipe/experiment.ts";

/** How an option is edited. */
export type Control =
  | { readonly kind: "number"; readonly least: number; readonly most: number; readonly step?: number }
  | { readonly kind: "choice"; readonly of: readonly string[] };

export interface LayerKind {
  readonly type: string;
  readonly config: LayerSpec["config"];
  readonly controls: Readonly<Record<string, Control>>;
}

const activations = ["relu", "tanh", "sigmoid", "gelu", "silu", "linear", "softmax"];
const activation: Control = { kind: "choice", of: activations };
const size = (most: number): Control => ({ kind: "number", least: 1, most });
const padding: Control = { kind: "choice", of: ["same", "valid"] };

export const layerKinds: readonly LayerKind[] = [
  {
    type: "dense",
    config: { units: 32, activation: "relu" },
    controls: { units: size(1024), activation },
  },
  {
    type: "conv2d",
    config: { filters: 16, kernelSize: 3, padding: "same", activation: "relu" },
    controls: { filters: size(256), kernelSize: size(11), strides: size(4), padding, activation },
  },
  {
    type: "depthwiseConv2d",
    config: { kernelSize: 3, padding: "same", activation: "relu" },
    controls: { kernelSize: size(11), padding, activation },
  },
  { type: "maxPooling2d", config: { poolSize: 2 }, controls: { poolSize: size(8) } },
  { type: "averagePooling2d", config: { poolSize: 2 }, controls: { poolSize: size(8) } },
  { type: "globalAveragePooling2d", config: {}, controls: {} },
  { type: "flatten", config: {}, controls: {} },
  {
    type: "dropout",
    config: { rate: 0.3 },
    controls: { rate: { kind: "number", least: 0, most: 0.95, step: 0.05 } },
  },
  { type: "batchNormalization", config: {}, controls: {} },
  { type: "layerNormalization", config: {}, controls: {} },
  { type: "activation", config: { activation: "relu" }, controls: { activation } },
];

export function kindOf(type: string): LayerKind | undefined {
  return layerKinds.find((kind) => kind.type === type);
}

/** An option as the editor shows it: kernels, strides and pools are squares there, and pairs in a file. */
export function optionOf({ config }: LayerSpec, name: string): string | number {
  const value = config[name] ?? (name === "strides" ? 1 : "");
  return (Array.isArray(value) ? value[0] : value) as string | number;
}

export function withOption(layer: LayerSpec, name: string, value: string | number): LayerSpec {
  const { strides: _, ...others } = layer.config;
  // a pool's strides are its size unless they are told
  const config = name === "poolSize" ? others : layer.config;
  return { ...layer, config: { ...config, [name]: value } };
}

/** The layers with an output of so many classes, or numbers; the user's own ending stays where it is none of ours. */
export function endingIn(layers: readonly LayerSpec[], units: number, isRegression: boolean): LayerSpec[] {
  const place = layers.findLastIndex(({ type }) => type === "dense");
  return layers.map((layer, i) => {
    if (i !== place) return layer;
    const { activation } = layer.config;
    const own = isRegression
      ? "linear"
      : activation === "linear" && place === layers.length - 1
        ? "softmax"
        : activation;
    return { ...layer, config: { ...layer.config, units, activation: own } };
  });
}
