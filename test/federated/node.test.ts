/** A node at a SuperLink in memory: what it asks, what it answers, and what it does when something goes wrong. */
import { beforeAll, describe, expect, it } from "vitest";
import { type FederateOptions, type FederationEvent, federate } from "../../src/federated/index.ts";
import {
  type CompileOptions,
  createEngine,
  type Dataset,
  type Engine,
  layers,
  type Model,
  sequential,
} from "../../src/index.ts";
import type { ForeignArray } from "../../src/io/elements.ts";
import { MemorySuperlink } from "./superlink.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ threads: 1 });
});

const train: Dataset = {
  x: Float32Array.from({ length: 24 }, (_, i) => ((i * 7) % 5) / 5),
  shape: [8, 3],
  y: Int32Array.from({ length: 8 }, (_, i) => i % 2),
};

async function model(): Promise<Model> {
  const net = sequential([layers.dense({ units: 2, activation: "softmax" })], { inputShape: [3], seed: 1 });
  await net.compile(compile());
  return net;
}

const compile = (): CompileOptions => ({
  optimizer: "sgd",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  engine,
});

function array(shape: number[], data: number[]): ForeignArray {
  return { shape, dtype: "float32", data: Float32Array.from(data) };
}
const arrays = () =>
  new Map([
    ["0", array([3, 2], [0.1, 0.2, -0.3, 0.4, 0.5, -0.6])],
    ["1", array([2], [0, 0])],
  ]);

/** Runs a node until it has answered so many messages. */
async function answering(
  superlink: MemorySuperlink,
  count: number,
  options: Partial<FederateOptions> = {},
): Promise<{ events: FederationEvent[]; net: Model }> {
  const net = options.net ?? (await model());
  const events: FederationEvent[] = [];
  const end = new AbortController();
  await federate({
    transport: superlink,
    net,
    train,
    compile: compile(),
    pollSeconds: 0.001,
    signal: end.signal,
    ...options,
    onEvent(event) {
      events.push(event);
      if (["answered", "failed", "dropped"].includes(event.kind) && --count === 0) end.abort();
    },
  });
  return { events, net };
}

