/**
 * Turns a kernel module for a memory of its own into one for a memory that threads share. The two differ in one byte, the
 * kind of limits in the import of the memory, so one file serves both. Format: WebAssembly core specification 5.5, "Modules"
 * (import section, limits).
 */

/** The import of the memory up to its limits: two names behind their lengths, 2 for a memory. Nothing else in a module is equal. */
const memoryImport: readonly string[] = /* @__PURE__ */ Array.from("\x03env\x06memory\x02");
const sharedLimits = 0x03;

/** A copy of the module whose imported memory is shared. Other modules than ours stay as they are: they are refused by their mark. */
export function sharedModule(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(module);
  const at = bytes.findIndex((_, start) =>
    memoryImport.every((letter, i) => bytes[start + i] === letter.charCodeAt(0)),
  );
  if (at >= 0) bytes[at + memoryImport.length] = sharedLimits;
  return bytes;
}
