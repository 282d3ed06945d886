/**
 * The names that no definition of users may have: those of the package's own. Texts, since the lists themselves bring all kinds into a
 * page; test/definitions/names.test.ts compares them.
 */
const words = (text: string): readonly string[] => text.split(" ");

/** Those of layers. */
export const layerNames: readonly string[] = words(
  "activation activityRegularization add additiveAttention attention average averagePooling1d averagePooling2d batchNormalization bidirectional categoryEncoding centerCrop concatenate conv1d conv2d conv2dTranspose cropping1d cropping2d dense depthwiseConv1d depthwiseConv2d discretization dot dropout elu embedding flatten gaussianDropout gaussianNoise gelu globalAveragePooling1d globalAveragePooling2d globalMaxPooling1d globalMaxPooling2d groupNormalization gru hardSigmoid hardSwish lambda layerNormalization leakyRelu logSoftmax lstm masking maximum maxPooling1d maxPooling2d minimum mish multiHeadAttention multiply normalization operation permute prelu relu relu6 repeatVector rescaling reshape resizing rmsNormalization selu separableConv1d separableConv2d sequenceRows sigmoid silu simpleRNN softmax softplus softsign spatialDropout1d spatialDropout2d subtract tanh timeDistributed unitNormalization upSampling1d upSampling2d zeroPadding1d zeroPadding2d",
);
/** Those of losses. */
export const lossNames: readonly string[] = words(
  "bce binaryCrossentropy binaryFocalCrossentropy categoricalCrossentropy categoricalFocalCrossentropy categoricalHinge contrastive cosineSimilarity ctc dice hinge huber klDivergence kld logCosh mae mape meanAbsoluteError meanAbsolutePercentageError meanSquaredError meanSquaredLogarithmicError mse msle poisson sparseCategoricalCrossentropy squaredHinge triplet tripletHard tripletSemiHard tversky",
);
/** Those of metrics. */
export const metricNames: readonly string[] = words(
  "acc accuracy auc binaryAccuracy binaryIoU categoricalAccuracy confusionMatrix cosineSimilarity f1 f1Score iou mae mape mean meanAbsoluteError meanAbsolutePercentageError meanIoU meanSquaredError mse oneHotIoU oneHotMeanIoU prAuc precision precisionAtRecall r2 r2Score recall recallAtPrecision rmse rootMeanSquaredError sensitivityAtSpecificity sparseCategoricalAccuracy sparseTopKCategoricalAccuracy specificity specificityAtSensitivity topK topKCategoricalAccuracy",
);
