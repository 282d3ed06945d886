// The family of what goes along an axis in order: running sums, products, sorted order. What is exported here is a module of its
// own, scans-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./cumulative";
export * from "./order";
export * from "./product";
