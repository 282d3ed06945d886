/**
 * Secure aggregation by Flower's SecAgg and SecAgg+ workflows: the server learns the sum of what nodes send, and nothing of a single one.
 * A round has four messages: nodes give out keys, share their secrets among each other, send their weights under masks, and give the server
 * the shares that take the masks off the sum. Reference: Bell et al., arXiv:2009.11248.
 */
import { AnygradError, quote } from "../../errors.ts";
import { encodeNpy } from "../../io/npz/npy.ts";
import { checkNumber } from "../../math/checks.ts";
import { roundedToEven } from "../../math/rounding.ts";
import type { ArrayRecord, ConfigValue, Records } from "../wire/records.ts";
import { type KeyPair, newKeyPair, seal, unseal } from "./keys.ts";
import { MersenneTwister, mask, type Quantization, quantize } from "./masks.ts";
import { sharesOf } from "./shares.ts";

type Config = Readonly<Record<string, ConfigValue>>;

/** What another node has given of its two secrets, sealed for this one. */
interface Shares {
  readonly seed: Uint8Array;
  readonly key: Uint8Array;
}

interface Round extends Quantization {
  readonly nodeId: bigint;
  readonly threshold: number;
  readonly shareCount: number;
  readonly modulus: number;
  readonly maxWeight: number;
  /** Its private key is shared: masks of two nodes come from it. */
  readonly masking: KeyPair;
  /** Its private key stays here. */
  readonly sealing: KeyPair;
  /** The seed of the node's own mask. */
  readonly seed: Uint8Array;
  readonly next: "share_keys" | "collect_masked_vectors" | "unmask";
  /** The others' keys for masks, and what this node has agreed on with each for shares. */
  readonly peers: Map<bigint, { readonly maskingKey: Uint8Array; readonly sealed: Uint8Array }>;
  /** What each node has given, this one among them. */
  readonly shares: Map<bigint, Shares>;
}

const wrong = (reason: string): AnygradError =>
  new AnygradError("DATA_FORMAT", `secure aggregation: ${reason}`);

/** A node's part in secure aggregation, from round to round. */
export class SecureAggregation {
  #round: Round | undefined;

  /**
   * The answer to one of the four messages.
   * @param config the message's record of secure aggregation, which has this name in messages and answers
   * @param train trains, for the third of them; its answer's weights go out under masks
   * @throws AnygradError DATA_FORMAT for messages out of order, or that no honest server sends; as `train` does
   */
  async answer(
    nodeId: bigint,
    { stage, ...config }: Config,
    name: string,
    train: () => Promise<Partial<Records>>,
  ): Promise<Partial<Records>> {
    const told = (answer: Record<string, ConfigValue>): Partial<Records> => ({ configs: { [name]: answer } });
    if (stage === "setup") return told(await this.#begin(nodeId, config));
    const round = this.#round;
    if (!round || stage !== round.next)
      throw wrong(`the stage ${quote(stage)} came where ${quote(round?.next ?? "setup")} was due`);
    this.#round = undefined; // an error ends the round, and so does its last stage
    if (stage === "unmask") return told(unmask(round, config));
    if (stage === "share_keys") {
      const shared = await shareKeys(round, config);
      this.#round = { ...round, next: "collect_masked_vectors" };
      return told(shared);
    }
    const sources = await openShares(round, config);
    const { arrays = {}, metrics = {}, configs = {} } = await train();
    const masked = await maskedWeights(round, sources, { arrays, metrics });
    this.#round = { ...round, next: "unmask" };
    const emptied = Object.fromEntries(Object.keys(arrays).map((each) => [each, new Map()]));
    return { arrays: emptied, metrics, configs: { ...configs, [name]: masked } };
  }

  async #begin(nodeId: bigint, config: Config): Promise<Record<string, ConfigValue>> {
    const number = (name: string, range: { from: number; to: number }): number =>
      checkNumber(`secure aggregation: ${name}`, config[name] as number, range);
    const [masking, sealing] = [await newKeyPair(), await newKeyPair()];
    const round: Round = {
      nodeId,
      threshold: number("threshold", { from: 2, to: 2 ** 16 }),
      shareCount: number("share_num", { from: 2, to: 2 ** 16 }),
      clippingRange: number("clipping_range", { from: 1e-6, to: 1e6 }),
      targetRange: number("target_range", { from: 2, to: 2 ** 31 }),
      modulus: number("mod_range", { from: 4, to: 2 ** 32 }),
      maxWeight: number("max_weight", { from: 1e-6, to: 1e12 }),
      masking,
      sealing,
      seed: crypto.getRandomValues(new Uint8Array(32)),
      next: "share_keys",
      peers: new Map(),
      shares: new Map(),
    };
    if (2 ** (32 - Math.clz32(round.modulus - 1)) !== round.modulus)
      throw wrong(`mod_range is ${round.modulus}, and a power of two is wanted`);
    this.#round = round;
    return { pk1: masking.publicKey, pk2: sealing.publicKey };
  }
}

