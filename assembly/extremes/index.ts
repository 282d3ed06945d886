// The family of largest and smallest elements over an axis, and their places.
export { build_variant, heap_base } from "../module";
export * from "./extremes";
