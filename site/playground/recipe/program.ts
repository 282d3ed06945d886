/** A program for Node that makes the same run, bit for bit, and prints its digest. */

import { classesOf } from "../data/toy.ts";
import type { PlanePoints } from "../training/messages.ts";
import type { DataChoice, Experiment, RateChange, Recipe } from "./experiment.ts";

/** The file that the program reads the user's own examples from. */
export const dataFile = "data.npz";

export interface Facts {
  /** `net.getConfig()` as JSON. */
  readonly config: string;
  readonly points: PlanePoints | undefined;
  readonly isRegression: boolean;
  /** Whether the examples are bytes, to be divided by 255. */
  readonly isBytes: boolean;
}

export function programOf({ data, recipe }: Experiment, rates: readonly RateChange[], facts: Facts): string {
  const imports = new Set(["modelFromConfig", "optimizers"]);
  const loading = loadingOf(data, recipe, facts, imports);
  const rate = rateOf(recipe, imports);
  const augment = Object.keys(recipe.augment).length > 0 && data.kind !== "toy" && data.kind !== "table";
  if (augment) imports.add("augmentation");
  const loss = facts.isRegression ? "meanSquaredError" : "sparseCategoricalCrossentropy";
  const metric = facts.isRegression ? "mae" : "accuracy";
  const steered = rates
    .map(
      ({ step, learningRate }) => `    if (globalStep === ${step - 1}) run.learningRate = ${learningRate};\n`,
    )
    .join("");
  const npz = loading.includes("readNpz(");
  return `// npm install anygrad, then: node run.mjs
${npz ? 'import { readFile } from "node:fs/promises";\n' : ""}import { ${[...imports].sort().join(", ")} } from "anygrad";
${npz ? 'import { readNpz } from "anygrad/npz";\n' : ""}
${loading}
const net = modelFromConfig(${configText(facts.config)});
await net.compile({
  optimizer: optimizers.${optimizerText(recipe, rate)},
  loss: "${loss}",
  metrics: ["${metric}"],
});
await net.fit(train, {
  epochs: ${recipe.epochs},
  batchSize: ${recipe.batchSize},
  seed: ${recipe.seed},
${augment ? `  augment: augmentation(${JSON.stringify(recipe.augment)}),\n` : ""}${
  steered ? `  callbacks: [{ onStepEnd({ globalStep }, run) {\n${steered}  } }],\n` : ""
}});
console.log(await net.digest());
`;
}

function loadingOf(
  data: DataChoice,
  { batchSize, schedule }: Recipe,
  { points, isBytes }: Facts,
  imports: Set<string>,
): string {
  const steps =
    schedule === "constant" ? "" : `const steps = Math.ceil(train.shape[0] / ${batchSize}); // of an epoch\n`;
  if (data.kind === "digits") {
    imports.add("datasets");
    return `const { train } = await datasets.digits({ train: ${data.train}, test: ${data.test}, seed: 1 });\n${steps}`;
  }
  imports.add("dataset");
  if (data.kind === "toy" && points) {
    const rows = Array.from(points.x, (x, i) => `[${number(x)},${number(points.y[i]!)}]`).join(",");
    const names = Array.from({ length: classesOf(data.shape) }, (_, i) => String.fromCharCode(65 + i));
    return `const x = [${rows}];
const y = [${points.label.join(",")}];
const train = dataset({ x, y, classNames: ${JSON.stringify(names)} });
${steps}`;
  }
  return `// the examples of the page: the button beside this program writes them
const { train_x: x, train_y: y } = await readNpz(await readFile("${dataFile}"));
const train = dataset({ x: x.data, shape: x.shape, y: y.data${isBytes ? ", normalization: { scale: 1 / 255, shift: 0 }" : ""} });
${steps}`;
}

/** A line a layer. */
function configText(config: string): string {
  const { layers, ...others } = JSON.parse(config) as { layers: readonly unknown[] };
  const lines = layers.map((layer) => `    ${JSON.stringify(layer)},\n`).join("");
  return `{\n  ...${JSON.stringify(others)},\n  layers: [\n${lines}  ],\n}`;
}

/** Coordinates are thousandths. */
function number(value: number): string {
  return String(Math.round(1000 * value) / 1000);
}

function rateOf({ schedule, learningRate, epochs }: Recipe, imports: Set<string>): string {
  if (schedule === "constant") return String(learningRate);
  imports.add("schedules");
  return schedule === "cosine"
    ? `schedules.cosine({ initialLearningRate: ${learningRate}, decaySteps: ${epochs} * steps })`
    : `schedules.oneCycle({ maxLearningRate: ${learningRate}, totalSteps: ${epochs} * steps, pctStart: 0.25, divFactor: 10, finalDivFactor: 1000 })`;
}

function optimizerText({ optimizer, weightDecay }: Recipe, rate: string): string {
  const decay = weightDecay === undefined ? "" : `, weightDecay: ${weightDecay}`;
  if (optimizer === "momentum") return `sgd({ learningRate: ${rate}${decay}, momentum: 0.9 })`;
  if (optimizer === "nesterov")
    return `sgd({ learningRate: ${rate}${decay}, momentum: 0.9, nesterov: true })`;
  return `${optimizer}({ learningRate: ${rate}${decay} })`;
}