/** Shares both secrets among all nodes of the round. @param keys two public ones of each node, by its number */
async function shareKeys(round: Round, keys: Config): Promise<Record<string, ConfigValue>> {
  const { nodeId, threshold, masking, sealing, seed, peers, shares } = round;
  const nodes = Object.entries(keys).map(([id, pair]) => {
    const [maskingKey, sealingKey, ...more] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
    if (!(maskingKey instanceof Uint8Array && sealingKey instanceof Uint8Array) || more.length > 0)
      throw wrong(`${quote(id)} has no two public keys`);
    return { id: idOf(id), maskingKey, sealingKey };
  });
  if (nodes.length < threshold) throw wrong(`${nodes.length} nodes are there, and ${threshold} are wanted`);
  const all = nodes.flatMap((node) => [node.maskingKey, node.sealingKey]).map(String);
  if (new Set(all).size !== all.length) throw wrong("two public keys are the same");
  const own = nodes.find(({ id }) => id === nodeId);
  if (
    String(own?.maskingKey) !== String(masking.publicKey) ||
    String(own?.sealingKey) !== String(sealing.publicKey)
  )
    throw wrong("this node's public keys came back changed");
  const count = Math.max(round.shareCount, nodes.length);
  const seeds = sharesOf(seed, threshold, count);
  const secrets = sharesOf(masking.privateKey, threshold, count);
  const sent: { id: bigint; sealed: Uint8Array }[] = [];
  for (const [i, { id, maskingKey, sealingKey }] of nodes.entries()) {
    const own = { seed: seeds[i]!, key: secrets[i]! };
    if (id === nodeId) shares.set(id, own);
    else {
      const key = await sealing.agreeWith(sealingKey);
      peers.set(id, { maskingKey, sealed: key });
      sent.push({ id, sealed: await seal(key, letterOf(nodeId, id, own)) });
    }
  }
  return { dsts: sent.map(({ id }) => id), ctxts: sent.map(({ sealed }) => sealed) };
}

/** From whom, to whom, how long the first share is, and both shares. */
function letterOf(from: bigint, to: bigint, { seed, key }: Shares): Uint8Array<ArrayBuffer> {
  const letter = new Uint8Array(20 + seed.length + key.length);
  const view = new DataView(letter.buffer);
  view.setBigUint64(0, from, true);
  view.setBigUint64(8, to, true);
  view.setUint32(16, seed.length, true);
  letter.set(seed, 20);
  letter.set(key, 20 + seed.length);
  return letter;
}

/** Keeps the shares of the others. @returns who they are */
async function openShares({ nodeId, threshold, peers, shares }: Round, config: Config): Promise<bigint[]> {
  const letters = (config.ctxts ?? []) as readonly Uint8Array[];
  const sources = idsOf(config.srcs);
  if (letters.length !== sources.length || letters.length + 1 < threshold)
    throw wrong(`shares of ${letters.length} other nodes came, and ${threshold - 1} are wanted`);
  for (const [i, source] of sources.entries()) {
    const peer = peers.get(source);
    if (!peer || shares.has(source)) throw wrong(`a share of node ${source} was not expected`);
    const letter = await unseal(peer.sealed, letters[i]!);
    const view = new DataView(letter.buffer, letter.byteOffset, letter.length);
    const end = letter.length < 20 ? 20 : 20 + view.getUint32(16, true);
    if (letter.length < end)
      throw wrong(`a share of node ${source} has ${letter.length} bytes of ${end} or more`);
    if (view.getBigUint64(0, true) !== source || view.getBigUint64(8, true) !== nodeId)
      throw wrong(`a share of node ${source} was meant for others`);
    shares.set(source, { seed: letter.subarray(20, end), key: letter.subarray(end) });
  }
  return sources;
}

