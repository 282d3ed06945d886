/**
 * TensorBoard's own reader takes the event files of runs: of one that nothing has disturbed and of one that was killed and went on, in which it
 * must find every step once, also where it had read what was taken away.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Callback, checkpointFolder, loadCheckpoint, tensorBoard } from "../../../node/index.ts";
import { environment } from "../../conformance/environment.ts";
import { Python } from "../../conformance/python.ts";
import { blobs, perceptron } from "../../model/examples.ts";

type Points = readonly (readonly number[])[];

interface Read {
  readonly version: string;
  readonly runs: Readonly<
    Record<
      string,
      {
        readonly scalars: Readonly<Record<string, Points>>;
        readonly histograms: Readonly<Record<string, Points>>;
        readonly hparams: Readonly<Record<string, unknown>>;
      }
    >
  >;
  readonly experiment: readonly string[];
  readonly metrics: readonly string[];
}

const data = blobs();
const plan = { epochs: 4, batchSize: 16, seed: 1, validationSplit: 0.25 };
const hparams = { optimizer: "adam", learningRate: 0.001, shuffle: true };

/** @returns the number of failures */
export async function main(folder: string): Promise<number> {
  const found = environment(folder);
  if ("missing" in found) {
    console.log(`tensorboard: skipped, its Python environment cannot be installed: ${found.missing}`);
    return 0;
  }
  const place = mkdtempSync(join(tmpdir(), "anygrad-tensorboard-"));
  const python = new Python(found.python, join(folder, "peer.py"));
  const read = async (): Promise<Read> => (await python.ask({ folder: place })) as unknown as Read;
  let failed = 0;
  const same = (what: string, got: unknown, wanted: unknown): void => {
    if (JSON.stringify(got) === JSON.stringify(wanted)) return;
    failed++;
    console.log(`tensorboard: ${what} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
  };
  try {
    const log = (name: string): Callback =>
      tensorBoard(join(place, name), { updateFreq: 1, histogramFreq: 2, hparams });
    const net = await compiled();
    const history = await net.fit(data, { ...plan, callbacks: log("whole") });
    const steps = net.position!.stepsPerEpoch!;
    const curve = (values: readonly number[]): Points =>
      values.map((value, i) => [(i + 1) * steps, Math.fround(value)]);
    const { version, runs, experiment, metrics } = await read();
    same("the folders", Object.keys(runs).sort(), ["whole", "whole/train", "whole/validation"]);
    same("the loss", runs["whole/train"]?.scalars.epoch_loss, curve(history.loss));
    same("the validation's loss", runs["whole/validation"]?.scalars.epoch_loss, curve(history.val_loss!));
    same("the accuracy", runs["whole/validation"]?.scalars.epoch_accuracy, curve(history.val_accuracy!));
    same(
      "the steps",
      runs["whole/train"]?.scalars.batch_loss?.map(([step]) => step),
      Array.from({ length: 4 * steps }, (_, i) => i + 1),
    );
    for (const { name, data } of net.getWeights()) {
      const sum = data.reduce((total, value) => total + value, 0);
      const last = runs["whole/train"]?.histograms[`${name}/histogram`]?.at(-1);
      same(`the histogram of ${name}`, last, [
        4 * steps,
        Math.min(...data),
        Math.max(...data),
        data.length,
        sum,
      ]);
    }
    const told = runs.whole?.hparams ?? {};
    same(
      "the settings",
      Object.entries(hparams).map(([name]) => [name, told[name]]),
      Object.entries(hparams),
    );
    same("what the hparams tab compares by", experiment, Object.keys(hparams).sort());
    same(
      "its metrics",
      metrics.filter((name) => /epoch_(loss|accuracy)$/.test(name)),
      [...["train/epoch_accuracy", "train/epoch_loss", "validation/epoch_accuracy", "validation/epoch_loss"]],
    );

    const checkpoints = mkdtempSync(join(tmpdir(), "anygrad-tensorboard-"));
    const broken = await compiled();
    const crash: Callback = {
      onStepEnd({ globalStep }) {
        if (globalStep === 13) throw new Error("the power is gone");
      },
    };
    const keep = { every: 3, keep: 1 };
    await broken
      .fit(data, { ...plan, callbacks: [log("resumed"), checkpointFolder(broken, checkpoints, keep), crash] })
      .catch(() => {});
    // it reads what will be taken away, as it would on a page that is open meanwhile
    const before = (await read()).runs["resumed/train"]?.scalars.batch_loss?.at(-1)?.[0];
    same("the last step before the crash", before, 14);
    const again = (await loadCheckpoint(checkpoints))!;
    const validationSplit = plan.validationSplit;
    await again.fit(data, { resume: true, validationSplit, callbacks: log("resumed") });
    const resumed = (await read()).runs;
    for (const series of ["train", "validation"])
      for (const [tag, points] of Object.entries(runs[`whole/${series}`]!.scalars))
        if (!/second/.test(tag))
          same(`${series} ${tag} of a resumed run`, resumed[`resumed/${series}`]?.scalars[tag], points);
    same(
      "the histograms of a resumed run",
      resumed["resumed/train"]?.histograms,
      runs["whole/train"]?.histograms,
    );
    rmSync(checkpoints, { recursive: true });
    console.log(`tensorboard: read by TensorBoard ${version}, ${failed} failures`);
    return failed;
  } finally {
    python.end();
    rmSync(place, { recursive: true, force: true });
  }
}

async function compiled(): Promise<ReturnType<typeof perceptron>> {
  const net = perceptron();
  await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  return net;
}
