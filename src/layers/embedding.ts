/** Vectors for numbers of words or the like, and masks of steps. */

import type { ConstraintLike } from "../constraints/index.ts";
import { AnygradError } from "../errors.ts";
import { getInitializer, type Initializer, type InitializerLike } from "../initializers/index.ts";
import { checkCount, checkNumber } from "../math/checks.ts";
import { stepMask } from "../ops/embedding.ts";
import * as ops from "../ops/index.ts";
import { getRegularizer, type Regularizer, type RegularizerLike } from "../regularizers/index.ts";
import { formatShape } from "../tensor/shape.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions, LayerTraits } from "./layer.ts";
import { masks, noteMask } from "./masks.ts";

interface EmbeddingConfig {
  inputDim: number;
  outputDim: number;
  embeddingsInitializer: Initializer;
  embeddingsRegularizer: Regularizer | undefined;
  embeddingsConstraint: ConstraintLike | undefined;
  maskZero: boolean;
}

const embeddingDefinition: LayerDefinition<EmbeddingConfig> = {
  type: "embedding",
  keras: "Embedding",
  // numbers of words are no pixels: what a data set would scale stays as it is
  traits: ({ maskZero }): LayerTraits => ({ rescales: true, ...(maskZero && masks((x) => stepMask(x, 0))) }),
  outputShape: ([input], { outputDim }) => [...input!, outputDim],
  weights: (_, config) => [
    {
      name: "embeddings",
      shape: [config.inputDim, config.outputDim],
      initializer: config.embeddingsInitializer,
      regularizer: config.embeddingsRegularizer,
      constraint: config.embeddingsConstraint,
    },
  ],
  call([x], { config, weights, training, place }) {
    if (config.maskZero) noteMask(place);
    if (!training) checkIds(x.view, config.inputDim);
    return ops.embedding(x, weights.embeddings!);
  },
};

/** In training a number outside of the table makes the loss NaN, which ends it. @throws AnygradError INVALID_ARGUMENT */
function checkIds(ids: ArrayLike<number>, inputDim: number): void {
  for (let i = 0; i < ids.length; i++)
    if (!(ids[i]! >= 0 && ids[i]! < inputDim))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `embedding: ${ids[i]} is outside of its table, which has rows 0 to ${inputDim - 1}; raise inputDim, or leave out what it does not know`,
      );
}

/** Options of {@link embedding}. */
export interface EmbeddingOptions extends LayerOptions {
  /** How many different numbers there are: 0 to inputDim − 1. */
  inputDim: number;
  /** Length of the vectors. */
  outputDim: number;
  /** Default "randomUniform", from −0.05 to 0.05. */
  embeddingsInitializer?: InitializerLike;
  /** Penalty on the vectors. Default: none. */
  embeddingsRegularizer?: RegularizerLike;
  /** What holds the vectors within bounds after each step. Default: nothing. */
  embeddingsConstraint?: ConstraintLike;
  /** 0 stands for no word: recurrent layers behind pass over such steps. Default false. */
  maskZero?: boolean;
}

/**
 * A vector that is learned for each number, such as that of a word: [n, steps] gives [n, steps, outputDim].
 * @throws AnygradError INVALID_ARGUMENT
 */
export function embedding(options: EmbeddingOptions): Layer {
  const given = layerOptions(
    "embedding",
    options,
    "inputDim outputDim embeddingsInitializer embeddingsRegularizer embeddingsConstraint:string|object maskZero:boolean",
  );
  const { embeddingsInitializer, embeddingsRegularizer, embeddingsConstraint } = given;
  const config: EmbeddingConfig = {
    inputDim: checkCount("embedding: inputDim", given.inputDim),
    outputDim: checkCount("embedding: outputDim", given.outputDim),
    embeddingsInitializer: getInitializer(
      embeddingsInitializer ?? "randomUniform",
      "embedding: embeddingsInitializer",
    ),
    embeddingsRegularizer:
      embeddingsRegularizer && getRegularizer(embeddingsRegularizer, "embedding: embeddingsRegularizer"),
    embeddingsConstraint,
    maskZero: given.maskZero ?? false,
  };
  return createLayer(embeddingDefinition, config, given);
}

const maskingDefinition: LayerDefinition<{ maskValue: number }> = {
  type: "masking",
  keras: "Masking",
  traits: ({ maskValue }) => masks((x) => stepMask(x, maskValue)),
  outputShape([input]) {
    if (input && input.length > 1) return input;
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `masking: the input of an example is ${formatShape(input ?? [])}; wanted [steps, features]`,
    );
  },
  call([x], { config, place }) {
    noteMask(place);
    const mask = stepMask(x, config.maskValue);
    return ops.multiply(x, ops.reshape(mask, [...mask.shape, ...x.shape.slice(2).map(() => 1)]));
  },
};

/** Passes over the steps whose numbers are all `maskValue`, default 0, in the recurrent layers behind; they become zeros. */
export function masking(options?: LayerOptions & { maskValue?: number }): Layer {
  const { maskValue = 0, ...shared } = layerOptions("masking", options, "maskValue");
  return createLayer(maskingDefinition, { maskValue: checkNumber("masking: maskValue", maskValue) }, shared);
}
