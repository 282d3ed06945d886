/**
 * An engine without numbers: ops check and give shapes, kernels do nothing, and all tensors read as zeros. With it a function of
 * tensors tells the shape of its result, and how much memory it takes, before there is a real engine.
 */
import type { Backend } from "../backend/backend.ts";
import type { Kernels } from "../kernels/kernel.ts";
import { Engine } from "./engine.ts";

/** An engine without numbers. */
export interface ShapeEngine {
  /** Makes tensors, and what ops make of them. */
  readonly engine: Engine;
  /** Bytes of all tensors that were made in steps. */
  readonly bytes: () => number;
}

/** An engine without numbers, whose tensors all lie in one place. */
export function shapeEngine(): ShapeEngine {
  let bytes = 0;
  let largest = 0;
  let zeros = new ArrayBuffer(0);
  const place = (size: number): number => {
    largest = Math.max(largest, size);
    return 0;
  };
  const memory = (): ArrayBuffer => {
    if (zeros.byteLength < largest) zeros = new ArrayBuffer(8 * Math.ceil(largest / 8));
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
  const arena = {
    generation: 1,
    allocate(size: number): number {
      bytes += size;
      return place(size);
    },
    scratch(size: number, work: (offset: number) => void): void {
      work(place(size));
    },
    release: () => {},
  };
  const kernels: Kernels = { run: () => {}, units: () => 1, repeat: () => {}, interrupt: () => {} };
  const backend = { heap, arena, kernels, info: {}, dispose: () => {} };
  return { engine: new Engine(backend as unknown as Backend), bytes: () => bytes };
}
