/** `readSafetensors`. */
import { readSafetensors, writeSafetensors } from "../../../src/io/safetensors/index.ts";
import { expectSame } from "../judge.ts";
import type { Target } from "../target.ts";

const write = async (bytes: Uint8Array): Promise<Uint8Array> => {
  const { arrays, metadata } = await readSafetensors(bytes);
  return writeSafetensors(arrays, { metadata });
};

export const target: Target = {
  async seeds() {
    const arrays = {
      a: { shape: [2, 2], data: Float32Array.of(1, 2, 3, Number.NaN) },
      "b/c": { shape: [3], data: BigInt64Array.of(1n, -2n, 3n) },
      one: { shape: [], data: Uint8Array.of(7) },
    };
    return [
      writeSafetensors(arrays, { metadata: { by: "a test" } }),
      writeSafetensors({}),
      writeSafetensors(arrays, { dtype: "bfloat16" }),
    ];
  },
  async read(bytes) {
    const first = await write(bytes);
    expectSame("the file", await write(first), first);
  },
  words: ["__metadata__", "data_offsets", "dtype", "shape", "BF16", "F64", "BOOL", "U64", "F8_E4M3"],
};
