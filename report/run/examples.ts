/** Examples that a report shows: some of each class, and the mistakes that the network was surest of. */

import { type Places, placeText } from "../../runs/places.ts";
import type { FinishedRun } from "../../runs/reader.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import type { Part } from "../html/html.ts";
import { hasPictures, type Picture, pictureOf } from "../pictures/picture.ts";
import { formatCount } from "../text/numbers.ts";

/** A picture with what stands below it. */
export interface CaptionedPicture {
  readonly picture: Picture;
  /** Lines below the picture; the first is emphasised. */
  readonly lines: readonly [string, ...string[]];
  /** Text for those who do not see the picture. */
  readonly alt: string;
}

/** Examples of a class. */
export interface ClassSamples {
  readonly name: string;
  readonly pictures: readonly Picture[];
  /** Text for those who do not see them. */
  readonly alts: readonly string[];
}

const MOST_A_CLASS = 10;
const LEAST_A_CLASS = 3;
const SAMPLES = 160; // in all, unless that were fewer than LEAST_A_CLASS each
const MISTAKES = 24;

/** The first few of each class of a set of pictures; nothing for other data. */
export function samplesOf(train: Dataset, classNames: readonly string[]): ClassSamples[] {
  if (!hasPictures(train)) return [];
  const share = Math.floor(SAMPLES / classNames.length);
  const aClass = Math.min(MOST_A_CLASS, Math.max(LEAST_A_CLASS, share));
  const found: number[][] = classNames.map(() => []);
  for (let i = 0; i < train.y.length; i++) {
    const ofClass = found[train.y[i]!];
    if (ofClass && ofClass.length < aClass) ofClass.push(i);
  }
  return found.map((examples, label) => ({
    name: classNames[label]!,
    pictures: examples.map((example) => pictureOf(train, example)),
    alts: examples.map((example) => `training example ${example}: ${classNames[label]}`),
  }));
}

export interface Mistake {
  readonly example: number;
  readonly label: string;
  readonly predicted: string;
  /** Probability of the predicted class; `ofLabel` is that of the true one. */
  readonly confidence: number;
  readonly ofLabel: number;
}

/** The examples taken for a wrong class with the highest probability, surest first. */
export function worstMistakes(
  { settings, predictions: { labels, predicted, probabilities } }: FinishedRun,
  most: number = MISTAKES,
): Mistake[] {
  const { classNames } = settings.dataset;
  return labels
    .map((_, example) => example)
    .filter((example) => labels[example] !== predicted[example])
    .map((example) => ({
      example,
      label: classNames[labels[example]!]!,
      predicted: classNames[predicted[example]!]!,
      confidence: probabilities[example]?.[predicted[example]!] ?? Number.NaN,
      ofLabel: probabilities[example]?.[labels[example]!] ?? Number.NaN,
    }))
    .sort((a, b) => b.confidence - a.confidence || a.ofLabel - b.ofLabel || a.example - b.example)
    .slice(0, most);
}

/** Mistakes as pictures, where the set has them. */
export function mistakePictures(test: Dataset, mistakes: readonly Mistake[]): CaptionedPicture[] {
  if (!hasPictures(test)) return [];
  return mistakes.map(({ example, label, predicted, confidence, ofLabel }) => ({
    picture: pictureOf(test, example),
    lines: [`${predicted}: ${probability(confidence)}`, `is ${label}: ${probability(ofLabel)}`],
    alt: `test example ${formatCount(example)}: ${label}, taken for ${predicted}`,
  }));
}

export function mistakeRows(mistakes: readonly Mistake[], places?: Places): Part[][] {
  return mistakes.map(({ example, label, predicted, confidence, ofLabel }) => [
    placeText(places, example),
    label,
    predicted,
    probability(confidence),
    probability(ofLabel),
  ]);
}

/** 0.99962 → "0.9996", 1 → "1.0000"; tiny ones keep a figure: "1.2e-7". */
function probability(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return value > 0 && value < 0.00005 ? value.toExponential(1) : value.toFixed(4);
}