/** The weights times the number of examples, and that number in front of them, as whole numbers under the masks. */
async function maskedWeights(
  { nodeId, masking, seed, peers, modulus, maxWeight, ...quantization }: Round,
  sources: readonly bigint[],
  { arrays, metrics }: Partial<Records>,
): Promise<Record<string, ConfigValue>> {
  const [record] = Object.values(arrays ?? {}) as [ArrayRecord];
  const [counts] = Object.values(metrics ?? {}) as [Record<string, number | bigint>];
  const weights = [...record.values()] as { shape: readonly number[]; data: Float32Array }[];
  const share = roundedToEven((Number(counts.num_examples) / maxWeight) * quantization.targetRange);
  const numbers = new Uint32Array(1 + weights.reduce((sum, { data }) => sum + data.length, 0));
  numbers[0] = share;
  const chance = new MersenneTwister(seedOf(weights)); // of rounding alone: equal runs send equal numbers
  let end = 1;
  for (const { data } of weights) {
    const written = numbers.subarray(end, end + data.length);
    quantize(data, share / quantization.targetRange, quantization, chance, written);
    end += data.length;
  }
  mask(numbers, seed, modulus, 1);
  for (const source of sources) {
    const common = await masking.agreeWith(peers.get(source)!.maskingKey);
    mask(numbers, common, modulus, nodeId > source ? 1 : -1);
  }
  end = 0;
  const parts = [{ shape: [1] as readonly number[], length: 1 }].concat(
    weights.map(({ shape, data }) => ({ shape, length: data.length })),
  );
  const sent = parts.map(({ shape, length }) => {
    const wide = new BigInt64Array(length); // as NumPy's own, whose sums must not overflow
    const words = new Uint32Array(wide.buffer);
    for (let i = 0; i < length; i++) words[2 * i] = (numbers[end++]! & (modulus - 1)) >>> 0;
    return encodeNpy({ name: "masked", shape, dtype: "int64", data: wide });
  });
  return { masked_params: sent };
}

/** A number that other weights have otherwise (FNV-1a over their words). */
function seedOf(weights: readonly { readonly data: Float32Array }[]): number {
  let seed = 2_166_136_261;
  for (const { data } of weights)
    for (const word of new Uint32Array(data.buffer, data.byteOffset, data.length))
      seed = Math.imul(seed ^ word, 16_777_619);
  return seed >>> 0;
}

/** Shares of the seeds of those who are there, and of the keys of those who are not: never both of one, which would bare its weights. */
function unmask({ threshold, shares }: Round, config: Config): Record<string, ConfigValue> {
  const [active, dead] = [idsOf(config.active_nids), idsOf(config.dead_nids)];
  if (active.length < threshold) throw wrong(`${active.length} nodes are left, and ${threshold} are wanted`);
  if (new Set([...active, ...dead]).size !== active.length + dead.length)
    throw wrong("the server asks for both secrets of a node");
  const shareOf = (id: bigint, secret: keyof Shares): Uint8Array => {
    const found = shares.get(id);
    if (!found) throw wrong(`the server asks for a share of node ${id}, which gave none`);
    return found[secret];
  };
  return {
    nids: [...active, ...dead],
    shares: [...active.map((id) => shareOf(id, "seed")), ...dead.map((id) => shareOf(id, "key"))],
  };
}

function idsOf(value: ConfigValue | undefined = []): bigint[] {
  if (!Array.isArray(value)) throw wrong(`${quote(value)} came where a list of nodes was due`);
  return value.map(idOf);
}

/** A node's number, which servers send as such or as text. */
function idOf(value: unknown): bigint {
  try {
    return BigInt(value as string);
  } catch {
    throw wrong(`${quote(value)} came where a node's number was due`);
  }
}
