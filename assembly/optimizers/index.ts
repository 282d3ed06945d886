// The family of the optimizers but adam, which most runs name: one fused pass each, as those of the core in ../optimizer.
// What is exported here is a module of its own, optimizers-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./adaptive";
export * from "./descent";
