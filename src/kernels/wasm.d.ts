/** A `.wasm` file as edge runtimes import it: compiled. scripts/bundle.mjs points the names to dist/kernels. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
