// The family of 2-D convolutions. What is exported here is a module of its own, conv2d-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./conv2d";
export * from "./winograd/winograd";
export * from "./winograd/kernelGradient";
