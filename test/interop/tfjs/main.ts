/**
 * Random networks, those of the conformance command, go to real TensorFlow.js and come back as it saves them; and models that others
 * have trained, out of the packages nsfwjs and @vladmandic/human, predict here what they predict there.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createEngine, type Engine } from "../../../src/autograd/engine.ts";
import { AnygradError, reasonOf } from "../../../src/errors.ts";
import { loadTfjs, saveTfjs } from "../../../src/io/tfjs/index.ts";
import { type Case, drawCase, unconstrained } from "../../conformance/networks/case.ts";
import { Draws } from "../../conformance/networks/draws.ts";
import { inputsOf, networkOf, outputsOf } from "../cases.ts";
import { learns } from "../learning.ts";
import { installed } from "../packages.ts";
import { type Line, shown, writtenTable } from "../table.ts";
import { compareFaces, faceNetworks } from "./faces.ts";
import { compareGraph, graphModels } from "./graphs.ts";
import { handler, off, predictedBy, type Tensorflow } from "./tensorflow.ts";

/** The largest difference that is rounding, for outputs of size one. */
const tolerance = 1e-4;

/** @returns the number of failures */
export async function main(folder: string, args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      cases: { type: "string", default: "200" },
      seed: { type: "string", default: "1" },
      from: { type: "string", default: "0" },
      models: { type: "string", default: "mobilenet_v2,inception_v3" },
      faces: { type: "string", default: faceNetworks.join(",") },
      graphs: { type: "string", default: graphModels.join(",") },
    },
  });
  const home = join(folder, "..");
  const require = installed("tfjs", home);
  if (!require) return 0;
  const tf = require("@tensorflow/tfjs") as Tensorflow;
  const engine = await createEngine({ threads: 1 });
  const from = Number(values.from);
  const cases = Number(values.cases);
  let [failed, largest] = [0, 0];
  const lacking = new Map<string, number>();
  for (let index = from; index < from + cases; index++) {
    const each = await drawCase(Number(values.seed), index, engine);
    try {
      const difference = await exchange(each, engine, tf);
      if (typeof difference === "string") lacking.set(difference, (lacking.get(difference) ?? 0) + 1);
      else if (difference < tolerance) largest = Math.max(largest, difference);
      else throw new Error(`outputs differ by ${difference}`);
    } catch (error) {
      failed++;
      const types = each.program.nodes.map(({ layer }) => layer.type).join(" ");
      console.log(`tfjs: network ${index} (${types}): ${reasonOf(error).slice(0, 400)}`);
    }
  }
  const refused = [...lacking.values()].reduce((sum, count) => sum + count, 0);
  for (const [what, count] of [...lacking].sort(([, a], [, b]) => b - a))
    console.log(`tfjs: refused ${count} networks: TensorFlow.js has no ${what}`);
  console.log(
    `tfjs: ${cases} networks, ${refused} refused by name, ${failed} failures, largest difference ${shown(largest)}`,
  );
  const lines: Line[] = [
    [
      `${cases} random networks, of which TensorFlow.js has the layers of ${cases - refused}`,
      "TensorFlow.js 4.22",
      "written and read",
      shown(largest),
    ],
  ];
  for (const name of values.models.split(",").filter(Boolean)) {
    const { difference, accuracy, fault } = await compareNsfw(name, home, require, engine, tf);
    if (!(difference < tolerance) || fault) failed++;
    lines.push([`nsfwjs ${name} (uint8)`, "TensorFlow.js 4.22", "read, fine-tuned", shown(difference)]);
    console.log(
      `tfjs: nsfwjs ${name}: largest difference ${shown(difference)}, fine-tuned ${fault ?? accuracy?.toFixed(2)}`,
    );
  }
  for (const name of values.graphs.split(",").filter(Boolean)) {
    try {
      const difference = await compareGraph(name, home, require, engine, tf);
      if (!(difference < tolerance)) throw new Error(`outputs differ by ${difference}`);
      lines.push([`${name} (graph model)`, "TensorFlow.js 4.22", "read", shown(difference)]);
      console.log(`tfjs: ${name}: largest difference ${shown(difference)}`);
    } catch (error) {
      failed++;
      console.log(`tfjs: ${name}: ${reasonOf(error).slice(0, 400)}`);
    }
  }
  for (const name of values.faces.split(",").filter(Boolean)) {
    try {
      const { difference, accuracy } = await compareFaces(name, home, require, engine);
      if (!(difference < tolerance)) throw new Error(`outputs differ by ${difference}`);
      const direction = accuracy === undefined ? "read" : "read, fine-tuned";
      lines.push([`face-api: ${name}`, "face-api 1.7.15", direction, shown(difference)]);
      console.log(
        `tfjs: face-api ${name}: largest difference ${shown(difference)}${accuracy === undefined ? "" : `, fine-tuned ${accuracy.toFixed(2)}`}`,
      );
    } catch (error) {
      failed++;
      console.log(`tfjs: face-api ${name}: ${reasonOf(error).slice(0, 400)}`);
    }
  }
  writtenTable(folder, "tfjs", lines, args.length === 0 && failed === 0);
  engine.dispose();
  return failed;
}

