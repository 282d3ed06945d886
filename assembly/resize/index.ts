// The family of changes of an image's size.
export { build_variant, heap_base } from "../module";
export * from "./axis";
