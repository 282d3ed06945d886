/**
 * An engine without numbers: ops check and give shapes, kernels do nothing, and all tensors read as zeros. With it a function of
 * tensors tells the shape of its result, and how much memory it takes, before there is a real engine.
 */
import type { Backend } from "../backend/backend.ts";
import type { Kernels } from "../kernels/kernel.ts";
import { FreeBlocks } from "../memory/freeBlocks.ts";
import { align } from "../memory/heap.ts";
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
/** More than any step takes. */
const endless = 2 ** 50; // bytes

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
  const blocks = new FreeBlocks([{ offset: 0, bytes: endless }]);
  let peak = 0;
  const take = (size: number): number => {
    place(size);
    const bytes = align(size || 1);
    const offset = blocks.take(bytes)!;
    peak = Math.max(peak, offset + bytes);
    return offset;
  };
  const free = (offset: number, size: number): void => blocks.give(offset, align(size || 1));
  const arena = {
    generation: 1,
    allocate: take,
    free,
    scratch(size: number, work: (offset: number) => void): void {
      const offset = take(size);
      work(0);
      free(offset, size);
    },
    release: () => {},
  };
  const kernels: Kernels = {
    run(kernel, values) {
      const scratch = like?.workspaceBytes(kernel, values) ?? 0;
      if (scratch > 0) free(take(scratch), scratch);
    },
    units: (kernel, sizes) => like?.units(kernel, sizes) ?? 1,
    workspaceBytes: () => 0,
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
