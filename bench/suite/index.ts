/** The benchmark: `runBenchmark` measures, the texts show. */
export { type BenchmarkOptions, runBenchmark } from "./benchmark.ts";
export type { NamedNetwork } from "./networks/benchmarkModel.ts";
export { profilePage } from "./profile/page.ts";
export { profileSteps } from "./profile/profile.ts";
export type { KernelRow, StepProfile } from "./profile/result.ts";
export { profileText } from "./profile/text.ts";
export {
  type Benchmark,
  type CeilingRow,
  type Machine,
  type Profile,
  type Row,
  type Section,
  sections,
} from "./result.ts";
export { benchmarkMarkdown, benchmarkText, headText, profilesText, rowsText } from "./text.ts";
