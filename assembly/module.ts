// What every module tells of itself, so that TypeScript can give it memory and knows what it runs.

/** The first byte that the kernels' constants leave free. */
export function heap_base(): usize {
  return __heap_base;
}

/** Which build this is: 0 scalar, 1 simd, 2 relaxed. */
export function build_variant(): i32 {
  return ASC_FEATURE_RELAXED_SIMD ? 2 : ASC_FEATURE_SIMD ? 1 : 0;
}
