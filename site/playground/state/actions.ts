/** Everything that changes the state: what users do, and what the workshop tells. */
import { batch, effect } from "@preact/signals";
import { endingIn } from "../network/layerKinds.ts";
import type { DataChoice, Experiment, NetworkChoice, Recipe } from "../recipe/experiment.ts";
import { firstRecipe } from "../recipe/experiment.ts";
import { forgetRun, keepRun, keepWork, type SavedWork, workIn } from "../storage/database.ts";
import { say } from "../texts/language.ts";
import { Client, type WorkshopError } from "../training/client.ts";
import type { DataSummary, Finished, OwnData, Progress, Watching } from "../training/messages.ts";
import * as state from "./state.ts";

/** The workshop; another takes its place where it dies. */
let client = connect();
let began = 0;
let seconds = 0;
let making = 0;
let choices = 0;
/** Whether what is seen is of the network before; it stays until the next is looked at, so that the page does not shrink and grow again. */
let isSeenBefore = false;
/** While work is taken up or a run begins. */
let isBusy = false;

function connect(): Client {
  return new Client(
    {
      progress: progressed,
      look: (look) => {
        state.look.value = { ...(!isSeenBefore && state.look.value), ...look };
        isSeenBefore = false;
      },
      verdict: (verdict) => {
        state.verdict.value = verdict;
      },
      finished: ended,
      snapshot: (bytes) => void keep(bytes),
      failed: (failure) => tell("training", wordsOf(failure)),
    },
    lost,
  );
}

export function workshop(): Client {
  return client;
}

// what users are told

export function tell(
  place: state.Notice["place"],
  said: string | state.Message,
  kind: state.Notice["kind"] = "error",
): void {
  const message = typeof said === "string" ? { message: said } : said;
  state.notices.value = [
    ...state.notices.value.filter((each) => each.place !== place),
    { place, ...message, kind },
  ];
}

export function untell(place: state.Notice["place"]): void {
  state.notices.value = state.notices.value.filter((each) => each.place !== place);
}

/** Does something that may fail, and says so at its place. */
export async function attempt<Result>(
  place: state.Notice["place"],
  work: () => Promise<Result> | Result,
): Promise<Result | undefined> {
  try {
    untell(place);
    return await work();
  } catch (error) {
    tell(place, wordsOf(error as Error));
    return undefined;
  }
}

/** An error in the page's words; engines name a lack of memory differently. Those without a code are the page's own. */
export function wordsOf({ message, code }: { message: string; code?: string }): state.Message {
  const { failures, training } = say.value;
  if (code === "MEMORY_LIMIT" || /allocat|out of memory/i.test(message))
    return { message: training.noRoom(/([\d.]+ [KMG]iB) of wasm memory/.exec(message)?.[1]) };
  if (code === undefined || failures.quoted === "") return { message };
  return { message: failures.of[code] ?? failures.other, english: message };
}

/** Tells, when the first network stands, what this browser lacks: all works, but slowly. */
export function tellLacks(): void {
  let isTold = false;
  state.progress.subscribe((now) => {
    if (!now || isTold) return;
    isTold = true;
    const { noSimd, oneThread } = say.peek().training;
    if (now.variant === "scalar") tell("engine", noSimd, "note");
    else if (now.threads === 1 && !crossOriginIsolated && navigator.hardwareConcurrency > 1)
      tell("engine", oneThread, "note");
  });
}

// data

/** Reads data and, where the network was made for others, brings one that fits. */
export async function chooseData(
  choice: DataChoice,
  own?: OwnData,
  wanted?: Partial<Experiment>,
): Promise<boolean> {
  state.isReading.value = true;
  const summary = await attempt("data", () => client.call("read", { data: choice, own }));
  // at once with the data: what is changed between the two would be lost
  const next = summary && (await networkFor(summary, wanted));
  state.isReading.value = false;
  if (!summary) return false;
  batch(() => {
    state.dataChoice.value = choice;
    state.ownData.value = own;
    state.data.value = summary;
    state.progress.value = undefined;
    state.running.value = undefined;
    state.example.value = undefined;
    clearProgress();
    if (!next) return;
    clearSeen();
    state.network.value = next.network;
    state.recipe.value = next.recipe;
  });
  await describe();
  return true;
}

// the network

/** A network and how it is trained. */
type Prepared = Pick<Experiment, "network" | "recipe">;

