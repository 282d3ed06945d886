// The family of depthwise convolutions, which move much and compute little: loops of their own, channels in lanes.
// What is exported here is a module of its own, depthwise-simd.wasm.
export { build_variant, heap_base } from "../module";
export { Conv2dGeometry } from "../conv/geometry";
export * from "./forward";
export * from "./inputGradient";
export * from "./kernelGradient";