describe("a node", () => {
  it("trains from the server's weights, answers under their names, and says good-bye", async () => {
    const superlink = new MemorySuperlink();
    const configs = { config: { "server-round": 3n, epochs: 2n, "batch-size": 4n, lr: 0.5 } };
    await superlink.send("train", { arrays: { arrays: arrays() }, configs });
    const { net } = await answering(superlink, 1, { seed: 2 });
    const [{ message, records }] = superlink.replies as [(typeof superlink.replies)[0]];
    expect([...records!.arrays.arrays!.keys()]).toEqual(["0", "1"]);
    expect(records!.metrics.metrics!["num-examples"]).toBe(8);
    expect(Object.keys(records!.metrics.metrics!)).toEqual(["num-examples", "loss", "accuracy"]);
    expect(message.metadata).toMatchObject({
      runId: 2n ** 63n + 5n,
      srcNodeId: 2n ** 64n - 3n,
      dstNodeId: 1n,
      messageType: "train",
      groupId: "1",
    });
    const expected = await model();
    expected.setWeights(
      [...arrays().values()].map(({ shape, data }) => ({ shape, data: data as Float32Array })),
    );
    await expected.fit(train, {
      epochs: 2,
      batchSize: 4,
      seed: 2003,
      callbacks: {
        onTrainBegin(run) {
          run.learningRate = 0.5;
        },
      },
    });
    expect(await net.digest()).toBe(await expected.digest());
    expect([...records!.arrays.arrays!.get("0")!.data]).toEqual([...expected.getWeights()[0]!.data]);
    expect(superlink.calls.slice(0, 2)).toEqual(["RegisterNode", "ActivateNode"]);
    expect(superlink.calls.slice(-2)).toEqual(["DeactivateNode", "UnregisterNode"]);
  });

  it("tests the server's weights and counts its examples, under the names that are asked for", async () => {
    const superlink = new MemorySuperlink();
    await superlink.send("evaluate", { arrays: { arrays: arrays() } });
    await superlink.send("query", {});
    await answering(superlink, 2, { scores: { evaluate: { accuracy: "eval_acc" } } });
    const [evaluated, counted] = superlink.replies;
    expect(Object.keys(evaluated!.records!.metrics.metrics!)).toEqual(["num-examples", "eval_acc"]);
    expect(evaluated!.records!.arrays).toEqual({});
    expect(counted!.records!.metrics.metrics).toEqual({ "num-examples": 8 });
  });

  it("pulls weights back to the server's, as FedProx asks, by the gradient of its term", async () => {
    const [rate, mu] = [0.5, 0.8];
    const superlink = new MemorySuperlink();
    const configs = { config: { "proximal-mu": mu, "batch-size": 4n, "learning-rate": rate } };
    await superlink.send("train", { arrays: { arrays: arrays() }, configs });
    await answering(superlink, 1);
    const pulled = superlink.replies[0]!.records!.arrays.arrays!.get("0")!.data as Float32Array;
    const free = await model();
    const first = [...arrays().values()].map(({ shape, data }) => ({ shape, data: data as Float32Array }));
    free.setWeights(first);
    const steps: Float32Array[] = [];
    await free.fit(train, {
      batchSize: 4,
      seed: 0,
      callbacks: {
        onTrainBegin(run) {
          run.learningRate = rate;
        },
        onStepEnd(_, { model }) {
          steps.push(model.getWeights()[0]!.data);
        },
      },
    });
    // the term's gradient at the second step: µ times the way of the first
    const expected = Array.from(steps[1]!, (w, i) => w - rate * mu * (steps[0]![i]! - first[0]!.data[i]!));
    expected.forEach((w, i) => {
      expect(pulled[i]).toBeCloseTo(w, 6);
    });
    expect([...pulled]).not.toEqual([...steps[1]!]);
  });

  it.each([
    [
      "a message of another kind",
      "fit_ins",
      { arrays: { arrays: arrays() } },
      /fit_ins.*train, evaluate and query/,
    ],
    ["no weights", "train", {}, /0 ArrayRecords/],
    [
      "weights of another network",
      "train",
      {
        arrays: {
          arrays: new Map([
            ["0", array([2, 3], [1, 2, 3, 4, 5, 6])],
            ["1", array([2], [0, 0])],
          ]),
        },
      },
      /is \[2, 3\].*takes \[3, 2\].*pytorch/,
    ],
    [
      "a setting that makes no sense",
      "train",
      { arrays: { arrays: arrays() }, configs: { config: { epochs: 1.5 } } },
      /epochs/,
    ],
    [
      "weights that are no numbers",
      "train",
      {
        arrays: {
          arrays: new Map([
            ["0", array([3, 2], [Number.NaN, 0, 0, 0, 0, 0])],
            ["1", array([2], [0, 0])],
          ]),
        },
      },
      /NaN|finite/,
    ],
  ])("answers %s by an error, and goes on", async (_, type, records, reason) => {
    const superlink = new MemorySuperlink();
    await superlink.send(type, records);
    await superlink.send("query", {});
    const { events } = await answering(superlink, 2);
    expect(superlink.replies[0]!.message.error?.reason).toMatch(reason);
    expect(superlink.replies[0]!.message.error!.reason!.length).toBeLessThanOrEqual(500);
    expect(superlink.replies[1]!.message.error).toBeUndefined();
    expect(events.map(({ kind }) => kind)).toEqual([
      "joined",
      "received",
      "failed",
      "received",
      "answered",
      "left",
    ]);
  });

  it("answers an object that came damaged by an error", async () => {
    const superlink = new MemorySuperlink();
    const damage = ({ bytes }: { bytes: Uint8Array }): Uint8Array =>
      bytes[0] === "A".charCodeAt(0)
        ? bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte))
        : bytes;
    await superlink.send("train", { arrays: { arrays: arrays() } }, damage);
    await answering(superlink, 1);
    expect(superlink.replies[0]!.message.error).toMatchObject({
      code: 3n,
      reason: expect.stringMatching(/damaged/),
    });
  });

  it("waits for a SuperLink that is away, and joins anew where it is not known any more", async () => {
    const superlink = new MemorySuperlink();
    superlink.faults.RegisterNode = [{ kind: "unavailable", reason: "no route" }];
    superlink.faults.PullMessages = [{ kind: "unknown", reason: "Invalid node ID" }];
    await superlink.send("query", {});
    const { events } = await answering(superlink, 1);
    expect(events.map(({ kind }) => kind)).toEqual([
      "waiting",
      "joined",
      "joined",
      "received",
      "answered",
      "left",
    ]);
  });

  it("gives weights under masks alone where it is told so", async () => {
    const superlink = new MemorySuperlink();
    await superlink.send("train", { arrays: { arrays: arrays() } });
    const stage = { stage: "setup", sample_num: 2n, share_num: 2n, threshold: 2n };
    const ranges = { clipping_range: 8, target_range: 4194304n, mod_range: 2n ** 32n, max_weight: 1000 };
    await superlink.send("train", { configs: { secaggplus_configs: { ...stage, ...ranges } } });
    await superlink.send("evaluate", { arrays: { arrays: arrays() } });
    await answering(superlink, 3, { secureAggregation: true });
    const [clear, masked, test] = superlink.replies;
    expect(clear!.message.error?.reason).toMatch(/in the clear/);
    expect(Object.keys(masked!.records!.configs.secaggplus_configs!)).toEqual(["pk1", "pk2"]);
    expect(test!.records!.metrics.metrics!["num-examples"]).toBe(8);
  });

  it("answers strategies of before in their own records", async () => {
    const superlink = new MemorySuperlink();
    const configs = { "fitins.config": { local_epochs: 2n, batch_size: 4n, server_round: 3n } };
    await superlink.send("train", { arrays: { "fitins.parameters": arrays() }, configs });
    await superlink.send("evaluate", {
      arrays: { "evaluateins.parameters": arrays() },
      configs: { "evaluateins.config": {} },
    });
    await superlink.send("train", { arrays: { arrays: arrays() }, configs });
    await answering(superlink, 3);
    const [fit, test, plain] = superlink.replies.map(({ records }) => records!);
    const trained = fit!.arrays["fitres.parameters"]!;
    expect([...trained.values()]).toEqual([...plain!.arrays.arrays!.values()]);
    expect(fit!.metrics).toEqual({ "fitres.num_examples": { num_examples: 8 } });
    expect(Object.keys(fit!.configs["fitres.metrics"]!)).toEqual(["loss", "accuracy"]);
    expect(fit!.configs["fitres.status"]).toEqual({ code: 0, message: "Success" });
    expect(test!.metrics["evaluateres.loss"]!.loss).toBeGreaterThan(0);
    expect(test!.metrics["evaluateres.num_examples"]).toEqual({ num_examples: 8 });
    expect(Object.keys(test!.configs["evaluateres.metrics"]!)).toEqual(["accuracy"]);
  });

  it("drops an answer whose run has ended", async () => {
    const superlink = new MemorySuperlink();
    superlink.faults.PushMessages = [{ kind: "over", reason: "The current run status does not allow this" }];
    await superlink.send("query", {});
    await superlink.send("query", {});
    const { events } = await answering(superlink, 2);
    expect(events.map(({ kind }) => kind)).toEqual([
      "joined",
      "received",
      "dropped",
      "received",
      "answered",
      "left",
    ]);
  });

  it("ends where nobody answers for as long as it may wait, and where it is refused", async () => {
    const away = new MemorySuperlink();
    away.faults.RegisterNode = [{ kind: "unavailable", reason: "no route" }];
    await expect(answering(away, 1, { maxWaitSeconds: 0 })).rejects.toMatchObject({
      code: "DATA_DOWNLOAD",
      message: expect.stringMatching(/no route/),
    });
    const closed = new MemorySuperlink();
    closed.faults.RegisterNode = [{ kind: "refused", reason: "SuperNode authentication is enabled" }];
    await expect(answering(closed, 1)).rejects.toMatchObject({
      code: "UNSUPPORTED",
      message: expect.stringMatching(/RegisterNode: SuperNode authentication is enabled/),
    });
  });

  it("tells of settings that it does not know", async () => {
    const superlink = new MemorySuperlink();
    const configs = { config: { "weight-decay": 0.1, lr: 0.1 } };
    await superlink.send("train", { arrays: { arrays: arrays() }, configs });
    const unknown: string[] = [];
    await answering(superlink, 1, { onUnknown: (names) => unknown.push(...names) });
    expect(unknown).toEqual(["weight-decay"]);
  });

  it.each([
    [{ net: 1 }, /net is 1/],
    [{ train: undefined }, /train is undefined/],
    [{ transport: {} }, /no transport/],
    [{ pollSeconds: 0 }, /pollSeconds/],
    [{ heartbeatSeconds: 5 }, /heartbeatSeconds/],
    [{ epochs: 0 }, /epochs/],
    [{ pol: 1 }, /pol/],
  ])("refuses %o", async (options, message) => {
    const given = { transport: new MemorySuperlink(), net: await model(), train, ...options };
    await expect(federate(given as unknown as FederateOptions)).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: expect.stringMatching(message),
    });
  });
});
