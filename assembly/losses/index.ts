// The family of the losses but the cross-entropies of classes, which are in the core.
// What is exported here is a module of its own, losses-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./rows";
