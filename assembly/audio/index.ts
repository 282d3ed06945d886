// The family of sound: Fourier transforms. What is exported here is a module of its own, audio-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./fft";
