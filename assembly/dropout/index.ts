// The family of dropout, whose numbers are drawn anew in each step.
export { build_variant, heap_base } from "../module";
export * from "./dropout";