/** What is trained on data that have been read; undefined: what is there already fits. */
async function networkFor(
  summary: DataSummary,
  wanted: Partial<Experiment> | undefined,
): Promise<Prepared | undefined> {
  const recipe = wanted?.recipe ?? state.recipe.value;
  if (wanted?.network) {
    if (wanted.network.layers.length > 0) return { network: wanted.network, recipe };
    const found = await presetFor(wanted.network.preset!, summary);
    return found && { ...found, recipe: wanted.recipe ?? found.recipe };
  }
  const before = state.data.value;
  const { layers } = state.network.value;
  const fits =
    layers.length > 0 &&
    String(before?.inputShape) === String(summary.inputShape) &&
    before?.task === summary.task &&
    (before?.toy === undefined) === (summary.toy === undefined);
  if (!fits) return presetFor(summary.presets[0]!, summary);
  if (before?.classes === summary.classes) return undefined;
  return { network: { layers: endingIn(layers, summary.classes, summary.task === "regression") }, recipe };
}

async function presetFor(
  name: string,
  { classes = 2, task }: Partial<DataSummary>,
): Promise<Prepared | undefined> {
  const found = await attempt("network", () => client.call("preset", name));
  if (!found) return undefined;
  const layers = name.startsWith("plane")
    ? endingIn(found.layers, classes, task === "regression")
    : found.layers;
  return { network: { preset: name, layers }, recipe: { ...state.recipe.value, ...found.recipe } };
}

export async function choosePreset(name: string): Promise<void> {
  const choice = ++choices;
  state.isChoosing.value = true;
  const found = await presetFor(name, state.data.value ?? {});
  if (choice !== choices) return; // another was chosen meanwhile
  batch(() => {
    state.isChoosing.value = false;
    if (!found) return;
    state.recipe.value = found.recipe;
    state.network.value = found.network;
  });
  await describe();
}

export async function changeNetwork(network: NetworkChoice): Promise<void> {
  state.network.value = network;
  await describe();
}

export function changeRecipe(changes: Partial<Recipe>): void {
  state.recipe.value = { ...state.recipe.value, ...changes };
  if (changes.batchSize !== undefined) void describe();
  const { state: at } = state.progress.value ?? {};
  const inRun = at === "running" || at === "paused";
  if (changes.learningRate !== undefined && inRun && state.running.value) {
    void attempt("training", () => client.call("rate", changes.learningRate!));
    state.movedRate.value = changes.learningRate;
  }
}

async function describe(): Promise<void> {
  const network = state.network.value;
  if (!state.data.value || network.layers.length === 0) return;
  const summary = await attempt("network", () =>
    client.call("describe", { network, batchSize: state.recipe.value.batchSize }),
  );
  if (summary && network === state.network.value) state.networkSummary.value = summary;
}

// the run

function clearSeen(): void {
  state.look.value = {};
  state.verdict.value = undefined;
}

function clearProgress(): void {
  state.curveRows.value = [];
  state.finished.value = undefined;
  state.rates.value = [];
  state.movedRate.value = undefined;
  state.repeated.value = undefined;
}

/** Makes the network anew, with first weights, and lets go of what was kept of the run before. */
export async function reset(): Promise<boolean> {
  void forgetRun();
  return makeAnew();
}

/** A network that has not been trained is made anew at every change, so that what is seen is what will be trained. */
effect(() => {
  const { value: isReady } = state.canTrain;
  const { value: wanted } = state.experiment;
  if (!isReady || state.running.peek() === wanted) return;
  clearTimeout(making);
  making = window.setTimeout(() => {
    if (state.canTrain.peek() && isUntrained()) void makeAnew();
  }, 200);
});

/** Whether there is nothing that would be lost: no step was taken, and no model was opened. */
function isUntrained(): boolean {
  const { state: at, step = 0, taught = false } = state.progress.peek() ?? {};
  const isStale = state.running.peek() === undefined || state.isChanged.peek();
  return !isBusy && at !== "running" && step === 0 && !taught && isStale;
}

async function makeAnew(): Promise<boolean> {
  const experiment = state.experiment.peek();
  clearProgress();
  isSeenBefore = true;
  seconds = 0;
  const done = await attempt("training", async () => {
    await client.call("begin", { experiment, watching: watching() });
    return true;
  });
  if (isSeenBefore || !done) clearSeen();
  isSeenBefore = false;
  if (done) state.running.value = experiment;
  return done ?? false;
}

/** Begins anew where there is no run to go on with, then does the work. */
async function onRun(work: () => Promise<void>): Promise<void> {
  isBusy = true;
  const fresh = !state.running.value || state.isChanged.peek() || state.progress.value?.state === "done";
  if (!fresh || (await reset())) {
    began = performance.now();
    await attempt("training", work);
  }
  isBusy = false;
}

export function play(): Promise<void> {
  return onRun(() => client.call("play", undefined));
}

export async function pause(): Promise<void> {
  await attempt("training", () => client.call("pause", undefined));
}

export function step(): Promise<void> {
  return onRun(() => client.call("step", undefined));
}

export async function extend(epochs: number): Promise<void> {
  const { running } = state;
  if (!running.value) return;
  const recipe = { ...running.value.recipe, epochs: running.value.recipe.epochs + epochs };
  batch(() => {
    running.value = { ...running.value!, recipe };
    changeRecipe({ epochs: recipe.epochs });
    state.finished.value = undefined;
  });
  began = performance.now();
  await attempt("training", () => client.call("extend", epochs));
}

