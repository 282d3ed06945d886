/** The small print of a run, as rows of names and values: how it was set up, and on what it ran. */

import type { RunJson } from "../../runs/schema.ts";
import { augmentationNames } from "../../src/augmentation/options.ts";
import { augmentText } from "../../src/augmentation/text.ts";
import { formatBytes } from "../../src/math/bytes.ts";
import { dataTable } from "../html/dataTable.ts";
import { beside } from "../html/figure.ts";
import type { Html } from "../html/html.ts";
import type { Section } from "../html/page.ts";
import { setText } from "../text/noun.ts";
import { formatCount, formatSeconds, plural } from "../text/numbers.ts";
import { nameAndPlace } from "../text/paths.ts";

export type Fact = readonly [name: string, value: string];

/** Everything that the result depends on. */
function settingFacts(settings: RunJson): Fact[] {
  const { preset, command, seed, trainingSeed, stopped, recipe, network, dataset } = settings;
  const { preparation, inputs } = dataset;
  const shapeText = (shape: readonly number[]): string => setText({ shape, preparation, inputs });
  return [
    [command === "" ? "network" : "preset", preset],
    ...(trainingSeed === undefined
      ? [["seed", String(seed)] as const]
      : [
          ["seed of the weights", String(seed)] as const,
          ["seed of order and dropout", String(trainingSeed)] as const,
        ]),
    ...(stopped === undefined ? [] : [["stopped", stopped] as const]),
    ["data set", nameAndPlace(dataset.name, dataset.where)],
    ["training set", trainText(dataset, shapeText)],
    ...(dataset.validation ? [["validation set", shapeText(dataset.validation)] as const] : []),
    ["test set", shapeText(dataset.test)],
    ...(dataset.limit === null
      ? []
      : [["limit", `the first ${formatCount(dataset.limit)} of each set`] as const]),
    ...optionFacts(recipe),
    ...optionFacts(network).map(([name, value]) => [`network: ${name}`, value] as const),
  ];
}

function trainText(
  { train, stream }: RunJson["dataset"],
  shapeText: (shape: readonly number[]) => string,
): string {
  if (train.length > 0) return shapeText(train);
  if (!stream) return "not known";
  const { stepsPerEpoch } = stream;
  return `a stream of batches${stepsPerEpoch === undefined ? "" : `, ${plural(stepsPerEpoch, "step")} an epoch`}`;
}

/** "1", or "4, of the order 7" where a run from code had two. */
export function seedText({ seed, trainingSeed }: RunJson): string {
  return trainingSeed === undefined ? String(seed) : `${seed}, of the order ${trainingSeed}`;
}

/** What the speed depends on. */
function environmentFacts({ anygrad, engine, environment = {}, ...run }: RunJson): Fact[] {
  const { memoryBytes, peakBytes, ...others } = engine;
  return [
    ["anygrad", anygrad],
    ...optionFacts(environment),
    ...optionFacts(others),
    ["WebAssembly memory", formatBytes(peakBytes ?? memoryBytes)],
    ["whole training", formatSeconds(run.seconds)],
    ...(run.secondsPerEpoch === null
      ? []
      : [["an epoch", `${formatSeconds(run.secondsPerEpoch)}, without its test`] as const]),
    ["a step (median)", `${run.stepMilliseconds.toFixed(2)} ms`],
  ];
}

function optionFacts(options: object): Fact[] {
  return Object.entries(options)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [words(name), name === "augment" ? changesText(value) : valueText(value)]);
}

// learningRate → learning rate
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

// as --augment takes it; of a network of several inputs the changes have their names
function changesText(value: unknown): string {
  const options = Object.entries(Object(value)).filter(([name]) =>
    augmentationNames.some((each) => each === name),
  );
  return options.length > 0 ? augmentText(Object.fromEntries(options)) : valueText(value);
}

function valueText(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Both tables, side by side where there is room. */
export function settingsSection(settings: RunJson): Section {
  return {
    id: "settings",
    title: "Settings and environment",
    body: beside(
      factTable("Settings: what the result depends on", settingFacts(settings)),
      factTable("Environment: what ran it, and how fast", environmentFacts(settings)),
    ),
  };
}

function factTable(caption: string, facts: readonly Fact[]): Html {
  return dataTable({
    caption,
    columns: [
      { head: "name", kind: "text" },
      { head: "value", kind: "prose" },
    ],
    rows: facts,
  });
}
