/**
 * Several trained models on one test set, side by side: who is best, where, and on which images they differ.
 *
 * Works on the predictions of finished runs alone; nothing is trained or evaluated here. All numbers of the page, the
 * terminal and `--json` come from here, so that they agree.
 */
import type { Predictions } from "../../runs/reader.ts";
import { rankingScore, type Scores } from "../../runs/scores.ts";
import { type ClassReport, ConfusionMatrix } from "../../src/metrics/index.ts";
import { isUntested } from "../text/classScores.ts";
import { commandWithoutFolders, withoutFolders } from "../text/paths.ts";
import { mcnemar, significance, wilsonInterval } from "./noise.ts";

/** A finished run, as its folder tells it. */
export interface ComparedRun {
  /** Tells the model apart from the others. */
  readonly model: string;
  readonly preset: string;
  readonly seed: number;
  readonly parameters: number;
  readonly test: Scores;
  /** Seconds of the whole training, the test after each epoch included. */
  readonly seconds: number;
  /** Mean seconds of an epoch, of training alone; null where no epoch was measured. */
  readonly secondsPerEpoch: number | null;
  /** Median milliseconds of a step. */
  readonly stepMilliseconds: number;
  /** Hex SHA-256 of the weights. */
  readonly digest: string;
  /** The command that repeats the run. */
  readonly command: string;
  /** The optimizer, its rate, batches and epochs in a few words. */
  readonly recipe: string;
  /** Every option of the network and of training, as it was set. */
  readonly options: Readonly<Record<string, string>>;
  /** What the epochs were judged on. */
  readonly judgedOn: "test" | "validation";
  readonly engine: {
    readonly runtime: string;
    readonly variant: string;
    readonly precision: string;
    readonly threads: number;
  };
  /** One value an epoch under each name: loss, accuracy, val_loss, val_accuracy … */
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly predictions: Predictions;
}

/** A run with what follows from its predictions. */
export interface Model extends ComparedRun {
  readonly confusion: ConfusionMatrix;
  /** Bounds of the 95 % interval of the accuracy. */
  readonly interval: readonly [number, number];
}

/** Two models on the same images. */
export interface Duel {
  readonly first: string;
  readonly second: string;
  /** Images that one of them alone gets right. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** p-value of McNemar's exact test. */
  readonly p: number;
  /** Whether the difference is more than the luck of the test set. */
  readonly clear: boolean;
}

/** Who recognises a class best. */
export interface ClassWinner {
  readonly classId: number;
  readonly name: string;
  readonly model: string;
  readonly f1: number;
  /** The next best model. */
  readonly second: { readonly model: string; readonly f1: number };
  /** The two models compared over all images, on the question "this class or another?". */
  readonly duel: Duel;
}

/** A test image, and who got it right. */
export interface ImageVerdict {
  /** Place in the test set, from 0. */
  readonly example: number;
  readonly label: number;
  /** In the order of the models. */
  readonly answers: readonly Answer[];
}

export interface Answer {
  readonly model: string;
  readonly predicted: number;
  /** Probability of the class that was predicted. */
  readonly probability: number;
  readonly right: boolean;
}

/** One class taken for another, by all models together. */
export interface SharedConfusion {
  readonly label: number;
  readonly predicted: number;
  readonly labelName: string;
  readonly predictedName: string;
  readonly total: number;
  /** In the order of the models. */
  readonly counts: readonly number[];
  /** The images that most models, and with most conviction, took so. */
  readonly examples: readonly ImageVerdict[];
}

/** The comparison of all models on one data set. */
export interface Comparison {
  readonly dataset: string;
  readonly classNames: readonly string[];
  readonly testExamples: number;
  /** The most accurate first; of equals the one with the smaller loss. */
  readonly models: readonly Model[];
  /** The best against the next. */
  readonly duel: Duel;
  readonly classWinners: readonly ClassWinner[];
  /** Images that at least half the models get wrong, the hardest first. */
  readonly hardest: readonly ImageVerdict[];
  /** How many images no model, one model, … all models get right. */
  readonly rightByCount: readonly number[];
  readonly confusions: readonly SharedConfusion[];
  /** For each model, in order: images that it alone gets right, and how many there are. */
  readonly alone: readonly {
    readonly model: string;
    readonly count: number;
    readonly examples: readonly ImageVerdict[];
  }[];
}

/** How many images and confusions are shown. */
const most = { hardest: 24, confusions: 6, examplesOfConfusion: 6, alone: 6 } as const;

/** @param runs at least two, with predictions of the same images */
export function compareModels(
  dataset: string,
  classNames: readonly string[],
  runs: readonly ComparedRun[],
): Comparison {
  const models = runs.map((run) => judged(run, classNames)).sort(byRank);
  const verdicts = verdictsOf(models);
  const rightByCount = Array<number>(models.length + 1).fill(0);
  for (const verdict of verdicts) rightByCount[rightCount(verdict)]!++;
  return {
    dataset,
    classNames,
    testExamples: verdicts.length,
    models,
    duel: duelOf(models[0]!, models[1]!),
    classWinners: classNames.flatMap((name, classId) =>
      isUntested(models[0]!.confusion.perClass[classId]!) ? [] : [classWinner(models, name, classId)],
    ),
    hardest: hardest(verdicts, models),
    rightByCount,
    confusions: sharedConfusions(verdicts, models, classNames),
    alone: models.map(({ model }, place) => {
      const own = verdicts.filter(
        (verdict) => rightCount(verdict) === 1 && verdict.answers[place]!.right && models.length > 1,
      );
      const surest = own.toSorted(
        (a, b) => b.answers[place]!.probability - a.answers[place]!.probability || a.example - b.example,
      );
      return { model, count: own.length, examples: surest.slice(0, most.alone) };
    }),
  };
}