function watching(): Watching {
  const open = state.openViews.value;
  return {
    surface: true,
    filters: open.has("filters"),
    histograms: open.has("histograms"),
    example: open.has("activations") ? (state.example.value ?? 0) : undefined,
  };
}

export function toggleView(name: string, isOpen: boolean): void {
  const open = new Set(state.openViews.value);
  if (isOpen) open.add(name);
  else open.delete(name);
  state.openViews.value = open;
  void client.call("watch", watching()).catch(() => {});
}

export function showExample(place: number): void {
  state.example.value = place;
  toggleView("activations", true);
}

function progressed(progress: Progress): void {
  batch(() => {
    const { state: before } = state.progress.value ?? {};
    if (before === "running" && progress.state !== "running") seconds += (performance.now() - began) / 1000;
    state.progress.value = progress;
    state.rates.value = progress.rates.length > 0 ? progress.rates : state.rates.value;
    if (progress.rows.length > 0) state.curveRows.value = [...state.curveRows.value, ...progress.rows];
  });
}

function ended(finished: Finished): void {
  state.finished.value = finished;
  const experiment = state.running.value;
  if (!experiment || state.progress.value?.taught) return;
  const run: state.KeptRun = {
    id: Date.now(),
    name: experiment.network.preset ?? say.value.network.own,
    experiment,
    history: finished.history,
    digest: finished.digest,
    seconds,
    parameters: state.networkSummary.value?.parameters ?? 0,
  };
  state.keptRuns.value = [...state.keptRuns.value, run].slice(-12);
  void keepRun(state.keptRuns.value);
}

// what survives a reload

async function keep(bytes: Uint8Array): Promise<void> {
  const experiment = state.running.value;
  if (!experiment) return;
  const work: SavedWork = {
    experiment,
    own: state.ownData.value,
    bytes,
    rows: state.curveRows.value,
    history: state.finished.value?.history ?? {},
    digest: state.finished.value?.digest,
    rates: state.rates.value,
    seconds,
  };
  const kept = await keepWork(work);
  if (kept === true) untell("storage");
  else tell("storage", say.value.storage.full(kept));
}

/** Takes up what the page was at when it was closed. @returns whether there was something */
export async function takeUp(): Promise<boolean> {
  const work = await workIn();
  if (!work) return false;
  isBusy = true;
  try {
    return await goOnWith(work);
  } finally {
    isBusy = false;
  }
}

async function goOnWith(work: SavedWork): Promise<boolean> {
  const { experiment, own, bytes } = work;
  if (!(await chooseData(experiment.data, own, experiment))) return false;
  return (
    (await attempt("training", async () => {
      state.running.value = experiment; // who presses Go on at once goes on with it
      const { history, rates } = work;
      await client.call("begin", { experiment, watching: watching(), saved: bytes, history, rates });
      batch(() => {
        state.curveRows.value = [...work.rows, ...state.curveRows.value];
        state.rates.value = work.rates;
        state.movedRate.value = work.rates.at(-1)?.learningRate;
        if (state.movedRate.value !== undefined)
          state.recipe.value = { ...experiment.recipe, learningRate: state.movedRate.value };
        seconds = work.seconds;
        if (work.digest !== undefined) state.finished.value = { digest: work.digest, history: work.history };
      });
      return true;
    })) ?? false
  );
}

/** A worker has died: another is started, and what was kept last goes on. */
async function lost(error: WorkshopError, isNew: boolean): Promise<void> {
  if (isNew) {
    state.isReading.value = false;
    tell("training", say.value.training.notLoaded(error.message));
    return;
  }
  client = connect();
  const again = await takeUp();
  if (!again) await chooseData(state.dataChoice.peek(), state.ownData.peek(), state.experiment.peek());
  tell("training", say.value.training.lost(error.message), again ? "note" : "error");
}

/** Begins with an experiment, such as that of a link or of a lesson. */
export async function begin(experiment: Partial<Experiment> & Pick<Experiment, "data">): Promise<boolean> {
  const { network } = experiment;
  const recipe = { ...firstRecipe, ...experiment.recipe };
  return chooseData(experiment.data, undefined, network ? { network, recipe } : undefined);
}

export async function openModel(files: readonly File[]): Promise<void> {
  await attempt("model", async () => {
    const read = await Promise.all(
      files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
    );
    const { layers, summary } = await client.call("open", { name: files[0]?.name ?? "", files: read });
    batch(() => {
      clearProgress(); // not what is seen: the workshop has looked at it already
      state.network.value = { layers };
      state.networkSummary.value = summary;
      state.running.value = state.experiment.peek(); // the model stands for what the controls say
    });
    tell("model", say.value.model.opened(files[0]!.name), "note");
  });
}
