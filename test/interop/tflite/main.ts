/**
 * Models come from TensorFlow Lite: those of packages of others, installed from PyPI, and networks of Keras as TensorFlow's converter
 * writes them, compared with its interpreter on the same inputs. Where the interpreter rounds to 8 bits between layers and we do
 * not, ours must be as near to the network of floats as its are.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine, type Engine } from "../../../src/autograd/engine.ts";
import { reasonOf } from "../../../src/errors.ts";
import { type ForeignArray, floatsOf } from "../../../src/io/elements.ts";
import { readNpz } from "../../../src/io/npz/index.ts";
import { type LoadTfliteOptions, loadTflite } from "../../../src/io/tflite/index.ts";
import { environment } from "../../conformance/environment.ts";
import { type Line, shown, writtenTable } from "../table.ts";

/** The largest difference that is rounding, for outputs of size one; more where the interpreter's own kernels differ by more. */
const tolerance = 1e-4;

interface Found {
  readonly missing?: string;
  readonly index: number;
  readonly outputs: readonly string[];
  readonly options: LoadTfliteOptions;
}

/** @returns the number of failures */
export async function main(folder: string): Promise<number> {
  const found = environment(join(folder, "../../conformance"));
  if ("missing" in found) {
    console.log(`tflite: skipped, its Python environment cannot be installed: ${found.missing}`);
    return 0;
  }
  const place = mkdtempSync(join(tmpdir(), "anygrad-tflite-"));
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "anygrad", "models");
  mkdirSync(cache, { recursive: true });
  const engine = await createEngine({ threads: 1 });
  try {
    const ran = spawnSync(found.python, [join(folder, "peer.py"), place, cache], { encoding: "utf8" });
    if (ran.status !== 0) throw new Error(`tflite: peer.py failed: ${ran.stderr.slice(-800)}`);
    const { models, tensorflow } = JSON.parse(readFileSync(join(place, "models.json"), "utf8")) as {
      models: Record<string, Found>;
      tensorflow: string;
    };
    const lines: Line[] = [];
    let failed = 0;
    for (const [name, each] of Object.entries(models)) {
      if (each.missing) {
        console.log(`tflite: ${name} skipped, it cannot be installed: ${each.missing}`);
        continue;
      }
      try {
        const line = await compared(place, each, engine);
        lines.push([name, `TensorFlow Lite of TensorFlow ${tensorflow}`, "read", line]);
        console.log(`tflite: ${name}: ${line}`);
      } catch (error) {
        failed++;
        console.log(`tflite: ${name}: ${reasonOf(error).slice(0, 400)}`);
      }
    }
    writtenTable(folder, "tflite", lines, lines.length === Object.keys(models).length);
    console.log(`tflite: ${lines.length} models, ${failed} failures`);
    return failed;
  } finally {
    engine.dispose();
    rmSync(place, { recursive: true, force: true });
  }
}

/** The largest difference of a model's outputs, as the table has it. @throws where it is too large */
async function compared(place: string, { index, outputs, options }: Found, engine: Engine): Promise<string> {
  const { x, plain, ...wanted } = await readNpz(readFileSync(join(place, `${index}.npz`)));
  const net = await loadTflite<never>(readFileSync(join(place, `${index}.tflite`)), { engine, ...options });
  const made: unknown = await net.predict({ x: floatsOf(x!.data), shape: [...x!.shape] } as never);
  net.dispose();
  const results = (outputs.length === 1 ? [made] : Object.values(made as object)) as {
    data: Float32Array;
  }[];
  const most = Math.max(...outputs.map((_, i) => difference(wanted[`y${i}`]!, results[i]!.data)));
  if (plain) {
    const [ours, theirs] = [
      difference(plain, results[0]!.data),
      difference(plain, floatsOf(wanted.y0!.data)),
    ];
    if (!(ours < 1.1 * theirs))
      throw new Error(`${ours} from the network of floats, the interpreter ${theirs}`);
    return `${shown(most)}, as it rounds to 8 bits between layers; from the network of floats ${shown(ours)}, its own ${shown(theirs)}`;
  }
  const own = Math.max(
    ...outputs.map((_, i) => difference(wanted[`y${i}`]!, floatsOf(wanted[`fast${i}`]!.data))),
  );
  if (most >= tolerance && most <= own) return `${shown(most)}; of its fast kernels ${shown(own)}`;
  if (!(most < tolerance)) throw new Error(`outputs differ by ${most}`);
  return shown(most);
}

/** The largest difference, for outputs of size one. */
function difference({ data }: ForeignArray, got: Float32Array): number {
  const wanted = floatsOf(data);
  if (wanted.length !== got.length) return Number.POSITIVE_INFINITY;
  const size = wanted.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (size === 0) return Number.POSITIVE_INFINITY; // an output of zeros tells nothing
  const unit = Math.max(1, size);
  return wanted.reduce((largest, value, i) => Math.max(largest, Math.abs(value - got[i]!)), 0) / unit;
}
