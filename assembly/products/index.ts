// The family of products of many matrices.
export { build_variant, heap_base } from "../module";
export * from "./batch";
