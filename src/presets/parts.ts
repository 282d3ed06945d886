/** The layers that presets are put together from, with the user's init, penalty, activation and dropout in them. */
import { type Initializer, initializers } from "../initializers/index.ts";
import { type Layer, layers } from "../layers/index.ts";
import { regularizers } from "../regularizers/index.ts";
import { type HiddenActivation, type KernelInit, type NetworkOptions, usualShape } from "./preset.ts";

const inits: Readonly<Record<KernelInit, () => Initializer>> = {
  gaussian: () => initializers.randomNormal({ stddev: 0.05 }),
  glorot: () => initializers.glorotUniform(),
  he: () => initializers.heNormal(),
};

/** The layers of one network. */
export interface Parts {
  /** The activation of hidden layers. */
  readonly activation: HiddenActivation;
  /** A dense layer with the hidden activation. */
  hidden(units: number): Layer;
  /** A dense layer without the hidden activation, whose units the network does not take from its data. */
  linear(units: number): Layer;
  /**
   * The end of the network: a dense layer with a unit a class and the activation, or a linear one with a unit a number that
   * is predicted.
   * @param before layers between the dense layer and the activation, where classes are told apart
   */
  output(activation: "softmax" | "sigmoid", before?: () => Layer[]): Layer[];
  /** What gives the input the shape `[height, width, channels]`; nothing where it has it. */
  picture(): Layer[];
  /** "valid" becomes "same" where the kernel is larger than what reaches it of the picture. */
  convolution(
    filters: number,
    kernelSize: number | readonly [number, number],
    padding: "valid" | "same",
    activation?: HiddenActivation | "linear",
    useBias?: boolean,
    strides?: 1 | 2,
  ): Layer;
  /** 2 × 2, the largest; nothing where fewer than 2 rows or columns are left. */
  pool(): Layer[];
  flatten(): Layer;
  /** A dropout layer of the rate, or of the one that the user asked for; none for 0. */
  dropout(rate: number): Layer[];
}

/**
 * Convolutions and poolings are asked for in their order: each is fitted to what those before it leave of the picture.
 *
 * @param ownActivation the preset's, where the user asks for none
 */
export function partsOf(options: NetworkOptions, ownActivation: HiddenActivation): Parts {
  const { activation = ownActivation, init = "glorot", l1 = 0, l2 = 0, classes = 10, outputs } = options;
  const { inputShape = usualShape } = options;
  let [height = 1, width = 1] = inputShape;
  const kernel = {
    kernelInitializer: inits[init](),
    ...((l1 > 0 || l2 > 0) && { kernelRegularizer: regularizers.l1l2({ l1, l2 }) }),
  };
  return {
    activation,
    hidden: (units) => layers.dense({ units, activation, ...kernel }),
    linear: (units) => layers.dense({ units, activation: "linear", ...kernel }),
    output(last, before) {
      const dense = (units: number, own: "linear" | typeof last): Layer =>
        layers.dense({ units, activation: own, ...kernel });
      if (outputs !== undefined) return [dense(outputs, "linear")];
      if (!before) return [dense(classes, last)];
      return [dense(classes, "linear"), ...before(), layers.activation({ activation: last })];
    },
    picture: () => (inputShape.length === 2 ? [layers.reshape({ targetShape: [...inputShape, 1] })] : []),
    convolution(filters, kernelSize, wanted, own = activation, useBias = true, strides = 1) {
      const [kh, kw] = typeof kernelSize === "number" ? [kernelSize, kernelSize] : kernelSize;
      const padding = height < kh || width < kw ? "same" : wanted;
      if (padding === "valid") [height, width] = [height - kh + 1, width - kw + 1];
      [height, width] = [Math.ceil(height / strides), Math.ceil(width / strides)];
      return layers.conv2d({ filters, kernelSize, padding, activation: own, useBias, strides, ...kernel });
    },
    pool() {
      if (Math.min(height, width) < 2) return [];
      [height, width] = [Math.floor(height / 2), Math.floor(width / 2)];
      return [layers.maxPooling2d({ poolSize: 2 })];
    },
    flatten: () => layers.flatten(),
    dropout(own) {
      const rate = options.dropout ?? own;
      return rate > 0 ? [layers.dropout({ rate })] : [];
    },
  };
}
