/** Computing without a tape. Apart from constants, which every network needs. */
import type { TensorAllocator } from "../tensor/tensor.ts";

/** Runs `work` where nothing is differentiated: what it makes is a constant for the tape. */
export function untracked<T>(allocator: TensorAllocator, work: () => T): T {
  const { recorder } = allocator;
  allocator.recorder = undefined;
  try {
    return work();
  } finally {
    allocator.recorder = recorder;
  }
}
