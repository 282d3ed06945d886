/** The operators by their names, as ONNX has them. */
import type { Importer } from "../network.ts";
import { blocks } from "./blocks.ts";
import { products } from "./dense.ts";
import { elementwise } from "./elementwise.ts";
import { imageImporters } from "./images.ts";
import { quantization } from "./quantization.ts";
import { recurrentImporters } from "./recurrent.ts";
import { reductions } from "./reductions.ts";
import { resize } from "./resize.ts";
import { shapes } from "./shapes.ts";

/** What makes layers of a node of each. */
export function operators(): Readonly<Record<string, Importer>> {
  return {
    ...elementwise(),
    ...shapes,
    ...reductions,
    ...blocks,
    ...products(),
    ...imageImporters(),
    ...recurrentImporters,
    ...quantization,
    Resize: resize,
    Upsample: resize,
  };
}
