/** Ops with numbers of a stranger: within their tensors, which lie between fences, or refused; in every build. */
import * as ops from "../../../src/ops/index.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { fencedEngine } from "../../fences.ts";
import { callsIn, type Draw, hostileNumbers, windowsIn } from "../../ops/hostile/calls.ts";
import { passed } from "../judge.ts";
import type { Target } from "../target.ts";

const limit = 2 ** 23; // bytes: what takes much time takes more
const engines = await Promise.all(
  (["scalar", "simd", "relaxed"] as const).map((build) => fencedEngine(build, limit)),
);
const machines = engines.map((engine) => ({
  engine,
  weight: engine.variable([1]),
  calls: Object.values(callsIn(engine)),
  windows: Object.values(windowsIn(engine)),
}));

/** Numbers from bytes: one byte a small or a hostile one, eight more any of 64 bits. */
function drawFrom(bytes: Uint8Array): Draw & { next(): number } {
  let at = 0;
  const next = (): number => bytes[at++] ?? 0;
  const any = (): number => {
    const code = next();
    if (code < 128) return code % 24;
    if (code < 248) return hostileNumbers[code % hostileNumbers.length]!;
    const view = new DataView(new ArrayBuffer(8));
    for (let i = 0; i < 8; i++) view.setUint8(i, next());
    return code < 252 ? view.getFloat64(0) : view.getInt32(0);
  };
  return { next, any, size: () => (next() % 12) + 1, flag: () => next() % 2 === 1 };
}

export const target: Target = {
  async seeds() {
    const { calls, windows } = machines[0]!;
    const one = calls.map((_, i) => Uint8Array.of(0, i, 2));
    const many = windows.map((_, i) => Uint8Array.of(1, i, 1, 2, 3, 4, 5, 6, 1, 2, 1, 2, 1, 1, 1, 1));
    return [...one, ...many];
  },
  async read(bytes) {
    for (const { engine, weight, calls, windows } of machines) {
      const call = (): Tensor => {
        const draw = drawFrom(bytes);
        const isOne = draw.next() % 2 === 0;
        const index = draw.next();
        return isOne ? calls[index % calls.length]!(draw.any()) : windows[index % windows.length]!(draw);
      };
      const runs = [
        () => void call().data.slice(),
        () =>
          void engine.valueAndGrad(
            () => ops.sum(ops.multiply(weight, ops.cast(call(), "float32"))),
            [weight],
          ),
      ];
      for (const run of runs) {
        await passed(() => engine.step(run));
        engine.fences.inspect();
      }
      if (ops.add(engine.tensor([1]), engine.tensor([2])).item() !== 3)
        throw new Error("the engine is broken");
    }
  },
};
