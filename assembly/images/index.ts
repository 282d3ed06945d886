// The family of what few networks do with images: augmentation, and pooling by means.
// What is exported here is a module of its own, images-simd.wasm.
export { build_variant, heap_base } from "../module";
export { PoolGeometry } from "../pooling/windows";
export * from "./augment";
export * from "./averagePool";
export * from "./maxPlaces";
