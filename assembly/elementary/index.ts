// The family of elementary functions. What is exported here is a module of its own, elementary-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./functions";
