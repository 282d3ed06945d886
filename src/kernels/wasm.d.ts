/** A `.wasm` file as edge runtimes import it: a compiled module. scripts/build/bundle.mjs resolves the names to dist/kernels. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
