/** What the library registers and no table has a line for. Without this a new layer would be untested in silence. */
import { constraints } from "../../src/constraints/index.ts";
import { activationNames } from "../../src/layers/activation.ts";
import { layers } from "../../src/layers/index.ts";
import { losses } from "../../src/losses/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { regularizers } from "../../src/regularizers/index.ts";
import { activations, constraintLines, layerLines, regularizerLines } from "./networks/layers.ts";
import { lossLines, optimizerLines } from "./networks/training.ts";
import { names as opNames } from "./onnx/called.ts";
import { operators } from "./onnx/operators.ts";

type Lines = Readonly<Record<string, unknown>>;

const tables: readonly { file: string; kinds: Lines; lines: Lines }[] = [
  { file: "networks/layers.ts: layerLines", kinds: layers, lines: layerLines },
  {
    file: "networks/layers.ts: activations",
    // Keras 3 has no hardSigmoid2, the hard sigmoid of Keras 2: test/io/keras/models.test.ts holds it to that
    kinds: Object.fromEntries(
      activationNames.flatMap((name) => (name === "hardSigmoid2" ? [] : [[name, name]])),
    ),
    lines: activations,
  },
  { file: "networks/layers.ts: regularizerLines", kinds: regularizers, lines: regularizerLines },
  { file: "networks/layers.ts: constraintLines", kinds: constraints, lines: constraintLines },
  { file: "networks/training.ts: lossLines", kinds: losses, lines: lossLines },
  { file: "networks/training.ts: optimizerLines", kinds: optimizers, lines: optimizerLines },
];

/**
 * Ops that no operator of ONNX needs, and the kind whose networks try them; a text that begins with "none" says why nothing
 * here does.
 */
export const elsewhere: Readonly<Record<string, string>> = {
  augmentImages: "none: neither library has it; test/augmentation holds it to a twin in float64",
  argsort: "none: ONNX has no operator of it; test/cases holds it to a twin in float64",
  binaryCrossentropy: "losses.binaryCrossentropy",
  categoricalCrossentropy: "losses.categoricalCrossentropy",
  conv1d: "layers.conv1d",
  conv2dTranspose: "layers.conv2dTranspose",
  ctc: "none: ONNX has no operator of it; test/losses holds it to Keras",
  dense: "layers.dense",
  dotProductAttention: "layers.multiHeadAttention",
  depthwiseConv2d: "layers.depthwiseConv2d",
  embedding: "layers.embedding",
  flatten: "layers.flatten",
  mish: "layers.mish", // ONNX's case of it is too large for the sample
  gru: "layers.gru",
  lstm: "layers.lstm",
  relu6: "layers.relu6",
  resize: "layers.resizing",
  separableConv2d: "layers.separableConv2d",
  simpleRNN: "layers.simpleRNN",
  huber: "losses.huber",
  meanAbsoluteError: "losses.meanAbsoluteError",
  notEqual: "none: ONNX has no operator of it; test/cases holds it to a twin in float64",
  meanSquaredError: "losses.meanSquaredError",
  sort: "none: ONNX has no operator of it; test/cases holds it to a twin in float64",
  unstack: "none: ONNX has no operator of it; test/cases holds it to a twin in float64",
  dilatedPooling2d:
    "none: ONNX's cases of it are not in the sample; test/cases holds it to a twin in float64",
  rfft: "none: ONNX's cases of it are too large for the sample; test/ops/audio.test.ts holds it to NumPy",
  stft: "none: ONNX's case of it is too large for the sample; test/ops/audio.test.ts holds it to Keras",
  melFilterbank: "none: test/ops/audio.test.ts holds it to TensorFlow",
  melSpectrogram: "none: test/cases holds it to a twin in float64",
  bernoulli: "none: a draw; test/cases holds it to a twin in float64",
  gumbel: "none: a draw; test/cases holds it to a twin in float64",
  multinomial: "none: a draw; test/cases holds it to a twin in float64",
  randomNormal: "none: a draw; test/cases holds it to a twin in float64",
  randomUniform: "none: a draw; test/cases holds it to a twin in float64",
  truncatedNormal: "none: a draw; test/cases holds it to a twin in float64",
  stopGradient: "none: it computes nothing; test/autograd",
  penalty: "regularizers.l1l2",
  rescale: "layers.rescaling",
  sparseCategoricalCrossentropy: "losses.sparseCategoricalCrossentropy",
};

const linesOf: Lines = { layers: layerLines, losses: lossLines, regularizers: regularizerLines };

/** One line a kind that no table has, with the place where its line belongs. Another name of a kind needs none. */
export function missingLines(): string[] {
  return tables.flatMap(({ file, kinds, lines }) => {
    const listed = new Set(Object.keys(lines).map((kind) => kinds[kind]));
    return Object.keys(kinds)
      .filter((kind) => !Object.hasOwn(lines, kind) && !listed.has(kinds[kind]))
      .map((kind) => `${kind}: no line in test/conformance/${file}`);
  });
}

/** Ops that nothing tried. @param tried those that passing cases of ONNX called */
export function untriedOps(tried: ReadonlySet<string>): string[] {
  return opNames.flatMap((name) => {
    const place = elsewhere[name];
    if (tried.has(name) || place?.startsWith("none")) return [];
    const [namespace = "", kind = ""] = place?.split(".") ?? [];
    const lines = linesOf[namespace] as Lines | undefined;
    if (typeof lines?.[kind] === "object" || typeof lines?.[kind] === "function") return [];
    return [
      `ops.${name}: no passing case of ONNX calls it; map an operator to it in onnx/operators.ts, or name what tries it in completeness.ts`,
    ];
  });
}

/** How many operators of ONNX are mapped. */
export const operatorCount: number = Object.keys(operators).length;
