// The family of attention: what queries see of keys and values, all heads in one call. What is exported here is a module of its
// own, attention-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./attention";
