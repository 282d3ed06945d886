// The family of powers, and of the trigonometric and hyperbolic functions. What is exported here is a module of its own,
// powers-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./hyperbolic";
export * from "./power";
export * from "./trigonometric";
