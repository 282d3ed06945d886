// One way to time things: tinybench, warmed until the optimising compiler has the code, medians.
import { Bench } from "tinybench";

/**
 * @param tasks name → function; each is called many times
 * @param milliseconds time spent on each task
 * @returns name → { median, spread } in ms; spread is half the distance between the quartiles
 */
export async function measure(tasks, milliseconds) {
  const bench = new Bench({
    time: milliseconds,
    warmupTime: milliseconds / 3,
    throws: true,
    retainSamples: true,
  });
  for (const [name, task] of Object.entries(tasks)) bench.add(name, task);
  await bench.run();
  return Object.fromEntries(
    bench.tasks.map(({ name, result }) => {
      const { p50, p75, samples } = result.latency;
      const low = samples?.[Math.floor(samples.length / 4)] ?? p50;
      return [name, { median: p50, spread: (p75 - low) / 2 }];
    }),
  );
}
