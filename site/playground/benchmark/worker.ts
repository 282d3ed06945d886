/** The benchmark of `anygrad bench`, in a worker: it measures what this machine does in this browser. Imported late, as in workshop/worker.ts. */
import type { FromBenchmark, ToBenchmark } from "./messages.ts";

const port = globalThis as unknown as { postMessage(message: FromBenchmark): void; onmessage: unknown };

port.onmessage = async ({ data: { machine, threads } }: MessageEvent<ToBenchmark>) => {
  try {
    const { benchmarkText, runBenchmark } = await import("../../../bench/suite/index.ts");
    const benchmark = await runBenchmark({
      machine,
      threads,
      quick: true,
      sections: ["kernels", "steps"],
      onProgress: (what, done, total) => port.postMessage({ what, share: done / total }),
    });
    port.postMessage({ benchmark, text: benchmarkText(benchmark) });
  } catch (error) {
    port.postMessage({ failure: (error as Error).message });
  }
};
