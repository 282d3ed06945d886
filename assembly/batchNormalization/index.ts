// The family of batch normalisation. What is exported here is a module of its own, batchNormalization-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./batchNorm";
export * from "./gradient";
export * from "./statistics";
