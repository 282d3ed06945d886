/** Public functions called without arguments, with swapped and with wrong ones: each is a typed error in one short line. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import * as node from "../../node/index.ts";
import * as anygrad from "../../src/index.ts";

const engine = await anygrad.createEngine({ threads: 1 });
const network = () =>
  anygrad.sequential([anygrad.layers.dense({ units: 2, activation: "softmax" })], {
    inputShape: [4],
    seed: 1,
  });
const net = network();
await net.compile({ loss: "mse", engine });
const set = anygrad.dataset({ x: [[1, 2, 3, 4]], y: [[0, 1]] });
const history = await net.fit(set);
const folder = mkdtempSync(join(tmpdir(), "anygrad-arguments-"));
afterAll(() => rmSync(folder, { recursive: true }));

const wrong: readonly (readonly unknown[])[] = [
  [],
  [null],
  [5],
  ["x.jpg"],
  [{}],
  [() => {}],
  [true],
  [net],
  [set, 5],
  [net, history],
  [history, net, set, folder],
  [net, set, history, folder],
  [net, history, 5, folder],
  [net, history, set],
  [net, history, set, 5],
  [net, history, set, ""],
  [5, history, set, folder],
];

/** Each is made anew: what a call changes, the next does not see. */
async function ofModel(name: string, args: readonly unknown[]): Promise<unknown> {
  const own = network();
  await own.compile({ loss: "mse", engine });
  const made = (own as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!(...args);
  return name === "train" ? await (made as AsyncGenerator).next() : made;
}

const isNoOption = (arg: unknown): boolean => arg === undefined || JSON.stringify(arg) === "{}";

type Call = (...args: readonly unknown[]) => unknown;
const free = Object.entries({ ...node, ...anygrad.datasets }).filter(
  ([name, value]) =>
    typeof value === "function" &&
    /^[a-z]/.test(name) &&
    !/^(createEngine|mnist|fashionMnist|kmnist|qmnist|emnist|cifar)/.test(name), // no wrong argument: options alone, or a download
) as [string, Call][];
const methods = [
  "fit",
  "train",
  "evaluate",
  "predict",
  "classify",
  "compile",
  "save",
  "getLayer",
  "setWeights",
  "memory",
];
const calls: [string, Call][] = [
  ...free,
  ...methods.map((name): [string, Call] => [`net.${name}`, (...args) => ofModel(name, args)]),
];

describe.each(calls)("%s", (name, call) => {
  it("gives a typed error in one line, or takes it", async () => {
    for (const args of wrong)
      try {
        if (name === "digits" && isNoOption(args[0])) continue; // is right, and draws 7,000 pictures
        await call(...args);
      } catch (error) {
        const { name: kind, message } = error as Error;
        const called = `${name}(${args.map((each) => typeof each).join(", ")}): ${message}`;
        expect(kind, called).toBe("AnygradError");
        expect(message, called).not.toMatch(/\n|\[object |\bundefined is not\b/);
        expect(message.length, called).toBeLessThanOrEqual(500);
      }
  });
});

describe("what cannot be understood is refused", () => {
  it.each<[string, () => unknown, RegExp]>([
    ["predict(5)", () => net.predict(5 as never), /^predict: /],
    ['classify("x.jpg")', () => net.classify("x.jpg" as never), /^(classify|predict): /],
    ["fit()", () => net.fit(undefined as never), /^fit: /],
    ["from(5)", () => anygrad.datasets.from(5 as never), /^dataset: got 5; /],
    [
      "writeReport without a folder",
      () => (node.writeReport as Call)(net, history, set),
      /^writeReport: the folder is undefined; pass its path as a text/,
    ],
    ["saveModel without a path", () => (node.saveModel as Call)(net), /^saveModel: the file is undefined/],
    ["take of a number", () => (anygrad.take as Call)(5, 5), /^take: got 5; pass a data set/],
  ])("%s", async (_, act, message) => {
    await expect((async () => act())()).rejects.toMatchObject({
      name: "AnygradError",
      message: expect.stringMatching(message),
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});
