/** Whole training steps and predictions of a network: every build in turns, and clocked ones that tell where time goes. */

import { Engine } from "../../../src/autograd/engine.ts";
import type { Backend } from "../../../src/backend/backend.ts";
import type { Dataset } from "../../../src/data/dataset.ts";
import { open } from "../builds.ts";
import type { Rig } from "../kernels/index.ts";
import { type Candidate, contest, rowsOf } from "../kernels/rows.ts";
import type { Effort } from "../measure.ts";
import type { Profile, Row, Section } from "../result.ts";
import { type BenchmarkModel, benchmarkModelOf, type NamedNetwork } from "./benchmarkModel.ts";
import { type Profiled, profiled } from "./profile.ts";

export interface NetworkResult {
  readonly rows: Row[];
  readonly profiles: Profile[];
}

/**
 * @param rigs whose builds run, and whose ceilings are measured beside; the networks get machines of their own
 * @param watched one or more of them, on one thread, that are profiled, too
 */
export async function benchNetwork(
  network: NamedNetwork,
  asked: readonly Section[],
  rigs: readonly Rig[],
  watched: readonly Rig[],
  data: Dataset,
  effort: Effort,
): Promise<NetworkResult> {
  const backends: Backend[] = [];
  const models: BenchmarkModel[] = [];
  const clocks: { rig: Rig; clock: Profiled; model: BenchmarkModel }[] = [];
  try {
    for (const { build } of rigs) {
      const backend = await open(build);
      backends.push(backend);
      models.push(await benchmarkModelOf(network, new Engine(backend), data));
    }
    for (const rig of watched) {
      const backend = await open(rig.build);
      backends.push(backend);
      const clock = profiled(backend);
      clocks.push({ rig, clock, model: await benchmarkModelOf(network, new Engine(clock.backend), data) });
    }
    const rows: Row[] = [];
    const profiles: Profile[] = [];
    const { clock, model } = clocks[0]!;
    const subject = { group: network.name, unit: "GFLOP/s" } as const;
    if (asked.includes("steps")) {
      await model.step(); // the first step of a run also shuffles
      const work = await clock.flopOf(model.step);
      const candidates = rigs.map((rig, i) => candidate(rig, models[i]!.step));
      const clocked = clocks.map((own) => ({
        ...candidate(own.rig, own.model.step),
        task: own.clock.task(own.model.step),
      }));
      const results = await contest([...candidates, ...clocked], effort);
      rows.push(
        ...rowsOf({ ...subject, section: "steps", name: "training step", work }, candidates, results),
      );
      clocks.forEach((own, i) => {
        const { timing, ceiling } = results[candidates.length + i]!;
        profiles.push(own.clock.profile(network.name, own.rig.build, timing.samples, ceiling));
      });
    }
    if (asked.includes("inference")) {
      const work = await clock.flopOf(model.predict);
      const candidates = rigs.map((rig, i) => candidate(rig, models[i]!.predict));
      const results = await contest(candidates, effort);
      rows.push(
        ...rowsOf({ ...subject, section: "inference", name: "inference", work }, candidates, results),
      );
    }
    return { rows, profiles };
  } finally {
    for (const own of [...models, ...clocks.map((c) => c.model)]) await own.end();
    for (const backend of backends) backend.dispose();
  }
}

function candidate({ build, ceiling }: Rig, run: () => Promise<unknown>): Candidate {
  return { ...build, task: { async: true, run }, loop: ceiling["GFLOP/s"] };
}
