import { misfit, show, type View } from "../view.ts";
import { gridOf, type ImageGridOptions, type Images } from "./imageGrid.ts";

/** The weights of a layer, as `net.getWeights()` gives them. */
export interface Weights {
  /** The numbers, row-major. */
  readonly data: ArrayLike<number>;
  /** `[height, width, channels, filters]` of a convolution; `[inputs, units]` of a dense layer, with `imageShape`. */
  readonly shape: readonly number[];
  /** What the inputs of a dense layer are: `[height, width]` or `[height, width, channels]`. */
  readonly imageShape?: readonly number[];
}

/**
 * The filters of a convolution, or the weights that lead from pictures to each unit of a dense layer.
 *
 * Those over three channels are shown in their colours; of others the first channel, negative weights in one colour and positive ones
 * in another.
 *
 * @throws AnygradError INVALID_ARGUMENT
 *
 * @example
 * ```js
 * import { filters } from "anygrad/vis";
 *
 * const weights = new Float32Array(3 * 3 * 1 * 8).map((_, i) => (i % 7) - 3);
 * const view = filters(document.body, { data: weights, shape: [3, 3, 1, 8] });
 * console.log(view.element.querySelectorAll("canvas").length); // 8
 * ```
 */
export function filters(parent: Element, weights: Weights, options: ImageGridOptions = {}): View<Weights> {
  return show(
    parent,
    weights,
    options,
    gridOf("filters", options, ({ data, shape, imageShape }: Weights) => {
      if (shape?.length === 4) return picturesOf("filters", data, shape);
      if (shape?.length !== 2 || !imageShape)
        throw misfit(
          "filters",
          `weights of shape [${shape}] are no filters; pass [height, width, channels, filters], or [inputs, units] with imageShape`,
        );
      return picturesOf("filters", data, [imageShape[0]!, imageShape[1]!, imageShape[2] ?? 1, shape[1]!]);
    }),
  );
}

/** What a layer makes of one example. */
export interface FeatureMaps {
  /** The numbers, row-major. */
  readonly data: ArrayLike<number>;
  /** `[height, width, channels]`. */
  readonly shape: readonly number[];
}

/**
 * What a convolution makes of one picture, a map a channel.
 *
 * @throws AnygradError INVALID_ARGUMENT
 *
 * @example
 * ```js
 * import { featureMaps } from "anygrad/vis";
 *
 * const data = new Float32Array(4 * 4 * 3).map((_, i) => i % 3);
 * const view = featureMaps(document.body, { data, shape: [4, 4, 3] });
 * console.log(view.element.querySelectorAll("canvas").length); // 3
 * ```
 */
export function featureMaps(
  parent: Element,
  maps: FeatureMaps,
  options: ImageGridOptions = {},
): View<FeatureMaps> {
  return show(
    parent,
    maps,
    options,
    gridOf("featureMaps", options, ({ data, shape: [height = 0, width = 0, maps = 0] }: FeatureMaps) =>
      picturesOf("featureMaps", data, [height, width, 1, maps]),
    ),
  );
}

/** Numbers of `[height, width, channels, count]` as `count` pictures: of three channels in colour, else of the first. */
function picturesOf(
  name: string,
  data: ArrayLike<number>,
  shape: readonly number[],
): Images & { isSigned: boolean } {
  const [height = 0, width = 0, channels = 0, count = 0] = shape;
  if (!(height * width * channels * count === data?.length))
    throw misfit(
      name,
      `${data?.length} numbers are not of the shape [${shape}]; pass the shape that they have`,
    );
  const kept = channels === 3 ? 3 : 1;
  const turned = new Float32Array(count * height * width * kept);
  for (let i = 0; i < count; i++)
    for (let pixel = 0; pixel < height * width; pixel++)
      for (let channel = 0; channel < kept; channel++)
        turned[(i * height * width + pixel) * kept + channel] =
          data[(pixel * channels + channel) * count + i]!;
  return { data: turned, shape: [count, height, width, kept], isSigned: name === "filters" };
}
