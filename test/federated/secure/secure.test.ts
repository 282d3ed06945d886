/** Secure aggregation among nodes in memory: the sum comes out, also without a node that went away, and a server that asks for more gets nothing. */
import { describe, expect, it } from "vitest";
import { SecureAggregation } from "../../../src/federated/secure/aggregation.ts";
import { newKeyPair, seal, unseal } from "../../../src/federated/secure/keys.ts";
import { mask } from "../../../src/federated/secure/masks.ts";
import { sharesOf } from "../../../src/federated/secure/shares.ts";
import type { ConfigValue, Records } from "../../../src/federated/wire/records.ts";
import { decodeNpy } from "../../../src/io/npz/npy.ts";
import { combined, privateKeyOf } from "./shamir.ts";

const settings = {
  sample_num: 3,
  share_num: 3,
  threshold: 2,
  clipping_range: 8,
  target_range: 2 ** 22,
  mod_range: 2 ** 32,
  max_weight: 1000,
};
const name = "secaggplus_configs";
type Config = Record<string, ConfigValue>;

/** A node with weights of its own. */
class Node {
  readonly aggregation = new SecureAggregation();
  constructor(
    readonly id: bigint,
    readonly weights: Float32Array,
    readonly examples: number,
  ) {}

  async ask(stage: string, config: Config = {}): Promise<Config> {
    const train = async (): Promise<Partial<Records>> => ({
      arrays: {
        "fitres.parameters": new Map([
          ["0", { shape: [this.weights.length], dtype: "float32", data: this.weights }],
        ]),
      },
      metrics: { "fitres.num_examples": { num_examples: BigInt(this.examples) } },
    });
    const answer = await this.aggregation.answer(this.id, { stage, ...config }, name, train);
    const weights = answer.arrays?.["fitres.parameters"];
    expect(weights?.size ?? 0).toBe(0); // never in the clear
    return { ...answer.configs![name]! };
  }
}

const nodes = (): Node[] => [
  new Node(3n, Float32Array.of(0.5, -1.25, 3), 100),
  new Node(2n ** 64n - 7n, Float32Array.of(-0.5, 0.75, 1), 300),
  new Node(2n ** 63n - 1n, Float32Array.of(2, 2, -2), 600),
];

/** Public keys of all, then shares for all. @returns each node's letters */
async function shared(all: readonly Node[]): Promise<{ keys: Config; letters: Map<bigint, Config> }> {
  const keys: Config = {};
  for (const node of all) {
    const { pk1, pk2 } = await node.ask("setup", settings);
    keys[String(node.id)] = [pk1, pk2] as Uint8Array[];
  }
  const letters = new Map(all.map(({ id }) => [id, { srcs: [] as bigint[], ctxts: [] as Uint8Array[] }]));
  for (const node of all) {
    const { dsts, ctxts } = (await node.ask("share_keys", keys)) as { dsts: bigint[]; ctxts: Uint8Array[] };
    dsts.forEach((id, i) => {
      letters.get(id)!.srcs.push(node.id);
      letters.get(id)!.ctxts.push(ctxts[i]!);
    });
  }
  return { keys, letters: letters as unknown as Map<bigint, Config> };
}

async function maskedSum(there: readonly Node[], letters: Map<bigint, Config>): Promise<Uint32Array> {
  const sum = new Uint32Array(4);
  for (const node of there) {
    const { masked_params } = await node.ask("collect_masked_vectors", letters.get(node.id));
    const numbers = (masked_params as Uint8Array[]).flatMap((bytes) => [
      ...(decodeNpy("", bytes).data as BigInt64Array),
    ]);
    numbers.forEach((number, i) => {
      sum[i]! += Number(number);
    });
  }
  return sum;
}

/** What the numbers of a sum stand for: the mean by examples. */
function meanOf(sum: Uint32Array, count: number): number[] {
  const [total, ...numbers] = sum as unknown as [number, ...number[]];
  const { clipping_range: clip, target_range: range } = settings;
  return numbers.map((number) => ((number * 2 * clip) / range - count * clip) * (range / total));
}

const expectedMean = (there: readonly Node[]): number[] => {
  const total = there.reduce((sum, { examples }) => sum + examples, 0);
  return [0, 1, 2].map(
    (i) => there.reduce((sum, { weights, examples }) => sum + weights[i]! * examples, 0) / total,
  );
};

