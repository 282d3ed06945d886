// The family of normalizations beside that of batches, which has its own.
// What is exported here is a module of its own, normalization-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./layerNorm";
