/**
 * Long files first, so that all workers end at about the same time. vitest itself goes by how long a file took the
 * last time, which a clean clone does not know, and by its size, which says little.
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
  "commands/badData",
  "commands/errors",
  "network/memory",
  "model/determinism",
  "ops/agreement",
  "training/process",
  "training/resume",
  "process/childRun",
  "worker/sameRun.long",
  "threads/threads.long",
  "commands/preview",
  "commands/dataForms",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((part) => moduleId.includes(part));
      return found < 0 ? longest.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
