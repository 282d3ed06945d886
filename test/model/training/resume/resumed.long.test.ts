/**
 * A run that is interrupted, saved, loaded and taken up is the uninterrupted one: the same losses, the same history,
 * and at the end the same bytes, which hold weights, moving statistics, optimizer and callbacks. At every step.
 */
import { afterAll, describe, expect, it } from "vitest";
import { createEngine } from "../../../../src/autograd/engine.ts";
import type { Dataset } from "../../../../src/data/dataset.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../../src/io/safetensors/format.ts";
import {
  type Callback,
  callbacks,
  type FitOptions,
  load,
  type TrainStep,
} from "../../../../src/model/index.ts";
import { optimizers } from "../../../../src/optimizers/index.ts";
import { failure } from "../../../data/failure.ts";
import { quarters } from "../../examples.ts";
import {
  begin,
  cases,
  data,
  engine,
  expectSame,
  held,
  interruptedAt,
  loss,
  misleading,
  plan,
  stepsPerEpoch,
  uninterrupted,
  untimed,
  walk,
} from "./resumption.ts";

describe.each(Object.entries(cases).map(([name, it_], i) => [name, it_, i % 4] as const))(
  "%s",
  async (_, it_, begun) => {
    const wanted = await uninterrupted(it_);
    const set = it_.data ?? data;

    it("interrupted at every fourth step, saved and loaded", async () => {
      for (let most = begun; most <= wanted.steps.length; most += 4) await interruptedAt(it_, wanted, most);
    });

    it("in slices of a step, each saved and loaded, on two threads by turns", async () => {
      const two = await createEngine({ threads: 2 });
      expect(two.info.threads).toBe(2);
      let net = await begin(it_, two);
      const steps: TrainStep[] = [];
      let slice = await walk(net.train(set, { ...plan, ...it_.fit?.() }), 1);
      for (let i = 0; ; i++) {
        steps.push(...slice.steps);
        if (slice.history) break;
        net = await load(await net.save({ optimizer: true }), { engine: i % 2 === 0 ? engine : two });
        slice = await walk(net.train(set, { ...it_.fit?.(), resume: true }), 1);
      }
      await expectSame(wanted, net, steps, slice.history);
      two.dispose();
    });

    it("left and taken up in the same process, without a file", async () => {
      const net = await begin(it_);
      const first = await walk(net.train(set, { ...plan, ...it_.fit?.() }), 4);
      const second = await walk(net.train(set, { ...it_.fit?.(), resume: true }), 3);
      const rest = await walk(net.train(set, { ...it_.fit?.(), resume: true }));
      await expectSame(wanted, net, [...first.steps, ...second.steps, ...rest.steps], rest.history);
    });

    it("ended by an abort", async () => {
      const net = await begin(it_);
      const controller = new AbortController();
      const own = it_.fit?.() ?? {};
      const stop: Callback = { onStepEnd: ({ globalStep }) => void (globalStep === 4 && controller.abort()) };
      const list = [own.callbacks ?? [], stop].flat();
      const run = { ...plan, ...own, callbacks: list, signal: controller.signal };
      await failure(() => net.fit(set, run), "ABORTED");
      const again = await load(await net.save({ optimizer: true }), { engine });
      const rest = await walk(again.train(set, { ...it_.fit?.(), resume: true }));
      await expectSame(wanted, again, [...wanted.steps.slice(0, 5), ...rest.steps], rest.history);
    });
  },
);

