/**
 * An engine without numbers: ops check and give shapes, kernels do nothing, and all tensors read as zeros. With it a function of
 * tensors tells the shape of its result, and how much memory it takes, before there is a real engine.
 */
import type { Backend } from "../backend/backend.ts";
import type { Kernels } from "../kernels/kernel.ts";
import { FreeBlocks } from "../memory/freeBlocks.ts";
import { Engine } from "./engine.ts";

/** An engine without numbers. */
export interface ShapeEngine {
  /** Makes tensors, and what ops make of them. */
  readonly engine: Engine;
  /** Bytes that a step has held, at most, as a real engine lays them out in one block, scratch included. */
  readonly peakBytes: () => number;
}

/** No tensor is read as more than this: it has no memory of its own. */
const mostRead = 1 << 28; // bytes

/**
 * An engine without numbers, whose tensors all lie in one place.
 * @param like kernels that say how much they need while they work. Default: nothing
 */
export function shapeEngine(like?: Kernels): ShapeEngine {
  let largest = 0;
  let zeros = new ArrayBuffer(0);
  const place = (size: number): number => {
    largest = Math.max(largest, size);
    return 0;
  };
  const memory = (): ArrayBuffer => {
    const wanted = Math.min(largest, mostRead);
    if (zeros.byteLength < wanted) zeros = new ArrayBuffer(8 * Math.ceil(wanted / 8));
    return zeros;
  };
  const heap = {
    get f32(): Float32Array {
      return new Float32Array(memory());
    },
    get i32(): Int32Array {
      return new Int32Array(memory());
    },
    get u8(): Uint8Array {
      return new Uint8Array(memory());
    },
    allocate: place,
    free: () => {},
  };
  // more bytes than any step takes
  const blocks = new FreeBlocks([{ offset: 0, bytes: 2 ** 50 }]);
  let peak = 0;
  const take = (size: number): number => {
    place(size);
    const offset = blocks.take(size)!;
    peak = Math.max(peak, offset + size);
    return offset;
  };
  const arena = {
    generation: 1,
    allocate: take,
    free: (offset: number, size: number) => blocks.give(offset, size),
    scratch(size: number, work: (offset: number) => void): void {
      const offset = take(size);
      work(0);
      blocks.give(offset, size);
    },
    release: () => {},
  };
  const kernels: Kernels = {
    run(kernel, values) {
      const scratch = kernels.workspaceBytes(kernel, values);
      if (scratch > 0) blocks.give(take(scratch), scratch);
    },
    units: (kernel, sizes) => like?.units(kernel, sizes) ?? 1,
    workspaceBytes: (kernel, values) => like?.workspaceBytes(kernel, values) ?? 0,
    repeat: () => {},
    interrupt: () => {},
  };
  const backend = { heap, arena, kernels, info: {}, dispose: () => {} };
  const engine = new Engine(backend as unknown as Backend);
  engine.allocator.address = () => 0;
  return {
    engine,
    peakBytes: () => peak,
  };
}
