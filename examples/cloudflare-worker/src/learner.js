// A learner: a network, its training run and its examples, in a Durable Object that may be evicted at any time.
// Network, optimizer and run are one buffer under the key "state"; the examples are rows beside it.
import { DurableObject } from "cloudflare:workers";
import { createEngine, load } from "anygrad";
import base from "./base.bin";

const plan = { epochs: 6, batchSize: 32, seed: 1 };
const row = 785; // bytes: a label, then 28×28 pixels
const room = 16e6; // bytes of examples: a slice holds them twice

export class Learner extends DurableObject {
  #net;
  #last = Promise.resolve();

  constructor(ctx, env) {
    super(ctx, env);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS posts (id INTEGER PRIMARY KEY, bytes BLOB)");
    ctx.blockConcurrencyWhile(async () => {
      const state = (await ctx.storage.get("state")) ?? new Uint8Array(base);
      this.#net = await load(state, { engine: await createEngine({ memoryLimit: 64 * 2 ** 20 }) });
    });
  }

  async classify(pixels) {
    const { data } = await this.#net.predict(pixels);
    return { label: data.indexOf(Math.max(...data)), probabilities: [...data] };
  }

  /** Keeps labelled images. @returns how many there are now; undefined where there is no room */
  add(bytes) {
    const { sql } = this.ctx.storage;
    const { kept } = sql.exec("SELECT coalesce(sum(length(bytes)), 0) AS kept FROM posts").one();
    if (kept + bytes.length > room) return undefined;
    sql.exec("INSERT INTO posts (bytes) VALUES (?)", bytes);
    return (kept + bytes.length) / row;
  }

  /** At most so many steps of the run; a new one where the last is over or examples have come. One slice at a time. */
  train(steps) {
    const slice = this.#last.then(() => this.#slice(steps));
    this.#last = slice.catch(() => {});
    return slice;
  }

  async #slice(most) {
    const net = this.#net;
    const data = { ...this.#examples(), normalization: net.normalization };
    const n = data.shape[0];
    if (n === 0) return undefined;
    const { done = true, examples } = net.position ?? {};
    let [steps, reached] = [0, {}];
    for await (const step of net.train(data, { ...plan, resume: !done && examples === n })) {
      reached = { loss: step.running_loss, accuracy: step.running_accuracy };
      if (++steps === most) break;
    }
    const state = await net.save({ optimizer: true });
    await this.ctx.storage.put("state", state);
    return { ...reached, position: net.position, stateBytes: state.length };
  }

  async describe() {
    const net = this.#net;
    const digest = await net.digest();
    return { digest, examples: this.#examples().shape[0], position: net.position, engine: net.engine.info };
  }

  #examples() {
    const posts = [...this.ctx.storage.sql.exec("SELECT bytes FROM posts ORDER BY id")];
    const images = posts.flatMap(({ bytes }) =>
      Array.from({ length: bytes.byteLength / row }, (_, i) => new Uint8Array(bytes, i * row, row)),
    );
    const x = new Uint8Array(images.length * (row - 1));
    for (const [i, image] of images.entries()) x.set(image.subarray(1), i * (row - 1));
    return { x, y: Uint8Array.from(images, ([label]) => label), shape: [images.length, 28, 28, 1] };
  }
}