describe("the control: the comparison sees", () => {
  it("a run that begins anew, that lost its optimizer, or a metric's sums", async () => {
    const net = await begin({ compile: { metrics: ["accuracy"] } });
    const first = await walk(net.train(data, plan), 4);
    const bytes = await net.save({ optimizer: true });
    const whole = await begin({ compile: { metrics: ["accuracy"] } });
    const wanted = await walk(whole.train(data, plan));
    const file = decodeSafetensors(bytes);
    const changed = (change: (run: Record<string, unknown>) => void): Uint8Array => {
      const run = JSON.parse(file.metadata.run!);
      change(run);
      return encodeSafetensors({ ...file, metadata: { ...file.metadata, run: JSON.stringify(run) } });
    };
    const resumed = async (saved: Uint8Array, options: FitOptions) => {
      const again = await load(saved, { engine });
      const { steps } = await walk(again.train(data, options));
      return { steps: [...first.steps, ...steps], digest: await again.digest() };
    };
    const right = { steps: wanted.steps, digest: await whole.digest() };
    expect(await resumed(bytes, { resume: true })).toEqual(right);
    expect((await resumed(bytes, plan)).digest).not.toBe(right.digest);
    const slots = file.tensors.map((t) =>
      t.name.startsWith("optimizer//") ? { ...t, data: t.data.map((v) => v * 1.5) } : t,
    );
    expect((await resumed(encodeSafetensors({ ...file, tensors: slots }), { resume: true })).digest).not.toBe(
      right.digest,
    );
    const seed = changed((run) => {
      run.seed = 12;
    });
    expect((await resumed(seed, { resume: true })).digest).not.toBe(right.digest);
    const sums = changed((run) => {
      run.scores = [{ sum: 0, weight: 0 }];
    });
    const without = await resumed(sums, { resume: true });
    expect(without.digest).toBe(right.digest);
    expect(without.steps).not.toEqual(right.steps);
  });
});

describe("a resumed run", () => {
  it("may have more epochs than it began with, early stopping's best weights notwithstanding", async () => {
    const options = (): FitOptions => ({
      ...plan,
      validationData: misleading,
      callbacks: [callbacks.earlyStopping({ patience: 50 })],
    });
    const compile = { optimizer: optimizers.adam({ learningRate: 0.03 }) };
    const whole = await begin({ compile });
    const history = await whole.fit(data, options());
    const part = await begin({ compile });
    const two = await part.fit(data, { ...options(), epochs: 2 });
    expect(part.position).toEqual({ epoch: 2, step: 0, stepsPerEpoch, epochs: 2, examples: 56, done: true });
    const again = await load(await part.save({ optimizer: true }), { engine });
    expect(untimed(await again.fit(data, { ...options(), resume: true }))).toEqual(untimed(history));
    expect(await again.digest()).toBe(await whole.digest());
    expect(two.loss).toEqual(history.loss.slice(0, 2));
    // not so if the run had gone on from the best weights
    expect(history.val_loss!.indexOf(Math.min(...history.val_loss!))).toBeLessThan(1);
  });

  it("that a callback has stopped, or that is over, takes no step", async () => {
    const net = await begin({});
    await net.fit(data, { ...plan, callbacks: [{ onEpochEnd: (_, __, run) => run.stop("enough") }] });
    const before = await net.digest();
    const again = await load(await net.save({ optimizer: true }), { engine });
    expect(again.position).toMatchObject({ epoch: 1, epochs: 4, done: true });
    const { loss, stopped } = await again.fit(data, { resume: true });
    expect(loss).toHaveLength(1);
    expect(stopped).toBe("enough");
    expect(await again.digest()).toBe(before);
  });

  it("that was stopped before a step of its epoch is over", async () => {
    const net = await begin({});
    const stop: Callback = { onEpochBegin: (epoch, run) => void (epoch === 1 && run.stop()) };
    expect((await net.fit(data, { ...plan, callbacks: [stop] })).loss).toHaveLength(1);
    const again = await load(await net.save({ optimizer: true }), { engine });
    expect((await again.fit(data, { resume: true })).loss).toHaveLength(1);
  });

  it("goes on from weights that were set in between", async () => {
    const net = await begin({});
    await walk(net.train(data, { ...plan, validationData: held, callbacks: [callbacks.earlyStopping()] }), 4);
    net.setWeights(net.getWeights().map((weight) => ({ ...weight, data: weight.data.map((v) => v / 2) })));
    const before = net.getWeights();
    const first = net.train(data, {
      validationData: held,
      callbacks: [callbacks.earlyStopping()],
      resume: true,
    });
    await first.next();
    const moved = net
      .getWeights()
      .flatMap(({ data }, i) => [...data].map((v, j) => Math.abs(v - before[i]!.data[j]!)));
    await first.return({ loss: [], seconds: [], learningRate: [] });
    expect(Math.max(...moved)).toBeLessThan(0.1);
  });

  it("tells where it stands, and whether there is one", async () => {
    const net = await begin({});
    expect(net.position).toBeUndefined();
    await walk(net.train(data, plan), 5);
    expect(net.position).toEqual({ epoch: 1, step: 2, stepsPerEpoch, epochs: 4, examples: 56, done: false });
    expect((await load(await net.save(), { engine })).position).toBeUndefined();
    await net.compile({ optimizer: "adam", loss });
    expect(net.position).toBeUndefined();
  });

  it("gives callbacks back their state; those without one need not be there", async () => {
    const counting = (): Callback & { count: number } => ({
      count: 0,
      onTrainBegin() {
        this.count = 0;
      },
      onStepEnd() {
        this.count++;
      },
      save() {
        return {
          count: this.count,
          list: ["$odd", null, true, [Number.NaN, -0]],
          noise: Float32Array.of(1, 2),
        };
      },
      restore(saved) {
        expect(saved).toEqual({
          count: 5,
          list: ["$odd", null, true, [Number.NaN, -0]],
          noise: Float32Array.of(1, 2),
        });
        this.count = (saved as { count: number }).count;
      },
    });
    const net = await begin({});
    await walk(net.train(data, { ...plan, callbacks: [{ onStepEnd() {} }, counting()] }), 5);
    const again = await load(await net.save({ optimizer: true }), { engine });
    const counter = counting();
    await again.fit(data, { resume: true, callbacks: [counter] });
    expect(counter.count).toBe(12);
  });

  it("writes no second header into a CSV log", async () => {
    const lines: string[] = [];
    const log = (): FitOptions => ({
      callbacks: [callbacks.csvLogger({ write: (line) => void lines.push(line) })],
    });
    const net = await begin({});
    await walk(net.train(data, { ...plan, ...log() }), 7);
    const again = await load(await net.save({ optimizer: true }), { engine });
    await again.fit(data, { ...log(), resume: true });
    expect(lines.map((line) => line.split(",")[0])).toEqual(["epoch", "1", "2", "3", "4"]);
  });

  it("is saved in the same bytes on any engine", async () => {
    const scalar = await createEngine({ variant: "scalar" });
    const saved: Uint8Array[] = [];
    for (const on of [engine, scalar]) {
      const net = await begin({ compile: { metrics: ["auc"] } }, on);
      await walk(net.train(data, plan), 5);
      saved.push(await net.save({ optimizer: true }));
    }
    expect(saved[1]).toEqual(saved[0]);
    expect(await (await load(saved[0]!, { engine })).save({ optimizer: true })).toEqual(saved[0]);
  });
});

