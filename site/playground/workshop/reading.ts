/** What has been read: the data, the model that was trained or opened last, and the networks that suit them. */
import { AnygradError, augmentation, createEngine, type Engine, fineTune, load, type Model } from "anygrad";
import { layersOf, recipeOf } from "../network/presets.ts";
import { type Experiment, firstRecipe, type LayerSpec, type Recipe } from "../recipe/experiment.ts";
import type { DataSummary, NetworkSummary, Pictures, WorkshopMethods } from "../training/messages.ts";
import { type Loaded, picturesOf } from "./dataSets.ts";
import { describeNetwork, networkOf, summaryOf } from "./network.ts";

/** The network that is named so is the one that was trained last, under a new head. */
export const pretrained = "pretrained";

export class Reading {
  #data: Loaded | undefined;
  /** The model that was trained or opened last, as `save` gives it: what a new head can be put on. */
  trained: Uint8Array | undefined;

  async take(data: Loaded): Promise<DataSummary> {
    this.#data = data;
    const { summary } = data;
    const fits = this.trained && (await takes(this.trained, summary));
    return fits ? { ...summary, presets: [...summary.presets, pretrained] } : summary;
  }

  /** @throws AnygradError NOT_READY where there are none */
  get data(): Loaded {
    if (!this.#data) throw new AnygradError("NOT_READY", "there are no data yet; choose some first");
    return this.#data;
  }

  async preset(name: string): Promise<ReturnType<WorkshopMethods["preset"]>> {
    const { summary } = this.data;
    if (name === pretrained) return { layers: await this.#lookedAt(specsOf), recipe: headRecipe };
    const layers = layersOf(name, summary);
    const { optimizer, learningRate, schedule, weightDecay, epochs, ...usual } = recipeOf(name, firstRecipe);
    // of few examples an epoch has eight steps at least: with the usual batches it would have learned nothing by the end
    const eighth = 2 ** Math.floor(Math.log2(summary.train / 8));
    const batchSize = Math.min(usual.batchSize, Math.max(4, eighth));
    return { layers, recipe: { optimizer, learningRate, schedule, weightDecay, batchSize, epochs } };
  }

  async describe({
    network,
    batchSize,
  }: Parameters<WorkshopMethods["describe"]>[0]): Promise<NetworkSummary> {
    if (network.preset === pretrained && this.trained)
      return this.#lookedAt((net) => summaryOf(net, batchSize));
    const { inputShape, classes } = this.data.summary;
    return describeNetwork(network, inputShape, classes, batchSize);
  }

  /** A network with its first weights. @throws AnygradError where its shapes do not fit */
  async network({ network, recipe }: Experiment, engine: Engine): Promise<Model> {
    const net =
      network.preset === pretrained
        ? await this.#underNewHead(recipe.seed, engine)
        : networkOf(network, this.data.summary.inputShape, recipe.seed);
    net.take(asItSees(this.data.train));
    return net;
  }

  /** Some pictures as they are, and as further steps of training would see them. */
  async augmented(augment: Recipe["augment"]): Promise<Pictures> {
    const { train } = this.data;
    const count = Math.min(4, train.shape[0]!);
    const times = 6;
    const places = Array.from({ length: count * times }, (_, i) => Math.floor(i / times));
    const pictures = picturesOf(train, places, () => "");
    if (Object.keys(augment).length === 0) return pictures;
    const { augmentedPictures } = await import("./augmented.ts");
    return { ...pictures, data: await augmentedPictures(pictures, augmentation(augment), times) };
  }

  /** The data as arrays that Node reads: what a program needs where the data are the user's own. */
  async file(): Promise<Uint8Array<ArrayBuffer>> {
    const { writeNpz } = await import("anygrad/npz");
    const { train, test } = this.data;
    const arrays = Object.entries({ train, test }).flatMap(([name, { x, y, shape }]) => [
      [`${name}_x`, { shape, data: x }],
      [`${name}_y`, { shape: [y.length], data: y instanceof Float32Array ? y : Int32Array.from(y) }],
    ]);
    return new Uint8Array(writeNpz(Object.fromEntries(arrays)));
  }

  /** What `look` finds at the network under a new head. */
  async #lookedAt<Found>(look: (net: Model) => Found): Promise<Found> {
    const engine = await createEngine({ threads: 1 });
    try {
      return look(await this.#underNewHead(0, engine));
    } finally {
      engine.dispose();
    }
  }

  /** The model that was trained last, its layers frozen under a head for the classes of these data. */
  async #underNewHead(seed: number, engine: Engine): Promise<Model> {
    if (!this.trained)
      throw new AnygradError(
        "NOT_READY",
        "there is no trained network any more; train one or open a model, then choose this again",
      );
    const base = await load(this.trained, { engine });
    return fineTune(base, { classes: [...this.data.summary.classNames], seed });
  }
}

/** A head learns fast from few examples. */
const headRecipe = {
  optimizer: "adam",
  learningRate: 0.003,
  schedule: "constant",
  weightDecay: undefined,
  batchSize: 16,
  epochs: 30,
} as const;

export function specsOf(net: Model): LayerSpec[] {
  return net.layers.map((layer) => {
    const { type, config } = layer.toJSON();
    return { type, config: JSON.parse(JSON.stringify(config)) as LayerSpec["config"] };
  });
}

/** What a network learns of the data when it is trained, for one that is asked before. */
export function asItSees({
  normalization,
  classNames,
  preparation,
}: Loaded["train"]): Parameters<Model["take"]>[0] {
  return { normalization, classNames, preparation };
}

/** Whether a saved model takes examples as these data have them. */
async function takes(bytes: Uint8Array, { inputShape, task, toy }: DataSummary): Promise<boolean> {
  if (task !== "classification" || toy || inputShape.length !== 3) return false;
  const engine = await createEngine({ threads: 1 });
  try {
    return String((await load(bytes, { engine })).inputShape) === String(inputShape);
  } finally {
    engine.dispose();
  }
}
