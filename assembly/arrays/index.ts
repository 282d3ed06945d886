// The family of what general networks need beside the core: functions of one array, pieces of arrays, rows and elements by index.
// What is exported here is a module of its own, arrays-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./map";
