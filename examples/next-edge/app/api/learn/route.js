// A route at the edge (Next.js, Vercel): GET /api/learn?steps=100 trains a small network and tells what it has learned.
// Edge runtimes forbid compiling WebAssembly; the condition "edge-light" of anygrad imports compiled modules.
import { AnygradError, datasets, layers, sequential } from "anygrad";

export const runtime = "edge";

export async function GET(request) {
  const steps = Number(new URL(request.url).searchParams.get("steps") ?? 100);
  const began = performance.now();
  const { train, test } = await datasets.digits({ train: 1000, test: 200, seed: 1 });
  const net = sequential(
    [
      layers.flatten(),
      layers.dense({ units: 32, activation: "relu" }),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { inputShape: [28, 28, 1], seed: 1 },
  );
  await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  try {
    // a step at a time: a request has a limit of time, and may stop where it is reached
    for await (const { globalStep } of net.train(train, { epochs: 100, batchSize: 32, seed: 1 }))
      if (globalStep + 1 >= steps || performance.now() - began > 20_000) break;
  } catch (error) {
    if (error instanceof AnygradError) return Response.json({ error: error.message }, { status: 400 });
    throw error;
  }
  const { accuracy } = await net.evaluate(test);
  return Response.json({ runtime: net.engine.info.runtime, accuracy, digest: await net.digest() });
}
