/** `readNpz`: archives, and single arrays. */

import { readNpz, writeNpz } from "../../../src/io/npz/index.ts";
import { isNpy } from "../../../src/io/npz/npy.ts";
import { unzip, zip } from "../../../src/io/zip/archive.ts";
import { expectSame } from "../judge.ts";
import type { Target } from "../target.ts";

const maxBytes = 2 ** 26;
const write = async (bytes: Uint8Array): Promise<Uint8Array> =>
  writeNpz(await readNpz(bytes as Uint8Array<ArrayBuffer>, { maxBytes }));

export const target: Target = {
  async seeds() {
    const arrays = {
      a: { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
      b: { shape: [3], data: BigInt64Array.of(1n, -2n, 3n) },
    };
    const archive = writeNpz(arrays);
    const fortran = Buffer.from(unzip("seed", archive).get("a.npy")!);
    fortran.write("True, ", fortran.indexOf("False,"));
    return [archive, writeNpz(arrays, { compress: true }), ...unzip("seed", archive).values(), fortran];
  },
  async read(bytes) {
    const first = await write(bytes);
    expectSame("the archive", await write(first), first);
    // an array in an archive of its own, with a right checksum
    if (isNpy(bytes)) await write(zip({ "x.npy": bytes }, true));
  },
  words: ["'descr'", "'fortran_order'", "'shape'", "True", "False", ">f8", "|b1", "<f2", "|O"],
};
