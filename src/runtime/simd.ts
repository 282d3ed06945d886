/**
 * Whether this runtime knows the vector instructions of WebAssembly. Each check validates the smallest module that holds
 * one such instruction; nothing is compiled or run, so a policy against compiling does not matter.
 *
 * Both modules are `(module (func (param v128) (result v128) …))`. They are written out twice since that is less to
 * download than what would put them together.
 */

/** 128-bit SIMD. The instruction is among the last that came into the standard: early drafts lack it. */
export function supportsSimd(): boolean {
  return WebAssembly.validate(
    // biome-ignore format: a line for each part
    new Uint8Array([
      0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // "\0asm", version 1
      0x01, 0x06, 0x01, 0x60, 0x01, 0x7b, 0x01, 0x7b, // types, 6 bytes: 1 function of 1 v128 that gives 1 v128
      0x03, 0x02, 0x01, 0x00, // functions, 2 bytes: 1 of type 0
      0x0a, 0x08, 0x01, 0x06, 0x00, // code, 8 bytes: 1 body of 6 bytes without locals
      0x20, 0x00, // local.get 0
      0xfd, 0x62, // i8x16.popcnt
      0x0b, // end
    ]),
  );
}

/** Relaxed SIMD, which needs SIMD: the instruction multiplies vectors and adds to them with one rounding. */
export function supportsRelaxedSimd(): boolean {
  return WebAssembly.validate(
    // biome-ignore format: a line for each part
    new Uint8Array([
      0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // "\0asm", version 1
      0x01, 0x06, 0x01, 0x60, 0x01, 0x7b, 0x01, 0x7b, // types, 6 bytes: 1 function of 1 v128 that gives 1 v128
      0x03, 0x02, 0x01, 0x00, // functions, 2 bytes: 1 of type 0
      0x0a, 0x0d, 0x01, 0x0b, 0x00, // code, 13 bytes: 1 body of 11 bytes without locals
      0x20, 0x00, 0x20, 0x00, 0x20, 0x00, // local.get 0, three times
      0xfd, 0x85, 0x02, // f32x4.relaxed_madd, number 0x105
      0x0b, // end
    ]),
  );
}