describe("wrong use", async () => {
  const early = (): Callback => callbacks.earlyStopping();
  const net = await begin({});
  await walk(net.train(data, { ...plan, validationData: held, callbacks: [early()] }), 5);
  const bytes = await net.save({ optimizer: true });
  const right = (): FitOptions => ({ validationData: held, callbacks: [early()], resume: true });
  const other = await createEngine({ threads: 1 });
  afterAll(() => other.dispose());

  it.each<[string, FitOptions, Dataset, string]>([
    [
      "another batch size",
      { batchSize: 32 },
      data,
      "fit: resume: the run began with batchSize 24 but 32 is given; leave it out, or leave resume out to begin a new run",
    ],
    [
      "another seed",
      { seed: 1 },
      data,
      "fit: resume: the run began with seed 11 but 1 is given; leave it out, or leave resume out to begin a new run",
    ],
    [
      "no shuffle",
      { shuffle: false },
      data,
      "fit: resume: the run began with shuffle true but false is given; leave it out, or leave resume out to begin a new run",
    ],
    [
      "another length of the data",
      {},
      quarters({ n: 55 }),
      "fit: resume: the run began with 56 examples but the data has 55; pass the same data, or leave resume out to begin a new run",
    ],
    [
      "an initial epoch",
      { initialEpoch: 1 },
      data,
      "fit: resume: initialEpoch is 1 but a resumed run begins where it stopped; pass one of them",
    ],
    [
      "too few epochs",
      { epochs: 1 },
      data,
      "fit: resume: the run is in epoch 2 but epochs is 1; pass at least 2",
    ],
    [
      "a callback less",
      { callbacks: [] },
      data,
      "fit: resume: the run began with 1 callbacks that keep a state but 0 are given; pass the same callbacks in the same order",
    ],
    [
      "a callback that watched something else",
      { callbacks: [callbacks.earlyStopping({ monitor: "loss" })] },
      data,
      'earlyStopping: the saved run watched "val_loss" but monitor is "loss"; pass the same callbacks in the same order',
    ],
  ])("%s is a typed error, and the run can still go on", async (_, options, set, wanted) => {
    const again = await load(bytes, { engine });
    const before = await again.digest();
    expect(await failure(() => again.fit(set, { ...right(), ...options }), "INVALID_ARGUMENT")).toBe(wanted);
    expect(await again.digest()).toBe(before);
    await again.fit(data, right());
    const rest = await load(bytes, { engine });
    await rest.fit(data, right());
    expect(await again.digest()).toBe(await rest.digest());
  });

  it("no run to go on with says so", async () => {
    const fresh = await begin({});
    const wanted = /^fit: resume: there is no run to go on with; leave resume out to begin one/;
    expect(await failure(() => fresh.fit(data, { resume: true }), "NOT_READY")).toMatch(wanted);
    const bare = await load(await net.save(), { engine });
    expect(await failure(() => bare.fit(data, { resume: true }), "NOT_READY")).toMatch(wanted);
  });

  it("after an error of a callback there is none", async () => {
    const broken = await begin({});
    const throws: Callback = {
      onStepEnd() {
        throw new RangeError("mine");
      },
    };
    await expect(broken.fit(data, { callbacks: [throws] })).rejects.toThrow("mine");
    await failure(() => broken.fit(data, { resume: true }), "NOT_READY");
    expect((await load(await broken.save({ optimizer: true }), { engine })).position).toBeUndefined();
  });

  it("a callback that saves before others have seen the step says to put it last", async () => {
    const saver: Callback = { onEpochEnd: async () => void (await early0.save({ optimizer: true })) };
    const early0 = await begin({});
    const options: FitOptions = { validationData: held, callbacks: [saver, early()] };
    expect(await failure(() => early0.fit(data, options), "NOT_READY")).toBe(
      "save: a callback saves the run before others of the list, which keep a state, have seen this step; put it last in callbacks",
    );
  });

  it("a cut at any place, or a newer form, is a typed error", async () => {
    for (let length = 0; length < bytes.length; length += Math.max(1, Math.floor(bytes.length / 97)))
      await failure(() => load(bytes.slice(0, length), { engine }), "DATA_FORMAT");
    const file = decodeSafetensors(bytes);
    const model = JSON.stringify({ ...JSON.parse(file.metadata.model!), version: 99 });
    const newer = encodeSafetensors({ ...file, metadata: { ...file.metadata, model } });
    expect(await failure(() => load(newer), "DATA_FORMAT")).toMatch(/saved in form 99 .* update anygrad$/);
  });

  it.each<[string, unknown]>([
    ["seed", "eleven"],
    ["batchSize", 0.5],
    ["examples", -1],
    ["epochs", null],
    ["epoch", "$NaN"],
    ["step", 4],
    ["step", 1e9],
    ["begun", 1],
    ["stopped", undefined],
    ["learningRate", "fast"],
    ["lossSum", null],
    ["logs", [1]],
    ["logs", null],
    ["history", { loss: ["a"] }],
    ["history", null],
    ["weights", "$array 99"],
    ["weights", ["$array 0"]],
    ["callbacks", {}],
    ["callbacks", "$array x"],
  ])("a damaged %s: %j is a typed error", async (name, value) => {
    const file = decodeSafetensors(bytes);
    const run = JSON.stringify({ ...JSON.parse(file.metadata.run!), [name]: value });
    const damaged = encodeSafetensors({ ...file, metadata: { ...file.metadata, run } });
    expect(await failure(() => load(damaged, { engine }), "DATA_FORMAT")).toMatch(
      /^load: .*; save it again$/,
    );
  });

  it("a state of a callback that is no plain data says what may stand in it", async () => {
    const odd = await begin({});
    const map: Callback = { save: () => new Map() as never };
    await walk(odd.train(data, { ...plan, callbacks: [map] }), 1);
    expect(await failure(() => odd.save({ optimizer: true }), "INVALID_ARGUMENT")).toBe(
      "save: a callback's state holds [object Map]; return plain data: numbers, texts, lists, objects and Float32Arrays",
    );
  });
});
