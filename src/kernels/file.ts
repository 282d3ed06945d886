/**
 * The type of anygrad/kernels/*.wasm where an import gives a compiled module, as in edge runtimes with wrangler or Next.js.
 * Only the declaration is used, by `exports` of package.json.
 */

/** The compiled kernels, for `createEngine({ kernels })`. */
declare const module: WebAssembly.Module;
export default module;