/** The comparison without the folders of the machine: what is written is sent to others. */
export function withoutPlaces<
  C extends { readonly dataset: string; readonly models: readonly ComparedRun[] },
>(comparison: C): C {
  const models = comparison.models.map((model) => ({
    ...model,
    command: commandWithoutFolders(model.command),
  }));
  return { ...comparison, dataset: withoutFolders(comparison.dataset), models };
}

/** The scores of one class, model by model. */
export function classScores(models: readonly Model[], classId: number): ClassReport[] {
  return models.map(({ confusion }) => confusion.perClass[classId]!);
}

function judged(run: ComparedRun, classNames: readonly string[]): Model {
  const { labels, predicted } = run.predictions;
  const confusion = new ConfusionMatrix({ classNames }).add(labels, predicted);
  const right = Math.round(confusion.accuracy * labels.length);
  return { ...run, confusion, interval: wilsonInterval(right, labels.length) };
}

function byRank(a: Model, b: Model): number {
  return rankingScore(b.test) - rankingScore(a.test) || a.test.loss - b.test.loss;
}

function duelOf(first: Model, second: Model, classId?: number): Duel {
  const { labels } = first.predictions;
  const isRight = (model: Model, image: number): boolean => {
    const predicted = model.predictions.predicted[image];
    if (classId === undefined) return predicted === labels[image];
    return (predicted === classId) === (labels[image] === classId);
  };
  let [onlyFirst, onlySecond] = [0, 0];
  for (let image = 0; image < labels.length; image++) {
    const [a, b] = [isRight(first, image), isRight(second, image)];
    if (a && !b) onlyFirst++;
    if (b && !a) onlySecond++;
  }
  const p = mcnemar(onlyFirst, onlySecond);
  return { first: first.model, second: second.model, onlyFirst, onlySecond, p, clear: p < significance };
}

function classWinner(models: readonly Model[], name: string, classId: number): ClassWinner {
  const [best, next] = models
    .map((model) => ({ model, f1: model.confusion.perClass[classId]!.f1 }))
    .sort((a, b) => b.f1 - a.f1);
  return {
    classId,
    name,
    model: best!.model.model,
    f1: best!.f1,
    second: { model: next!.model.model, f1: next!.f1 },
    duel: duelOf(best!.model, next!.model, classId),
  };
}

function verdictsOf(models: readonly Model[]): ImageVerdict[] {
  const { labels } = models[0]!.predictions;
  return labels.map((label, example) => ({
    example,
    label,
    answers: models.map(({ model, predictions }) => {
      const predicted = predictions.predicted[example]!;
      const probability = predictions.probabilities[example]![predicted]!;
      return { model, predicted, probability, right: predicted === label };
    }),
  }));
}

function rightCount({ answers }: ImageVerdict): number {
  return answers.filter(({ right }) => right).length;
}

// Missed by most models first; of equals, the one whose label all of them together believe least.
function hardest(verdicts: readonly ImageVerdict[], models: readonly Model[]): ImageVerdict[] {
  const belief = ({ example, label }: ImageVerdict): number =>
    models.reduce((sum, { predictions }) => sum + predictions.probabilities[example]![label]!, 0);
  return verdicts
    .filter((verdict) => rightCount(verdict) <= models.length / 2)
    .map((verdict) => ({ verdict, right: rightCount(verdict), belief: belief(verdict) }))
    .sort((a, b) => a.right - b.right || a.belief - b.belief)
    .slice(0, most.hardest)
    .map(({ verdict }) => verdict);
}

function sharedConfusions(
  verdicts: readonly ImageVerdict[],
  models: readonly Model[],
  classNames: readonly string[],
): SharedConfusion[] {
  const matrices = models.map(({ confusion }) => confusion.matrix);
  const all = new ConfusionMatrix({ classNames });
  for (const { predictions } of models) all.add(predictions.labels, predictions.predicted);
  return all.mostConfused(most.confusions).map(({ label, predicted, labelName, predictedName, count }) => {
    const conviction = ({ answers }: ImageVerdict): number =>
      answers.reduce((sum, answer) => sum + (answer.predicted === predicted ? 1 + answer.probability : 0), 0);
    return {
      label,
      predicted,
      labelName,
      predictedName,
      total: count,
      counts: matrices.map((matrix) => matrix[label]![predicted]!),
      examples: verdicts
        .filter((verdict) => verdict.label === label && conviction(verdict) > 0)
        .sort((a, b) => conviction(b) - conviction(a))
        .slice(0, most.examplesOfConfusion),
    };
  });
}
