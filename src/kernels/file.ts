/**
 * The type of anygrad/kernels/*.wasm where an import of it gives a compiled module: in edge runtimes, by wrangler, by
 * Next.js. Only its declaration is used, by `exports` of package.json.
 */
declare const module: WebAssembly.Module;
export default module;
