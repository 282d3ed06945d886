/** Every name of Keras 3 for what we have, as it is spelled in Python, in TensorFlow.js and in JSON: it is ours, or the error names ours. */
import { describe, expect, it } from "vitest";
import {
  callbacks,
  constraints,
  createEngine,
  initializers,
  layers,
  losses,
  metrics,
  optimizers,
  regularizers,
  schedules,
  sequential,
} from "../../src/index.ts";
import { activationNames } from "../../src/layers/activation.ts";
import { meantBy } from "../../src/math/options.ts";
import { failure } from "../data/failure.ts";

const engine = await createEngine({ threads: 1 });
const compiled =
  (options: object, layer: object = {}) =>
  async () => {
    const net = sequential([layers.dense({ units: 1, ...layer })], { inputShape: [2], seed: 1 });
    await net.compile({ loss: "meanSquaredError", engine, ...options });
  };
const dense = (options: object) => () => layers.dense({ units: 1, ...options });

interface Kind {
  /** Our names. */
  readonly names: readonly string[];
  /** Keras's names of what we have; behind a colon ours, where it differs by more than its spelling. */
  readonly keras: string;
  /** Keras's names of what we have not. */
  readonly absent: string;
  /** What takes such a name as a text. */
  readonly taken?: (name: string) => () => unknown;
}

const kinds: Readonly<Record<string, Kind>> = {
  layers: {
    names: Object.keys(layers),
    keras:
      "Activation ActivityRegularization Add AdditiveAttention Attention Average AveragePooling1D AveragePooling2D BatchNormalization Bidirectional CategoryEncoding CenterCrop Concatenate Conv1D Conv2D Conv2DTranspose Cropping1D Cropping2D Dense DepthwiseConv1D DepthwiseConv2D Discretization Dot Dropout ELU Embedding Flatten GRU GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D GroupNormalization LSTM Lambda LayerNormalization LeakyReLU Masking MaxPooling1D MaxPooling2D Maximum Minimum MultiHeadAttention Multiply Normalization PReLU Permute RMSNormalization ReLU RepeatVector Rescaling Reshape Resizing SeparableConv1D SeparableConv2D SimpleRNN Softmax SpatialDropout1D SpatialDropout2D Subtract TimeDistributed UnitNormalization UpSampling1D UpSampling2D ZeroPadding1D ZeroPadding2D",
    absent:
      "AlphaDropout Conv3D ConvLSTM2D EinsumDense GRUCell Hashing Identity LSTMCell MelSpectrogram RandomFlip RandomRotation SpectralNormalization StringLookup TextVectorization UpSampling3D",
  },
  losses: {
    names: Object.keys(losses),
    keras:
      "BinaryCrossentropy BinaryFocalCrossentropy CTC CategoricalCrossentropy CategoricalFocalCrossentropy CategoricalHinge CosineSimilarity Dice Hinge Huber KLDivergence LogCosh MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError Poisson SparseCategoricalCrossentropy SquaredHinge Tversky MSE MAE MAPE MSLE BCE KLD",
    absent: "CategoricalGeneralizedCrossEntropy Circle",
    taken: (loss) => compiled({ loss }),
  },
  metrics: {
    names: Object.keys(metrics),
    keras:
      "AUC Accuracy BinaryAccuracy BinaryIoU CategoricalAccuracy CosineSimilarity F1Score IoU MeanAbsoluteError MeanAbsolutePercentageError MeanIoU MeanSquaredError OneHotIoU OneHotMeanIoU Precision PrecisionAtRecall R2Score Recall RecallAtPrecision RootMeanSquaredError SensitivityAtSpecificity SparseCategoricalAccuracy SparseTopKCategoricalAccuracy SpecificityAtSensitivity TopKCategoricalAccuracy acc MSE MAE",
    absent: "FalseNegatives FalsePositives PearsonCorrelation Sum TrueNegatives TruePositives",
    taken: (metric) => compiled({ metrics: [metric] }),
  },
  optimizers: {
    names: Object.keys(optimizers),
    keras: "Adadelta Adagrad Adam AdamW Adamax Lion Nadam RMSprop SGD",
    absent: "Adafactor Ftrl Lamb LossScaleOptimizer Muon",
    taken: (optimizer) => compiled({ optimizer }),
  },
  schedules: {
    names: Object.keys(schedules),
    keras:
      "CosineDecay:cosine CosineDecayRestarts:cosineRestarts ExponentialDecay:exponential InverseTimeDecay:inverseTime PiecewiseConstantDecay:piecewiseConstant PolynomialDecay:polynomial",
    absent: "",
  },
  initializers: {
    names: Object.keys(initializers),
    keras:
      "Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity LecunNormal LecunUniform Ones Orthogonal RandomNormal RandomUniform TruncatedNormal VarianceScaling Zeros",
    absent: "STFT",
    taken: (kernelInitializer) => dense({ kernelInitializer }),
  },
  regularizers: {
    names: Object.keys(regularizers),
    keras: "L1 L1L2 L2",
    absent: "OrthogonalRegularizer",
    taken: (kernelRegularizer) => dense({ kernelRegularizer }),
  },
  constraints: {
    names: Object.keys(constraints),
    keras: "MaxNorm MinMaxNorm NonNeg UnitNorm",
    absent: "",
    taken: (kernelConstraint) => compiled({}, { kernelConstraint }), // found when the layer is built
  },
  activations: {
    names: activationNames,
    keras:
      "elu gelu hard_sigmoid leaky_relu linear log_softmax mish relu relu6 selu sigmoid silu softmax softplus softsign tanh",
    absent: "celu glu hard_shrink soft_shrink sparsemax squareplus tanh_shrink threshold",
    taken: (activation) => dense({ activation }),
  },
  callbacks: {
    names: Object.keys(callbacks),
    keras:
      "CSVLogger EarlyStopping LearningRateScheduler:learningRateSchedule ModelCheckpoint ProgbarLogger:progress ReduceLROnPlateau:reduceLearningRateOnPlateau TerminateOnNaN",
    absent: "BackupAndRestore History LambdaCallback RemoteMonitor SwapEMAWeights TensorBoard",
  },
};