/** The head of a letter: from whom, to whom, how long the first share is. */
function letter(from: bigint, to: bigint, length: number): number[] {
  const view = new DataView(new ArrayBuffer(20));
  view.setBigUint64(0, from, true);
  view.setBigUint64(8, to, true);
  view.setUint32(16, length, true);
  return [...new Uint8Array(view.buffer)];
}

describe("secure aggregation", () => {
  it("gives the sum of all, though no server sees what one of them sent", async () => {
    const all = nodes();
    const { letters } = await shared(all);
    const sum = await maskedSum(all, letters);
    expect(meanOf(sum, 3)[0]).not.toBeCloseTo(expectedMean(all)[0]!, 2);
    const shares = new Map(all.map(({ id }) => [id, [] as Uint8Array[]]));
    for (const node of all) {
      const answer = await node.ask("unmask", { active_nids: all.map(({ id }) => id), dead_nids: [] });
      (answer.nids as bigint[]).forEach((id, i) => {
        shares.get(id)!.push((answer.shares as Uint8Array[])[i]!);
      });
    }
    for (const [, each] of shares) mask(sum, combined(each), 2 ** 32, -1);
    meanOf(sum, 3).forEach((value, i) => {
      expect(value).toBeCloseTo(expectedMean(all)[i]!, 4);
    });
  });

  it("gives the sum of those who are left where one went away under way", async () => {
    const all = nodes();
    const [gone, ...left] = all as [Node, ...Node[]];
    const { keys, letters } = await shared(all);
    const sum = await maskedSum(left, letters);
    const config = { active_nids: left.map(({ id }) => id), dead_nids: [gone.id] };
    const answers = [await left[0]!.ask("unmask", config), await left[1]!.ask("unmask", config)];
    const secretOf = (id: bigint): Uint8Array =>
      combined(answers.map(({ nids, shares }) => (shares as Uint8Array[])[(nids as bigint[]).indexOf(id)]!));
    for (const { id } of left) mask(sum, secretOf(id), 2 ** 32, -1);
    const key = await privateKeyOf(secretOf(gone.id));
    for (const { id } of left) {
      const common = await key.agreeWith((keys[String(id)] as Uint8Array[])[0]!);
      mask(sum, common, 2 ** 32, gone.id > id ? 1 : -1); // as the one who is gone would have
    }
    meanOf(sum, 2).forEach((value, i) => {
      expect(value).toBeCloseTo(expectedMean(left)[i]!, 4);
    });
  });

  it("gives no server both secrets of a node, and none a second time", async () => {
    const all = nodes();
    const { letters } = await shared(all);
    await maskedSum(all, letters);
    const ids = all.map(({ id }) => id);
    const asked = (config: Config, node = all[0]!) => node.ask("unmask", config);
    await expect(asked({ active_nids: ids, dead_nids: [ids[1]!] })).rejects.toThrow(/both secrets/);
    await expect(asked({ active_nids: ids, dead_nids: [] })).rejects.toThrow(/unmask.*setup/);
    await expect(asked({ active_nids: [ids[0]!], dead_nids: [] }, all[1])).rejects.toThrow(
      /1 nodes are left/,
    );
    await asked({ active_nids: ids, dead_nids: [] }, all[2]);
    await expect(asked({ active_nids: [], dead_nids: ids }, all[2])).rejects.toThrow(/setup/);
  });

  it.each<[string, (keys: Config, own: bigint) => Config, RegExp]>([
    ["too few nodes", (keys, own) => ({ [String(own)]: keys[String(own)]! }), /1 nodes are there/],
    [
      "keys that were changed",
      (keys, own) => ({ ...keys, [String(own)]: keys[3] as Uint8Array[] }),
      /the same|changed/,
    ],
    ["keys that are none", (keys) => ({ ...keys, 9: "key" }), /no two public keys/],
    ["a number for keys", (keys) => ({ ...keys, 9: 9 }), /no two public keys/],
    ["keys of what is no node", (keys) => ({ ...keys, x: keys[3]! }), /"x" came where a node's number/],
  ])("refuses %s", async (_, change, reason) => {
    const all = nodes();
    const keys: Config = {};
    for (const node of all) {
      const { pk1, pk2 } = await node.ask("setup", settings);
      keys[String(node.id)] = [pk1, pk2] as Uint8Array[];
    }
    const { id } = all[1]!;
    await expect(all[1]!.ask("share_keys", change(keys, id))).rejects.toMatchObject({
      code: "DATA_FORMAT",
      message: expect.stringMatching(reason),
    });
  });

  it.each<[string, (from: bigint, to: bigint) => number[], RegExp]>([
    ["of nothing", () => [], /has 0 bytes of 20 or more/],
    ["that ends before its length", (from, to) => letter(from, to, 0).slice(0, 19), /has 19 bytes of 20/],
    ["that is shorter than it says", (from, to) => [...letter(from, to, 3), 1, 2], /has 22 bytes of 23/],
    ["for others", (from) => letter(from, from, 0), /meant for others/],
  ])("refuses a sealed letter %s, of a node that has the key", async (_, plain, reason) => {
    const [node, other] = nodes() as [Node, Node];
    const pair = await newKeyPair();
    const { pk1, pk2 } = await node.ask("setup", settings);
    const keys = [pk1, pk2] as Uint8Array[];
    const others = [(await newKeyPair()).publicKey, pair.publicKey];
    await node.ask("share_keys", { [String(node.id)]: keys, [String(other.id)]: others });
    const sealed = await seal(await pair.agreeWith(keys[1]!), Uint8Array.from(plain(other.id, node.id)));
    const config = { srcs: [other.id], ctxts: [sealed] };
    await expect(node.ask("collect_masked_vectors", config)).rejects.toMatchObject({
      code: "DATA_FORMAT",
      message: expect.stringMatching(reason),
    });
  });

  it.each<[Config, RegExp]>([
    [{ srcs: 3, ctxts: [] }, /3 came where a list of nodes/],
    [{ srcs: [0.5], ctxts: [Uint8Array.of(1)] }, /0.5 came where a node's number/],
  ])("refuses senders %o", async (config, reason) => {
    const all = nodes();
    await shared(all);
    await expect(all[0]!.ask("collect_masked_vectors", config)).rejects.toMatchObject({
      code: "DATA_FORMAT",
      message: expect.stringMatching(reason),
    });
  });

  it.each([
    [{ mod_range: 1000 }, /power of two/],
    [{ threshold: 1 }, /threshold/],
    [{ clipping_range: Number.NaN }, /clipping_range/],
  ])("refuses a server's settings %o", async (change, reason) => {
    await expect(nodes()[0]!.ask("setup", { ...settings, ...change })).rejects.toThrow(reason);
  });

  it("masks by NumPy's numbers", () => {
    const numbers = new Uint32Array(2000);
    mask(numbers, Uint8Array.of(0xef, 0xbe, 0xad, 0xde), 2 ** 32, 1);
    expect([...numbers.subarray(0, 3), ...numbers.subarray(1998)]).toEqual([
      956529277, 3842322136, 3319553134, 645203809, 3109713323,
    ]);
    const few = new Uint32Array(12);
    mask(few, Uint8Array.of(3, 0, 0, 0, 2, 0, 0, 0), 16, 1); // 3 xor 2
    expect([...few]).toEqual([5, 11, 12, 8, 9, 11, 5, 0, 0, 1, 12, 7]);
  });

  it("shares a secret so that any two of three give it back, whatever its length", () => {
    for (const length of [1, 16, 31, 306]) {
      const secret = Uint8Array.from({ length }, (_, i) => i * 7);
      const [a, b, c] = sharesOf(secret, 2, 3) as [Uint8Array, Uint8Array, Uint8Array];
      for (const pair of [
        [a, b],
        [c, a],
        [b, c],
      ])
        expect([...combined(pair)]).toEqual([...secret]);
    }
  });

  it("seals for one node, and notices what was changed", async () => {
    const [a, b] = [await newKeyPair(), await newKeyPair()];
    const key = await a.agreeWith(b.publicKey);
    expect(key).toEqual(await b.agreeWith(a.publicKey));
    const plain = Uint8Array.of(1, 2, 3);
    const token = await seal(key, plain);
    expect([...(await unseal(key, token))]).toEqual([1, 2, 3]);
    const changed = token.map((byte, i) => (i === 40 ? byte ^ 1 : byte));
    await expect(unseal(key, changed)).rejects.toThrow(/damaged/);
  });
});