/** What a message says that TensorFlow.js has not, without its place. */
const lackIn = (message: string): string => /TensorFlow.js has no (.*?)(?:;|$)/.exec(message)?.[1] ?? message;

/** @returns the largest difference, or what TensorFlow.js lacks of it, as we say it */
async function exchange(drawn: Case, engine: Engine, tf: Tensorflow): Promise<number | string> {
  // TensorFlow.js applies constraints to weights that it is given; drawn ones are not within them
  const each = { ...drawn, program: unconstrained(drawn.program) };
  const net = await networkOf(each, engine);
  const inputs = inputsOf(each);
  const wanted = await outputsOf(net, inputs);
  let files: ReturnType<typeof saveTfjs>;
  try {
    files = saveTfjs(net);
  } catch (error) {
    // it names the layer, and what to do
    const isTold = /^saveTfjs: layer "[^"]+" .*TensorFlow\.js has no .*saveOnnx/.test(reasonOf(error));
    if (isTold && error instanceof AnygradError && error.code === "UNSUPPORTED") return lackIn(error.message);
    throw error;
  } finally {
    net.dispose();
  }
  const { modelTopology, weightsManifest } = JSON.parse(files["model.json"]);
  const theirs = await tf.loadLayersModel(
    handler({ modelTopology }, weightsManifest[0].weights, files["weights.bin"]),
  );
  const there = off(predictedBy(theirs, inputs, tf), wanted);
  // of a separable convolution TensorFlow.js saves no depth multiplier
  if (each.program.nodes.some(({ layer }) => layer.type === "separableConv2d")) return there;
  let artifacts: object = {};
  await theirs.save(
    tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return {};
    }),
  );
  theirs.dispose();
  const again = await loadTfjs(artifacts, { engine });
  const data = await outputsOf(again, inputs);
  again.dispose();
  if (!(off(data, wanted) < tolerance))
    throw new Error(`as TensorFlow.js saves it, it predicts ${off(data, wanted)} more or less`);
  return Math.max(there, off(data, wanted));
}

/** Where the networks of nsfwjs have seen all of a picture; smaller ones than theirs take less time. */
const features: Readonly<Record<string, { at: string; inputShape: readonly number[] }>> = {
  mobilenet_v2: { at: "out_relu", inputShape: [128, 128, 3] },
  inception_v3: { at: "mixed10", inputShape: [139, 139, 3] },
};

/** A model of nsfwjs, on numbers that are no picture: what it says of them is the same. */
async function compareNsfw(
  name: string,
  home: string,
  require: NodeJS.Require,
  engine: Engine,
  tf: Tensorflow,
): Promise<{ difference: number; accuracy?: number; fault?: string }> {
  const at = join(home, "node_modules/nsfwjs/dist/models", name);
  const json = require(join(at, "model.min.js"));
  const paths: string[] = json.weightsManifest[0].paths;
  const files = paths.map((path) => Buffer.from(require(join(at, `${path}.min.js`)) as string, "base64"));
  const net = await loadTfjs(json, { engine, fetchWeights: (path) => files[paths.indexOf(path)]! });
  const shape = net.inputShape;
  const draws = new Draws(1, 0);
  const x = Float32Array.from({ length: shape.reduce((product, n) => product * n, 1) }, () =>
    draws.uniform(),
  );
  const { data } = await net.predict(x);
  const { modelTopology, weightsManifest } = json;
  const theirs = await tf.loadLayersModel(
    handler({ modelTopology }, weightsManifest[0].weights, Buffer.concat(files)),
  );
  const difference = off(data, predictedBy(theirs, [{ data: x, shape: [1, ...shape] }], tf));
  theirs.dispose();
  try {
    const accuracy = await learns(net, { ...features[name]!, rescaling: { scale: 1 / 255 } });
    return { difference, accuracy };
  } catch (error) {
    return { difference, fault: reasonOf(error) };
  } finally {
    net.dispose();
  }
}