const words = (text: string): string[] => text.split(" ").filter((word) => word !== "");

/** As in Python's modules, with a small letter as in TensorFlow.js, and as texts of Keras are. */
const spellings = (name: string): string[] => [
  name,
  name[0]!.toLowerCase() + name.slice(1),
  name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase(),
];

describe.each(Object.entries(kinds))("Keras's names of %s", (_, { names, keras, absent, taken }) => {
  it("are ours, or lead to ours", async () => {
    const wrong: string[] = [];
    for (const [name, other] of words(keras).map((word) => word.split(":") as [string, string?])) {
      const plain = (text: string): string => text.toLowerCase().replace(/_/g, "");
      const ours = other ?? names.find((each) => plain(each) === plain(name));
      for (const spelling of spellings(name).filter((each) => !names.includes(each))) {
        if (ours === undefined || meantBy(spelling, names) !== ours) wrong.push(spelling);
        else if (taken)
          expect(await failure(taken(spelling), "INVALID_ARGUMENT")).toContain(`did you mean ${ours}?`);
      }
      if (ours !== undefined) await taken?.(ours)();
    }
    expect(wrong).toEqual([]);
  });

  it("are refused where we have none, with the names that there are", async () => {
    for (const name of words(absent)) {
      expect(names).not.toContain(name[0]!.toLowerCase() + name.slice(1));
      if (!taken) continue;
      const message = await failure(taken(name), "INVALID_ARGUMENT");
      expect(message).toMatch(/is unknown.*There are /);
      expect(message.length).toBeLessThanOrEqual(500);
    }
  });
});
