/** TensorFlow's operators, which graph models and TFLite files have: in ONNX's words, or as importers that say them in these. */
import type { Importer } from "../network.ts";
import { arithmetic } from "./arithmetic.ts";
import { images } from "./images.ts";
import { shapes } from "./shapes.ts";

/** Operators that ONNX has, too, and by the same inputs: TensorFlow's names, and ONNX's where they differ. */
const same: readonly string[] = [
  "Relu Relu6 Sigmoid Tanh Elu Selu Softplus Softsign Exp Log Sqrt Abs Neg Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh Acosh",
  "Atanh Erf Sign Floor Ceil Round Reciprocal Pow Equal Less Greater Sub Mul Identity Shape Size Tile Range Einsum HardSwish",
  "AddV2=Add Add BiasAdd=Add Div RealDiv=Div Maximum=Max Minimum=Min LessEqual=LessOrEqual GreaterEqual=GreaterOrEqual",
  "LogicalAnd=And LogicalOr=Or LogicalNot=Not SelectV2=Where StopGradient=Identity PreventGradient=Identity Snapshot=Identity",
  "CheckNumerics=Identity EnsureShape=Identity IdentityN=Identity PlaceholderWithDefault=Identity AddN=Sum Inv=Reciprocal",
  "BroadcastTo=Expand FloorMod=Mod",
];

/** What operators of TensorFlow are called here, by their names: as ONNX has them, or by names of their own. */
export function operatorNames(): (name: string) => string {
  const names = new Map(
    same.flatMap((line) =>
      line.split(" ").map((pair) => {
        const [name, other = name] = pair.split("=") as [string, string?];
        return [name, other!] as const;
      }),
    ),
  );
  return (name) => names.get(name) ?? `${prefix}${name}`;
}

/** Before names that ONNX has for something else. */
const prefix = "tf.";

/** Importers by those names. */
export const tensorflow = (): Readonly<Record<string, Importer>> =>
  Object.fromEntries(
    Object.entries({ ...images, ...shapes, ...arithmetic }).map(([name, each]) => [`${prefix}${name}`, each]),
  );
