// The family of losses of sequences.
// What is exported here is a module of its own, sequences-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./ctc";
