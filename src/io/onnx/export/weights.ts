/** Weights of a file in fewer bits: float16 and a Cast, or int8 with a scale for each output and a DequantizeLinear, as `net.save` has them. */

import { sizeOf } from "../../../math/shape.ts";
import { checkKept, halves, isShrunk, quantized } from "../../../model/saving/stored.ts";
import { bytesOfElements } from "../../elements.ts";
import type { Parts, TensorProto } from "../proto.ts";
import { dataTypes } from "../values.ts";
import type { Traced } from "./trace.ts";

/** A weight as the file holds it. */
interface Shrunk {
  readonly numbers: Pick<Parts<TensorProto>, "dataType" | "rawData">;
  /** Those of int8, one for each output. */
  readonly scales?: Float32Array;
}

/** What a weight becomes; undefined where it stays float32. @param axis that of the outputs of its layer */
export type WeightWriter = (
  name: string,
  data: Float32Array,
  shape: readonly number[],
  axis: number,
) => Shrunk | undefined;

/**
 * @param keep names of layers whose weights stay float32
 * @throws AnygradError INVALID_ARGUMENT for names that no layer has; the writer, for numbers that float16 has not
 */
export function weightWriter(net: Traced, type: "float16" | "int8", keep: readonly string[]): WeightWriter {
  const subject = "saveOnnx";
  checkKept(subject, keep, net.graph.nodes.map(({ name }) => name)); // biome-ignore format: one call
  return (name, data, shape, axis) => {
    const at = name.lastIndexOf("/");
    if (keep.includes(name.slice(0, at)) || !isShrunk(shape, name.slice(at + 1))) return undefined;
    if (type === "float16")
      return {
        numbers: {
          dataType: dataTypes.float16,
          rawData: bytesOfElements(halves(subject, name, data), "float16"),
        },
      };
    const { numbers, scales } = quantized(data, shape[axis]!, sizeOf(shape.slice(axis + 1)));
    return { numbers: { dataType: dataTypes.int8, rawData: bytesOfElements(numbers, "int8") }, scales };
  };
}
