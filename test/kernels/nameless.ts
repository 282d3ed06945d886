/** How the build embeds modules: scripts/build/wasm-exports.mjs and pack-kernels.mjs, which have no types. */
const build = (name: string): Promise<unknown> =>
  import(new URL(`../../scripts/build/${name}.mjs`, import.meta.url).href);

interface WasmExports {
  nameless(wasm: Uint8Array, coreNames?: readonly string[]): Buffer;
  exportNames(wasm: Uint8Array): string[];
}

interface Packer {
  pack(bytes: Uint8Array, before?: Uint8Array): Buffer;
}

export const { nameless, exportNames } = (await build("wasm-exports")) as WasmExports;
export const { pack } = (await build("pack-kernels")) as Packer;
