// The family of 1-D convolutions by Winograd's algorithm. What is exported here is a module of its own, conv1d-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./winograd";
