/**
 * Long files first, so that all workers end at about the same time. vitest itself goes by how long a file took the
 * last time, which a clean clone does not know, and by its size, which says little.
 *
 * Before them the files that have a process of their own: a worker that others share is ended, with the modules it has
 * loaded and compiled, when the next file in the queue is not one that shares it.
 */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** By what takes seconds, the longest first. */
const longest = [
  "tune.long",
  "control.long",
  "compare.long",
  "resume.long",
  "growth.long",
  "compared.long",
  "resumed.long",
  "swept.long",
  "slices.long",
  "agreement.long",
  "commands/train.long",
  "badData.long",
  "commands/errors",
  "model/memory",
  "model/determinism",
  "ops/agreement",
  "training/process",
  "training/resume",
  "process/childRun",
  "worker/sameRun.long",
  "threads/threads.long",
  "preview.long",
  "dataForms.long",
  "commands/formats",
  "data/leftOut",
  "options/outOfBounds",
  "kernels/gemm",
  "gradients/gradients",
  "run/runReport",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification): number => {
      const found = longest.findIndex((part) => moduleId.includes(part));
      return (found < 0 ? longest.length : found) + (project.config.isolate ? 0 : longest.length + 1);
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
