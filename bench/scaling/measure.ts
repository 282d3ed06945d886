/**
 * The points of an axis, in turns: in each round every point has its block of steps and its block of predictions, between blocks of what
 * the machine does at most. Processor time, medians of the rounds: what else the machine does lengthens it little.
 */
import type { Backend } from "../../src/backend/backend.ts";
import { type Dataset, dataset } from "../../src/data/dataset.ts";
import { createEngine } from "../../src/engine/createEngine.ts";
import { median } from "../../src/math/statistics.ts";
import { open } from "../suite/builds.ts";
import { ceilingKernels, findCeiling } from "../suite/kernels/ceiling.ts";
import { type BenchmarkModel, benchmarkModelOf } from "../suite/networks/benchmarkModel.ts";
import { ClockedEngine } from "../suite/profile/engine.ts";
import { clockedBackend } from "../suite/profile/threads.ts";
import { type Axis, network, type Sizes } from "./axes.ts";

/** What is measured at each size. */
export const kinds = ["training", "prediction"] as const;

/** Microseconds an image. */
export interface Cost {
  readonly measured: number;
  /** What the kernel calls take at the least, by their FLOP or their bytes, whichever takes longer at what the machine does at most. */
  readonly limit: number;
}

/** What an image costs at one size. */
export interface Point {
  readonly value: number;
  readonly training: Cost;
  readonly prediction: Cost;
}

export interface Effort {
  readonly rounds: number;
  /** Milliseconds of processor time of a block, or one call. */
  readonly block: number;
}

const build = { variant: "simd", threads: 1 } as const;

/** FLOP and bytes of a kernel call. */
interface Work {
  readonly flop: number;
  readonly bytes: number;
}

/** A block of calls, each the same work on so many images. */
interface Task {
  readonly run: () => unknown;
  readonly images: number;
  readonly work: readonly Work[];
  /** Calls of a block. */
  calls: number;
  /** Milliseconds of a call, a round each. */
  readonly times: number[];
}

export async function measureAxis(axis: Axis, { rounds, block }: Effort): Promise<Point[]> {
  const loops = await open(build, ceilingKernels(build.variant));
  const { ceiling } = await findCeiling(loops, build, { rounds: 3, milliseconds: 20 });
  const [compute, memory] = [ceiling["GFLOP/s"], ceiling["GB/s"]].map((loop) => ({
    ...task(() => loop.run(), 1, []),
    amount: loop.work,
  }));
  const engine = await createEngine({ threads: 1 });
  const models: BenchmarkModel[] = [];
  const tasks: { training: Task; prediction: Task }[] = [];
  for (const value of axis.values) {
    const sizes = { ...axis.rest, [axis.name]: value };
    const work = await workOf(sizes);
    const model = await modelOn(engine, sizes);
    models.push(model);
    tasks.push({
      training: task(() => model.step(), sizes.batch, work.training),
      prediction: task(() => model.predict(), sizes.batch, work.prediction),
    });
  }
  const all = [compute!, memory!, ...tasks.flatMap(({ training, prediction }) => [training, prediction])];
  for (const each of all) await warmUp(each, block);
  for (let round = 0; round < rounds; round++)
    for (let i = 0; i < all.length; i++) {
      const each = all[(i + round) % all.length]!; // each round begins with another one
      each.times.push(await timed(each));
    }
  for (const model of models) await model.end();
  await engine.dispose();
  loops.dispose();
  const rates = {
    flop: compute!.amount / median(compute!.times),
    bytes: memory!.amount / median(memory!.times),
  };
  return tasks.map(({ training, prediction }, i) => ({
    value: axis.values[i]!,
    training: costOf(training, rates),
    prediction: costOf(prediction, rates),
  }));
}

/** The kernel calls of a step and of a prediction. */
async function workOf(sizes: Sizes): Promise<{ training: Work[]; prediction: Work[] }> {
  const { backend, clock } = await clockedBackend(build);
  const model = await modelOn(new ClockedEngine(backend, clock), sizes);
  await model.step(); // the first of a run also shuffles
  const callsOf = async (run: () => Promise<unknown>): Promise<Work[]> => {
    clock.take();
    await run();
    return clock.take().map(({ call }) => call);
  };
  const training = await callsOf(() => model.step());
  const prediction = await callsOf(() => model.predict());
  await model.end();
  (backend as Backend).dispose();
  return { training, prediction };
}

async function modelOn(
  engine: Parameters<typeof benchmarkModelOf>[1],
  sizes: Sizes,
): Promise<BenchmarkModel> {
  const make = () => network(sizes);
  return benchmarkModelOf({ name: "scaling", make }, engine, drawn(sizes), sizes.batch);
}

/** One batch of numbers from 0 to 1, and classes in turns. */
function drawn({ batch, side }: Sizes): Dataset {
  const x = Float32Array.from({ length: batch * side * side * 3 }, (_, i) => ((i * 7919) % 1013) / 1013);
  const y = Int32Array.from({ length: batch }, (_, i) => i % 10);
  return dataset({ x, y, shape: [batch, side, side, 3], name: "scaling" });
}

const task = (run: () => unknown, images: number, work: readonly Work[]): Task => ({
  run,
  images,
  work,
  calls: 1,
  times: [],
});

/** Calls until nothing gets faster, and how many of them fill a block. */
async function warmUp(task: Task, block: number): Promise<void> {
  let best = await timed(task);
  for (let slower = 0, spent = best; slower < 3 && spent < 20 * block; ) {
    const time = await timed(task);
    spent += time;
    slower = time < 0.95 * best ? 0 : slower + 1;
    best = Math.min(best, time);
  }
  task.calls = Math.max(1, Math.round(block / best));
}

/** Milliseconds of processor time of a call. */
async function timed({ run, calls }: Task): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e3 / calls;
}

function costOf({ times, images, work }: Task, rates: Work): Cost {
  const least = work.reduce(
    (sum, { flop, bytes }) => sum + Math.max(flop / rates.flop, bytes / rates.bytes),
    0,
  );
  return { measured: (1e3 * median(times)) / images, limit: (1e3 * least) / images };
}
