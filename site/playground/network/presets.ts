/** The networks that are offered by name: the presets of anygrad that suit a page, and two for points in a plane. */
import { findPreset } from "../../../src/presets/index.ts";
import type { LayerSpec, Recipe } from "../recipe/experiment.ts";
import type { DataSummary } from "../training/messages.ts";

const dense = (units: number, activation: string): LayerSpec => ({
  type: "dense",
  config: { units, activation },
});

const plane: Readonly<Record<string, readonly LayerSpec[]>> = {
  "plane-8-8": [dense(8, "tanh"), dense(8, "tanh"), dense(2, "softmax")],
  "plane-32-32": [dense(32, "relu"), dense(32, "relu"), dense(2, "softmax")],
};

/** What fits the data, the usual first. */
export function presetsFor({
  inputShape,
  task,
  toy,
}: Pick<DataSummary, "inputShape" | "task" | "toy">): string[] {
  if (toy) return ["plane-32-32", "plane-8-8", "softmax"];
  if (inputShape.length !== 3) return task === "regression" ? ["table", "mlp"] : ["table", "mlp", "softmax"];
  return inputShape.join() === "28,28,1"
    ? ["cnn-32-32", "cnn-relu", "cnn-bn-sigmoid", "mnist-fast", "mlp-128-64", "mlp-64", "softmax"]
    : ["cnn", "mlp", "softmax"];
}

/** The layers of a preset for these data. */
export function layersOf(name: string, { inputShape, classes, task }: DataSummary): LayerSpec[] {
  const own = plane[name];
  if (own) return [...own];
  const preset = findPreset(name);
  if (!preset) return [];
  const made = preset.network({ inputShape, classes, ...(task === "regression" && { outputs: 1 }) });
  return made.map((layer) => {
    const { type, config } = layer.toJSON();
    return { type, config: JSON.parse(JSON.stringify(config)) as LayerSpec["config"] };
  });
}

/** The recipe that a preset is trained with, as far as the page has its parts. */
export function recipeOf(name: string, recipe: Recipe): Recipe {
  const preset = findPreset(name);
  if (!preset)
    return {
      ...recipe,
      optimizer: "adam",
      weightDecay: undefined,
      learningRate: 0.01,
      schedule: "constant",
      batchSize: 16,
      epochs: 60,
    };
  const {
    optimizer,
    learningRate,
    schedule = "constant",
    weightDecay,
    batchSize,
    epochs,
    digitsEpochs,
  } = preset.recipe;
  return {
    ...recipe,
    optimizer,
    learningRate,
    schedule,
    weightDecay,
    batchSize: batchSize === "all" ? 256 : Math.min(batchSize, 64),
    epochs: Math.min(digitsEpochs ?? epochs, 20),
  };
}
