// The family of random numbers of other distributions than the uniform one.
// What is exported here is a module of its own, distributions-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./normal";
