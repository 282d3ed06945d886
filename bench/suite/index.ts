/** The benchmark: `runBenchmark` measures, the texts show. */
export { type BenchmarkOptions, runBenchmark } from "./benchmark.ts";
export type { NamedNetwork } from "./networks/benchmarkModel.ts";
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
