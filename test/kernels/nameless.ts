/** How the build embeds modules: scripts/build/wasm-exports.mjs, which has no types. */
const { href } = new URL("../../scripts/build/wasm-exports.mjs", import.meta.url);

interface WasmExports {
  nameless(wasm: Uint8Array, coreNames?: readonly string[]): Buffer;
  exportNames(wasm: Uint8Array): string[];
}

export const { nameless, exportNames }: WasmExports = await import(href);
