/**
 * From what was read of a file to a model that goes on: weights, optimizer, and the run where it was saved. Only `load` imports
 * this: a page that loads nothing needs none of it.
 */
import { AnygradError } from "../../errors.ts";
import type { Snapshot } from "../../io/snapshot.ts";
import { SnapshotReader } from "../../io/snapshotReader.ts";
import type { NamedWeight, Parameters } from "../network/parameters.ts";
import { type StepLogs, unnamedReason } from "../training/callbacks/callback.ts";
import type { Compiled } from "../training/context.ts";
import { type EpochHistory, emptyHistory } from "../training/run/history.ts";
import { type RunPlan, RunState } from "../training/run/state.ts";
import type { Scored, Scores } from "../training/scores.ts";
import type { ReadModel } from "./read.ts";

/** Overwrites weights, optimizer and run. @throws AnygradError DATA_FORMAT */
export async function restore(compiled: Compiled, { model, weights, slots, run }: ReadModel): Promise<void> {
  const { parameters, updater, heads } = compiled;
  parameters.write(parameters.all.map(({ spec }) => weights.take(spec.fullName)));
  if (model.step !== undefined) {
    updater.step = model.step;
    updater.slots.forEach((slot, i) => {
      slot.write(slots.take(updater.optimizer.slots[i]!, slot.size).data);
    });
  }
  weights.finish();
  if (run !== undefined) compiled.run = await readRun(run, heads, parameters);
}

/** The run that was saved. @throws AnygradError DATA_FORMAT */
async function readRun(saved: Snapshot, heads: readonly Scored[], parameters: Parameters): Promise<RunState> {
  const read = new SnapshotReader("the run", saved);
  const [seed, batchSize] = [read.count("seed"), read.count("batchSize")];
  const isStream = read.has("stream");
  const plan: RunPlan = {
    seed,
    batchSize,
    shuffle: read.flag("shuffle"),
    before: read.has("before") ? read.count("before") : 0,
    examples: isStream ? undefined : read.count("examples"),
    ...(isStream && read.has("stepsPerEpoch") && { stepsPerEpoch: read.count("stepsPerEpoch") }),
    ema: read.has("ema") ? read.number("ema") : 0,
    recalibrate: read.has("recalibrate") ? read.count("recalibrate") : 0,
    augment: read.has("augment") ? read.text("augment") : undefined,
  };
  const run = new RunState(plan, read.count("epochs"), read.count("epoch"), heads, read.list("callbacks"));
  if (isStream && read.has("counted")) run.stepsPerEpoch = read.count("counted");
  run.step = read.count("step");
  run.begun = read.flag("begun");
  // older files do not say why
  if (read.flag("stopped")) run.stopped = read.has("stopReason") ? read.text("stopReason") : unnamedReason;
  if (read.has("learningRate")) run.learningRate = read.number("learningRate");
  // older files have the sum of the steps' losses; the last step, the only smaller one, ends its epoch
  run.total = read.has("lossSum")
    ? read.number("lossSum")
    : read.number("total") * Math.min(batchSize, plan.examples ?? batchSize);
  const { examples = 0 } = plan;
  run.seen = isStream ? read.count("seen") : Math.min(examples, run.step * Math.min(batchSize, examples));
  if (read.has("logs")) run.logs = read.record("logs") as Record<string, number> & StepLogs;
  run.history = historyOf(read.part("history"));
  if (run.step > 0) restoreScores(run.scores, read.list("scores"));
  if (read.has("weights")) run.weights = weightsOf(read.list("weights"), parameters.read());
  if (plan.ema > 0) {
    const { WeightAverage } = await import("../training/run/averages.ts");
    run.average = new WeightAverage(parameters, plan.ema);
    run.average.restore(read.part("average"));
  }
  // a stream may have more batches than it had in its first epoch
  const most = isStream ? Number.POSITIVE_INFINITY : run.stepsPerEpoch!;
  if (!(run.step <= most && (run.step === 0 || run.logs)))
    throw new AnygradError("DATA_FORMAT", "load: the saved run stands outside its epoch; save it again");
  return run;
}

/** @throws AnygradError DATA_FORMAT where there are more or fewer, or one is damaged */
function restoreScores({ states: all }: Scores, saved: readonly Snapshot[]): void {
  // older files leave out those of your own
  const states = saved.length === all.length ? all : all.filter(({ metric }) => metric.type !== undefined);
  if (saved.length !== states.length)
    throw new AnygradError(
      "DATA_FORMAT",
      `load: the saved run has ${saved.length} metrics but the model ${all.length}; save it again`,
    );
  states.forEach(({ metric, state }, i) => {
    const keepsNone = metric.type === undefined && saved[i] === null;
    if (!keepsNone) state.restore?.(saved[i]!);
  });
}

/** Wall times are not in the file: the epochs before have NaN. */
function historyOf(read: SnapshotReader): EpochHistory {
  const history: EpochHistory = emptyHistory();
  for (const name of read.names()) history[name] = [...read.numbers(name)];
  history.seconds = history.loss.map(() => Number.NaN);
  return history;
}

/** The numbers of the run's weights with the names and shapes of the model's. */
function weightsOf(saved: readonly Snapshot[], model: readonly NamedWeight[]): NamedWeight[] {
  return model.map((weight, i) => {
    const data = saved[i];
    if (data instanceof Float32Array && data.length === weight.data.length) return { ...weight, data };
    throw new AnygradError("DATA_FORMAT", `load: the run's ${weight.name} is damaged; save it again`);
  });
}
