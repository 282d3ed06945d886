// The family of recurrent layers: whole sequences in one call, forward and backward. What is exported here is a module of its
// own, recurrent-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./gru";
export * from "./lstm";
export * from "./simple";
