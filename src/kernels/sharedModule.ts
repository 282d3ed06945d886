/**
 * Turns a kernel module for a memory of its own into one for a memory that threads share. The two differ in one byte, the
 * kind of limits in the import of the memory, so one file serves both. Format: WebAssembly core specification 5.5, "Modules"
 * (sections, import section, limits).
 */
import { AnygradError } from "../errors.ts";

const importSection = 2;
const memoryImport = 2;
const limitsWithMaximum = 0x01;
const sharedLimits = 0x03;
const headerBytes = 8;

/** A copy of the module whose imported memory is shared. @throws AnygradError DATA_FORMAT for other modules */
export function sharedModule(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(module);
  const reader = new Reader(bytes, headerBytes);
  while (reader.at < bytes.length) {
    const section = reader.byte();
    const end = reader.number() + reader.at;
    if (section !== importSection) {
      reader.at = end;
      continue;
    }
    reader.number(); // the number of imports, which is 1: the memory is all that kernels import
    reader.skip(reader.number()); // the module's name
    reader.skip(reader.number()); // the import's name
    if (reader.byte() !== memoryImport || bytes[reader.at] !== limitsWithMaximum) break;
    bytes[reader.at] = sharedLimits;
    return bytes;
  }
  throw new AnygradError(
    "DATA_FORMAT",
    "createEngine: the kernels passed are another module, not anygrad's: they import no memory that threads could share; pass one of anygrad/kernels/*.wasm of this version",
  );
}

/** Reads a module byte by byte. */
class Reader {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  byte(): number {
    return this.#bytes[this.at++] ?? 0;
  }

  /** An unsigned LEB128. */
  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const part = this.byte();
      value += (part & 0x7f) * 2 ** shift;
      if (part < 0x80) return value;
    }
  }

  skip(bytes: number): void {
    this.at += bytes;
  }
}
