// The family of what general networks need beside the core: functions of one array, comparisons, pieces of arrays, elements by
// index. What is exported here is a module of its own, arrays-simd.wasm.
export { build_variant, heap_base } from "../module";
export * from "./axis";
export * from "./cast";
export * from "./choose";
export * from "./compare";
export * from "./embedding";
export * from "./count";
export * from "./map";
export * from "./pad";
export * from "./paste";
