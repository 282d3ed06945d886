/**
 * Five lessons of ten minutes, as guided states of the playground: what is set up, where one looks, and when a step is done. The words are
 * in the texts, step by step.
 */
import type { Experiment, LayerSpec } from "../recipe/experiment.ts";
import { firstRecipe } from "../recipe/experiment.ts";
import { finished, openViews, progress, type Room, repeated, verdict } from "../state/state.ts";

export interface LessonStep {
  /** What the playground is brought to. */
  readonly setup?: Experiment;
  readonly room: Room;
  /** Views that are opened. */
  readonly views?: readonly string[];
  /** Whether the task of the step has been done; none: the step is read. */
  done?(): boolean;
  /** The right answer's place, where the step is a question. */
  readonly answer?: number;
}

export const lessonNames = ["neuron", "overfitting", "convolution", "normalization", "bits"] as const;
export type LessonName = (typeof lessonNames)[number];

const dense = (units: number, activation: string): LayerSpec => ({
  type: "dense",
  config: { units, activation },
});
const conv = (filters: number, activation: string): LayerSpec => ({
  type: "conv2d",
  config: { filters, kernelSize: 3, padding: "same", activation },
});
const pool: LayerSpec = { type: "maxPooling2d", config: { poolSize: 2 } };
const flatten: LayerSpec = { type: "flatten", config: {} };

const plane = (shape: "circle" | "moons", count: number, noise: number): Experiment["data"] => ({
  kind: "toy",
  shape,
  count,
  noise,
});
const digits: Experiment["data"] = { kind: "digits", train: 2000, test: 500 };

const hasEnded = (): boolean => finished.value !== undefined;
const reaches = (share: number) => (): boolean => hasEnded() && (verdict.value?.accuracy ?? 0) >= share;
const last = (name: string): number => finished.value?.history[name]?.at(-1) ?? Number.NaN;
const isOpen = (view: string) => (): boolean => openViews.value.has(view) && progress.value !== undefined;

const normalized = (momentum: number): LayerSpec[] => [
  conv(8, "linear"),
  { type: "batchNormalization", config: { momentum } },
  { type: "activation", config: { activation: "relu" } },
  pool,
  flatten,
  dense(10, "softmax"),
];

export const lessons: Readonly<Record<LessonName, readonly LessonStep[]>> = {
  neuron: [
    {
      room: "train",
      setup: {
        data: plane("circle", 300, 0.1),
        network: { layers: [dense(2, "softmax")] },
        recipe: { ...firstRecipe, learningRate: 0.03, batchSize: 16, epochs: 40 },
      },
      done: hasEnded,
    },
    { room: "train", answer: 1 },
    {
      room: "train",
      setup: {
        data: plane("circle", 300, 0.1),
        network: { layers: [dense(6, "tanh"), dense(2, "softmax")] },
        recipe: { ...firstRecipe, learningRate: 0.03, batchSize: 16, epochs: 60 },
      },
      done: reaches(0.95),
    },
    { room: "train", views: ["activations"], done: isOpen("activations") },
  ],
  overfitting: [
    {
      room: "train",
      setup: {
        data: plane("moons", 40, 0.5),
        network: { layers: [dense(32, "relu"), dense(32, "relu"), dense(2, "softmax")] },
        recipe: { ...firstRecipe, learningRate: 0.01, batchSize: 8, epochs: 200 },
      },
      done: () => hasEnded() && last("val_loss") > 1.5 * last("loss"),
    },
    { room: "train", answer: 2 },
    {
      room: "train",
      setup: {
        data: plane("moons", 1000, 0.5),
        network: { layers: [dense(32, "relu"), dense(32, "relu"), dense(2, "softmax")] },
        recipe: { ...firstRecipe, learningRate: 0.01, batchSize: 32, epochs: 30 },
      },
      done: () => hasEnded() && last("val_loss") < 1.3 * last("loss"),
    },
  ],
  convolution: [
    {
      room: "train",
      setup: {
        data: digits,
        network: { layers: [flatten, dense(32, "relu"), dense(10, "softmax")] },
        recipe: { ...firstRecipe, epochs: 4 },
      },
      views: ["filters"],
      done: hasEnded,
    },
    {
      room: "train",
      setup: {
        data: digits,
        network: { layers: [conv(8, "relu"), pool, conv(16, "relu"), pool, flatten, dense(10, "softmax")] },
        recipe: { ...firstRecipe, learningRate: 0.003, epochs: 4 },
      },
      views: ["filters"],
      done: hasEnded,
    },
    { room: "train", answer: 0 },
    { room: "train", views: ["activations"], done: isOpen("activations") },
  ],
  normalization: [
    {
      room: "train",
      setup: {
        data: digits,
        network: { layers: normalized(0.99) },
        recipe: { ...firstRecipe, learningRate: 0.01, epochs: 1 },
      },
      done: hasEnded,
    },
    { room: "train", answer: 1 },
    {
      room: "train",
      setup: {
        data: digits,
        network: { layers: normalized(0.8) },
        recipe: { ...firstRecipe, learningRate: 0.01, epochs: 1 },
      },
      done: hasEnded,
    },
  ],
  bits: [
    {
      room: "train",
      setup: {
        data: { kind: "digits", train: 500, test: 100 },
        network: { layers: [flatten, dense(16, "relu"), dense(10, "softmax")] },
        recipe: { ...firstRecipe, epochs: 2 },
      },
      done: hasEnded,
    },
    {
      room: "reproduce",
      done: () => repeated.value !== undefined && repeated.value === finished.value?.digest,
    },
    { room: "reproduce", answer: 2 },
  ],
};
