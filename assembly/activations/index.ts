// The family of activations that few networks use; those that most use are of the core, in elementwise/activation.ts.
export { build_variant, heap_base } from "../module";
export * from "./pieces";
export * from "./smooth";
