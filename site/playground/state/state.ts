/** What the page knows, in one place. Rooms read it; `actions.ts` alone changes it. */
import { computed, signal } from "@preact/signals";
import type { Experiment, NetworkChoice, RateChange, Recipe } from "../recipe/experiment.ts";
import { type DataChoice, firstRecipe } from "../recipe/experiment.ts";
import type {
  DataSummary,
  Finished,
  Look,
  NetworkSummary,
  OwnData,
  Progress,
  Verdict,
} from "../training/messages.ts";

export const rooms = ["train", "try", "reproduce", "compare", "benchmark", "lessons"] as const;
export type Room = (typeof rooms)[number];

/** Something to be told, in the page's language. */
export interface Message {
  readonly message: string;
  /** What the library said, where the page has said it in another language. */
  readonly english?: string | undefined;
}

/** Something to be told where it happened. */
export interface Notice extends Message {
  readonly place: "data" | "network" | "training" | "engine" | "model" | "try" | "storage" | "link";
  readonly kind: "error" | "note";
}

/** A run that has ended, for comparison. */
export interface KeptRun {
  readonly id: number;
  readonly name: string;
  readonly experiment: Experiment;
  readonly history: Finished["history"];
  readonly digest: string;
  readonly seconds: number;
  readonly parameters: number;
}

export const room = signal<Room>("train");

export const dataChoice = signal<DataChoice>({ kind: "digits", train: 4000, test: 1000 });
export const ownData = signal<OwnData | undefined>(undefined);
export const data = signal<DataSummary | undefined>(undefined);
export const isReading = signal(true);
/** While a network that was chosen is on its way. */
export const isChoosing = signal(false);

export const network = signal<NetworkChoice>({ layers: [] });
export const networkSummary = signal<NetworkSummary | undefined>(undefined);
export const recipe = signal<Recipe>(firstRecipe);

export const progress = signal<Progress | undefined>(undefined);
/** The curves of the run, columns by name; rows are appended to views as they come. */
export const curveRows = signal<readonly Readonly<Record<string, number>>[]>([]);
export const look = signal<Look>({});
export const verdict = signal<Verdict | undefined>(undefined);
export const finished = signal<Finished | undefined>(undefined);
export const rates = signal<readonly RateChange[]>([]);
/** The experiment that runs, as it began; the controls may have moved on. */
export const running = signal<Experiment | undefined>(undefined);
/** The example whose way through the layers is shown. */
export const example = signal<number | undefined>(undefined);
export const openViews = signal<ReadonlySet<string>>(new Set(["curves", "verdict", "filters"]));

export const keptRuns = signal<readonly KeptRun[]>([]);
/** The digest that a repetition in the page has reached. */
export const repeated = signal<string | undefined>(undefined);
export const notices = signal<readonly Notice[]>([]);

export const experiment = computed<Experiment>(() => ({
  data: dataChoice.value,
  network: network.value,
  recipe: recipe.value,
}));

/** The rate that the run has been given by hand; undefined: its recipe's. */
export const movedRate = signal<number | undefined>(undefined);

/** Whether the controls say something else than what runs, so that it takes effect at the next start. */
export const isChanged = computed(() => {
  const { value: begun } = running;
  if (!begun) return false;
  const recipe = { ...begun.recipe, learningRate: movedRate.value ?? begun.recipe.learningRate };
  return JSON.stringify({ ...begun, recipe }) !== JSON.stringify(experiment.value);
});

export const canTrain = computed(
  () =>
    data.value !== undefined &&
    !isReading.value &&
    !isChoosing.value &&
    networkSummary.value?.error === undefined &&
    network.value.layers.length > 0,
);
