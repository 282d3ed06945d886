/**
 * Whether this runtime knows the vector instructions of WebAssembly. Each check validates a module of one function that
 * holds one such instruction; nothing is compiled or run, so a policy against compiling does not matter.
 */

/** 128-bit SIMD. The instruction is among the last that came into the standard: early drafts lack it. */
export function supportsSimd(): boolean {
  // i8x16.popcnt
  return WebAssembly.validate(vectorFunction([0x20, 0x00, 0xfd, 0x62]));
}

/** Relaxed SIMD, which includes multiplying and adding with one rounding. */
export function supportsRelaxedSimd(): boolean {
  // three times local.get 0, then f32x4.relaxed_madd, whose number 0x105 takes two bytes
  return WebAssembly.validate(vectorFunction([0x20, 0x00, 0x20, 0x00, 0x20, 0x00, 0xfd, 0x85, 0x02]));
}

/** The binary of `(module (func (param v128) (result v128) …))`. */
function vectorFunction(instructions: readonly number[]): Uint8Array<ArrayBuffer> {
  const bodySize = instructions.length + 2; // with the count of locals and the end
  return Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // "\0asm", version 1
    ...[0x01, 0x06, 0x01, 0x60, 0x01, 0x7b, 0x01, 0x7b], // types, 6 bytes, 1 entry: function, 1 × v128 → 1 × v128
    ...[0x03, 0x02, 0x01, 0x00], // functions, 2 bytes, 1 entry: type 0
    ...[0x0a, bodySize + 2, 0x01, bodySize, 0x00], // code, its bytes, 1 entry: its bytes, no locals
    ...instructions,
    0x0b, // end
  );
}
