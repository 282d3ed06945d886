/** `readIdx`, gzipped or not. */
import { gzipSync } from "node:zlib";
import { readIdx } from "../../../src/data/idx.ts";
import { type IdxTypeName, idxTypes, writeIdx } from "../../data/write-idx.ts";
import { expectSame } from "../judge.ts";
import type { Target } from "../target.ts";

const bytesOf = ({ data }: { data: ArrayBufferView }): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

export const target: Target = {
  async seeds() {
    const plain = Object.keys(idxTypes).map((type) =>
      writeIdx(type as IdxTypeName, [2, 3], [1, 2, 3, 4, 5, 6]),
    );
    const long = writeIdx(
      "u8",
      [500],
      Array.from({ length: 500 }, (_, i) => (i * i) % 7),
    );
    return [...plain, gzipSync(long), gzipSync(plain[0]!, { level: 0 })];
  },
  async read(bytes) {
    const read = await readIdx(bytes as Uint8Array<ArrayBuffer>);
    const isPlain = bytes[0] === 0;
    if (isPlain) {
      const again = await readIdx(gzipSync(bytes));
      expectSame("the array, packed,", bytesOf(again), bytesOf(read));
    }
  },
};
