// A page takes part: its drawings, or whatever it has, stay in it. Start flower-superlink --insecure and the bridge first:
//   node bridge.mjs http://127.0.0.1:8000 http://localhost:3000
// At the edge the same works without the bridge, since no browser asks for CORS: pass url: "https://superlink.example:8000".
import { createEngine, datasets, layers, sequential } from "anygrad";
import { federate, httpTransport } from "anygrad/federated";

/** @param signal ends it: the node says good-bye */
export async function takePart(url, signal, onEvent = console.log) {
  const engine = await createEngine();
  const { train, test } = await datasets.digits({ train: 1000, test: 200, seed: 1 }); // the page's own data
  const net = sequential(
    [
      layers.flatten(),
      layers.dense({ units: 64, activation: "relu" }),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { inputShape: [28, 28, 1], seed: 1 },
  );
  const compile = { optimizer: "sgd", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"], engine };
  const report = await federate({
    transport: httpTransport({ url, fetch: (...request) => fetch(...request) }),
    net,
    compile,
    train,
    test,
    pollSeconds: 1,
    signal,
    onEvent,
  });
  return { net, report };
}
