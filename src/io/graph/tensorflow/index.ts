/** TensorFlow's operators, which graph models and TFLite files have: in ONNX's words, or as importers that say them in these. */
import type { Importer } from "../network.ts";
import { arithmetic } from "./arithmetic.ts";
import { images } from "./images.ts";
import { shapes } from "./shapes.ts";

/** Operators that ONNX has, too, and by the same inputs: TensorFlow's names, and ONNX's where they differ. */
const same: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "Relu Relu6 Sigmoid Tanh Elu Selu Softplus Softsign Exp Log Sqrt Abs Neg Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh Acosh",
    "Atanh Erf Sign Floor Ceil Round Reciprocal Pow Equal Less Greater Sub Mul Identity Shape Size Tile Range Einsum HardSwish",
    "AddV2=Add Add BiasAdd=Add Div RealDiv=Div Maximum=Max Minimum=Min LessEqual=LessOrEqual GreaterEqual=GreaterOrEqual",
    "LogicalAnd=And LogicalOr=Or LogicalNot=Not SelectV2=Where StopGradient=Identity PreventGradient=Identity Snapshot=Identity",
    "CheckNumerics=Identity EnsureShape=Identity IdentityN=Identity PlaceholderWithDefault=Identity AddN=Sum Inv=Reciprocal",
    "BroadcastTo=Expand FloorMod=Mod",
  ]
    .join(" ")
    .split(" ")
    .map((pair) => {
      const [name, other = name] = pair.split("=") as [string, string?];
      return [name, other!];
    }),
);

/** What an operator of TensorFlow is called here: as ONNX has it, or by a name of its own. */
export const operatorNamed = (name: string): string => same[name] ?? `${prefix}${name}`;

/** Before names that ONNX has for something else. */
const prefix = "tf.";

/** Importers by those names. */
export const tensorflow = (): Readonly<Record<string, Importer>> =>
  Object.fromEntries(
    Object.entries({ ...images, ...shapes, ...arithmetic }).map(([name, each]) => [`${prefix}${name}`, each]),
  );
