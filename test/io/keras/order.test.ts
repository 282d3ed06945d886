/** The layers of a .keras file stand as Keras keeps them, by which it finds their weights; the orders are those of Keras 3.15.1. */
import { describe, expect, it } from "vitest";
import { createEngine, input, layers, type Model, model } from "../../../src/index.ts";
import { saveKeras } from "../../../src/io/keras/index.ts";
import { unzip } from "../../../src/io/zip/archive.ts";

const engine = await createEngine({ threads: 1 });
const dense = (name: string): ReturnType<typeof layers.dense> => layers.dense({ units: 3, name });
const x = input({ shape: [3], name: "x" });
const y = input({ shape: [3], name: "y" });
const words = input({ shape: [4], name: "words" });

/** The names of layers in the order of `keras.models.load_model(file).layers`, and the network. */
const networks: Record<string, readonly [order: string, make: () => Model]> = {
  "two outputs, of which the first is nearer to the input": [
    "x begin middle near far",
    () => {
      const [far, middle, near] = ["far", "middle", "near"].map(dense) as [
        ReturnType<typeof dense>,
        ReturnType<typeof dense>,
        ReturnType<typeof dense>,
      ];
      const begin = dense("begin").apply(x);
      return model({ inputs: x, outputs: [near.apply(begin), far.apply(middle.apply(begin))] }) as never;
    },
  ],
  "outputs by names": [
    "x begin a z",
    () => {
      const begin = dense("begin").apply(x);
      return model({
        inputs: x,
        outputs: { z: dense("z").apply(begin), a: dense("a").apply(begin) },
      }) as never;
    },
  ],
  "a layer at two depths": [
    "y other x first shared behind add last",
    () => {
      const shared = dense("shared");
      const other = dense("other").apply(y);
      const sum = layers
        .add()
        .apply([shared.apply(x), dense("behind").apply(shared.apply(dense("first").apply(other)))]);
      return model({ inputs: [x, y], outputs: dense("last").apply(sum) }) as never;
    },
  ],
  "two inputs that meet": [
    "x y left rightmost again right concatenate",
    () => {
      const left = dense("left").apply(x);
      const right = dense("right").apply(dense("rightmost").apply(y));
      return model({
        inputs: [x, y],
        outputs: layers.concatenate().apply([dense("again").apply(left), right]),
      }) as never;
    },
  ],
  "a mask": [
    "words embedding before x one masking two read three add",
    () => {
      const embedded = layers
        .embedding({ inputDim: 5, outputDim: 3, maskZero: true, name: "embedding" })
        .apply(words);
      const masked = layers.masking({ name: "masking" }).apply(dense("before").apply(embedded));
      const read = layers.lstm({ units: 3, name: "read" }).apply(masked);
      const other = dense("three").apply(dense("two").apply(dense("one").apply(x)));
      return model({ inputs: [words, x], outputs: layers.add().apply([read, other]) }) as never;
    },
  ],
  "a masking layer beside as many dense ones": [
    "x begin before one steps two three masking four read add",
    () => {
      const begin = dense("begin").apply(x);
      const steps = layers.repeatVector({ n: 4, name: "steps" }).apply(dense("before").apply(begin));
      const read = layers
        .lstm({ units: 3, name: "read" })
        .apply(layers.masking({ name: "masking" }).apply(steps));
      const other = dense("four").apply(dense("three").apply(dense("two").apply(dense("one").apply(begin))));
      return model({ inputs: x, outputs: layers.add().apply([other, read]) }) as never;
    },
  ],
  "masks that are joined": [
    "x words embedding first one before steps two plain three four five beside six read sum",
    () => {
      const embedded = layers
        .embedding({ inputDim: 5, outputDim: 3, maskZero: true, name: "embedding" })
        .apply(words);
      const steps = layers.repeatVector({ n: 4, name: "steps" }).apply(dense("first").apply(x));
      const beside = layers
        .concatenate({ name: "beside" })
        .apply([dense("before").apply(embedded), dense("plain").apply(steps)]);
      const read = layers.gru({ units: 3, name: "read" }).apply(beside);
      let other = x;
      for (const name of ["one", "two", "three", "four", "five", "six"]) other = dense(name).apply(other);
      return model({
        inputs: [words, x],
        outputs: layers.add({ name: "sum" }).apply([other, read]),
      }) as never;
    },
  ],
  "masks of attention": [
    "words x embedding one before two masking three both four seen value five mixed six mean sum",
    () => {
      const embedded = layers
        .embedding({ inputDim: 5, outputDim: 3, maskZero: true, name: "embedding" })
        .apply(words);
      const again = layers.masking({ name: "masking" }).apply(dense("before").apply(embedded));
      const both = layers.add({ name: "both" }).apply([embedded, again]);
      const seen = layers.multiHeadAttention({ numHeads: 1, keyDim: 2, name: "seen" }).apply([both, again]);
      const mixed = layers.attention({ name: "mixed" }).apply([seen, dense("value").apply(again)]);
      const mean = layers.globalAveragePooling1d({ name: "mean" }).apply(mixed);
      let other = x;
      for (const name of ["one", "two", "three", "four", "five", "six"]) other = dense(name).apply(other);
      return model({
        inputs: [words, x],
        outputs: layers.add({ name: "sum" }).apply([other, mean]),
      }) as never;
    },
  ],
};

describe("the layers of a .keras file", () => {
  it.each(Object.entries(networks))("stand in Keras's order: %s", async (_, [order, make]) => {
    const net = make();
    await net.build({ engine });
    const config = unzip("test", saveKeras(net)).get("config.json");
    const { layers: written } = JSON.parse(new TextDecoder().decode(config)).config;
    expect(written.map(({ name }: { name: string }) => name).join(" ")).toBe(order);
    net.dispose();
  });
});
