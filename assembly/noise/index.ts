// The family of noise that training adds, apart from that of distributions, which initializers bring late.
export { build_variant, heap_base } from "../module";
export * from "./normal";
