/** Graph models of others: of nsfwjs, and of @vladmandic/human those that are no loops. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../../src/autograd/engine.ts";
import { loadTfjs } from "../../../src/io/tfjs/index.ts";
import { Draws } from "../../conformance/networks/draws.ts";
import { handler, off, type Tensorflow } from "./tensorflow.ts";

/** The models, by package and name. */
export const graphModels: readonly string[] = [
  "nsfwjs: mobilenet_v2_mid",
  ...[
    "antispoof",
    "blazeface",
    "emotion",
    "facemesh",
    "faceres",
    "handlandmark-lite",
    "iris",
    "liveness",
  ].map((name) => `human: ${name}`),
];

interface Files {
  readonly json: { modelTopology: object; weightsManifest: { paths: string[]; weights: object }[] };
  readonly files: readonly Buffer[];
}

function filesOf(title: string, home: string, require: NodeJS.Require): Files {
  const [owner, name] = title.split(": ") as [string, string];
  if (owner === "nsfwjs") {
    const at = join(home, "node_modules/nsfwjs/dist/models", name);
    const json = require(join(at, "model.min.js")) as Files["json"];
    const paths = json.weightsManifest[0]!.paths;
    return { json, files: paths.map((path) => Buffer.from(require(join(at, `${path}.min.js`)), "base64")) };
  }
  const at = join(home, "node_modules/@vladmandic/human/models");
  const json = JSON.parse(readFileSync(join(at, `${name}.json`), "utf8")) as Files["json"];
  return { json, files: json.weightsManifest[0]!.paths.map((path) => readFileSync(join(at, path))) };
}

/** The largest difference of the outputs, on numbers that are no picture. */
export async function compareGraph(
  title: string,
  home: string,
  require: NodeJS.Require,
  engine: Engine,
  tf: Tensorflow,
): Promise<number> {
  const { json, files } = filesOf(title, home, require);
  const [{ paths, weights }] = json.weightsManifest as [Files["json"]["weightsManifest"][number]];
  const net = await loadTfjs<never>(json, { engine, fetchWeights: (path) => files[paths.indexOf(path)]! });
  const shape: readonly number[] = net.inputShape;
  const draws = new Draws(1, 0);
  const x = Float32Array.from({ length: shape.reduce((product, n) => product * n, 1) }, () =>
    draws.uniform(),
  );
  const made: unknown = await net.predict(x as never);
  const theirs = await tf.loadGraphModel(handler(json, weights, Buffer.concat(files)));
  const names = theirs.outputs.map(({ name }) => name);
  const given = theirs.execute(tf.tensor(x, [1, ...shape]), names);
  const wanted = (Array.isArray(given) ? given : [given]).map((each) => each.dataSync());
  const ours =
    names.length === 1
      ? [made as { data: Float32Array }]
      : names.map(
          (name) =>
            (made as Record<string, { data: Float32Array }>)[name.replace(/:\d+$/, "").replaceAll("/", "_")]!,
        );
  net.dispose();
  theirs.dispose();
  return Math.max(...wanted.map((each, i) => off(ours[i]!.data, each)));
}
