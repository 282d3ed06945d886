/** Profiles the training steps of a network, kernel by kernel, beside what the machine can do. */
import type { Backend } from "../../../src/backend/backend.ts";
import { dataset } from "../../../src/data/dataset.ts";
import { runtimeName } from "../../../src/runtime/capabilities.ts";
import { open } from "../builds.ts";
import { ceilingKernels, findCeiling } from "../kernels/ceiling.ts";
import { type Effort, measure } from "../measure.ts";
import { benchmarkModelOf, type NamedNetwork } from "../networks/benchmarkModel.ts";
import type { Build, Machine } from "../result.ts";
import type { TimedCall } from "./clock.ts";
import { ClockedEngine } from "./engine.ts";
import type { KernelRow, Span, StepProfile } from "./result.ts";
import { clockedBackend } from "./threads.ts";

export interface ProfileOptions {
  readonly machine: Machine;
  readonly network: NamedNetwork;
  readonly build: Build;
  readonly batchSize: number;
  readonly effort: Effort;
}

/** A step that has run. */
interface Step {
  readonly began: number;
  readonly milliseconds: number;
  readonly calls: readonly TimedCall[];
}

/** Work of the ceiling's loops in a millisecond: FLOP and bytes. */
interface Rates {
  readonly compute: number;
  readonly memory: number;
}

/** @throws AnygradError where the network does not classify, and what training throws */
export async function profileSteps({
  machine,
  network,
  build,
  batchSize,
  effort,
}: ProfileOptions): Promise<StepProfile> {
  const date = new Date().toISOString();
  const backends: Backend[] = [];
  try {
    const { backend, clock } = await clockedBackend(build);
    backends.push(backend);
    const loops = await open(build, ceilingKernels(build.variant));
    backends.push(loops);
    const { ceiling } = await findCeiling(loops, build, effort);
    const net = network.make();
    const inputShape = net.inputShape as readonly number[];
    const classes = (net.outputShape as readonly number[]).at(-1)!;
    const parameters = net.parameters.total;
    const drawn = drawnExamples(batchSize, inputShape, classes);
    const model = await benchmarkModelOf(
      { ...network, make: () => net },
      new ClockedEngine(backend, clock),
      drawn,
      batchSize,
    );
    const steps: Step[] = [];
    const run = async (): Promise<void> => {
      clock.take();
      const began = performance.now();
      await model.step();
      steps.push({ began, milliseconds: performance.now() - began, calls: clock.take() });
    };
    await run(); // the first step of a run also shuffles
    const [compute, memory] = [ceiling["GFLOP/s"], ceiling["GB/s"]];
    const tasks = [
      { async: true, run },
      ...[compute, memory].map((loop) => ({ run: () => loop.run(), share: 0.25 })),
    ];
    const [timing, ofCompute, ofMemory] = await measure(tasks, effort);
    await model.end();
    const counted = steps.slice(-timing!.samples);
    const rates = { compute: compute.work / ofCompute!.median, memory: memory.work / ofMemory!.median };
    const { calls, typescript } = undisturbed(counted);
    const step = total(calls) + typescript;
    return {
      machine,
      runtime: runtimeName(),
      date,
      network: network.name,
      inputShape,
      batchSize,
      parameters,
      variant: build.variant,
      threads: backend.info.threads,
      step,
      median: timing!.median,
      steps: counted.length,
      memoryBytes: backend.heap.memoryBytes,
      compute: rates.compute / 1e6,
      memory: rates.memory / 1e6,
      kernels: kernelRows(calls, step, rates),
      typescript: typescript / step,
      spans: spansOf(counted.reduce((best, step) => (distance(step) < distance(best) ? step : best))),
    };

    function distance({ milliseconds }: Step): number {
      return Math.abs(milliseconds - timing!.median);
    }
  } finally {
    for (const backend of backends) backend.dispose();
  }
}

/** One batch of numbers from 0 to 1, and classes in turns. */
function drawnExamples(n: number, sample: readonly number[], classes: number): ReturnType<typeof dataset> {
  const size = sample.reduce((product, extent) => product * extent, n);
  const x = Float32Array.from({ length: size }, (_, i) => ((i * 7919) % 1013) / 1013);
  return dataset({
    x,
    y: Int32Array.from({ length: n }, (_, i) => i % classes),
    shape: [n, ...sample],
    name: "profile",
  });
}

/**
 * The least time of each call, in place of the steps' own: they make the same calls, and what else the machine does can only lengthen one.
 */
function undisturbed(steps: readonly Step[]): { calls: TimedCall[]; typescript: number } {
  const calls = steps.at(-1)!.calls.map((last, i) =>
    steps.reduce((best, step) => {
      const same = step.calls[i];
      return same?.call.name === last.call.name && same.milliseconds < best.milliseconds ? same : best;
    }, last),
  );
  const typescript = Math.min(...steps.map((step) => step.milliseconds - total(step.calls)));
  return { calls, typescript };
}

/** The kernels by their time. */
function kernelRows(calls: readonly TimedCall[], step: number, { compute, memory }: Rates): KernelRow[] {
  const rows = [...new Set(calls.map(({ call }) => call.name))].map((name): KernelRow => {
    const own = calls.filter(({ call }) => call.name === name);
    const milliseconds = total(own);
    const flop = sum(own.map(({ call }) => call.flop));
    const bytes = sum(own.map(({ call }) => call.bytes));
    const least = sum(own.map(({ call }) => Math.max(call.flop / compute, call.bytes / memory)));
    return {
      name,
      calls: own.length,
      milliseconds,
      share: milliseconds / step,
      flop,
      bytes,
      limit: flop / compute > bytes / memory ? "compute" : "memory",
      ofLimit: least / milliseconds,
      busy: own[0]!.busy.map((_, thread) => sum(own.map(({ busy }) => busy[thread]!)) / milliseconds),
    };
  });
  return rows.sort((a, b) => b.milliseconds - a.milliseconds);
}

function spansOf({ began, calls }: Step): Span[] {
  return calls.map(({ call, began: at, milliseconds }) => ({
    kernel: call.name,
    op: call.op,
    phase: call.phase,
    began: at - began,
    milliseconds,
  }));
}

function total(calls: readonly TimedCall[]): number {
  return sum(calls.map(({ milliseconds }) => milliseconds));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
