/**
 * Checkpoints whose seal is whole and whose inside is not: a part is missing or is another thing. The one before is taken, and that is told;
 * or what was there is refused in a line; nothing is a fault of anygrad.
 */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { seal, unseal } from "../../../runs/checkpoints/seal.ts";
import { headerLength, lengthBytes } from "../../../src/io/safetensors/header.ts";
import { copyPackage } from "../../crash/commands.mjs";
import { simulatedMachine } from "../../crash/simulated.mjs";
import { temporaryFolder } from "../anygrad.ts";

type Json = Record<string, unknown>;

const folder = temporaryFolder();
copyPackage(join(folder, "package"));
const anygrad = await simulatedMachine(join(folder, "package"));
const training = "train mlp-64 --limit 100 --threads 1 --no-report --json --quiet --epochs 3 --ema 0.9".split(
  " ",
);
const unfinished = join(folder, "unfinished");
await anygrad([...training, "--stop-after", "2", "--out", unfinished]);
const { digest } = JSON.parse((await anygrad(training)).stdout) as { digest: string };

const newest = "checkpoint-0002.safetensors";
const bytes = Uint8Array.from(readFileSync(join(unfinished, newest)));
const length = headerLength(bytes, bytes.length);
const header = JSON.parse(
  new TextDecoder().decode(bytes.subarray(lengthBytes, lengthBytes + length)),
) as Json & { __metadata__: Record<string, string> };
const { version: _, sha256: __, ...record } = unseal(bytes, newest)!;

/** The checkpoint with other texts in its header, not sealed. */
function withMetadata(metadata: Record<string, string>): Uint8Array {
  const text = JSON.stringify({ ...header, __metadata__: metadata });
  const head = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8));
  const file = new Uint8Array(lengthBytes + head.length + bytes.length - lengthBytes - length);
  new DataView(file.buffer).setBigUint64(0, BigInt(head.length), true);
  file.set(head, lengthBytes);
  file.set(bytes.subarray(lengthBytes + length), lengthBytes + head.length);
  return file;
}

/** Every way to a value. */
function* ways(value: unknown, way: readonly string[] = []): Generator<readonly string[]> {
  if (way.length > 0) yield way;
  if (typeof value !== "object" || value === null) return;
  for (const [name, part] of Object.entries(value)) yield* ways(part, [...way, name]);
}

function twisted(json: unknown, way: readonly string[], value: unknown): Json {
  const copy = structuredClone(json) as Json;
  const holder = way.slice(0, -1).reduce<Json>((part, name) => part[name] as Json, copy);
  if (value === undefined) delete holder[way.at(-1)!];
  else holder[way.at(-1)!] = value;
  return copy;
}

const { checkpoint: ___, ...metadata } = header.__metadata__;
const inside: Record<string, unknown> = {
  record,
  model: JSON.parse(metadata.model!),
  run: JSON.parse(metadata.run!),
};
const values = [undefined, null, -1, "x", [], {}];
// every 19th of some 800, and of the few of the record every 5th, so that all values and all depths come
const rows = Object.entries(inside)
  .flatMap(([part, json]) =>
    [...ways(json)].flatMap((way) => values.map((value) => [part, way, value] as const)),
  )
  .filter(([part], i) => i % (part === "record" ? 5 : 19) === 0);

it("are refused in a line, or the one before is taken", async () => {
  const ends: Record<string, number> = {};
  for (const [i, [part, way, value]] of rows.entries()) {
    const json = twisted(inside[part], way, value);
    const out = join(folder, `twisted-${i}`);
    cpSync(unfinished, out, { recursive: true });
    const file =
      part === "record"
        ? withMetadata(metadata)
        : withMetadata({ ...metadata, [part]: JSON.stringify(json) });
    writeFileSync(join(out, newest), seal(file, part === "record" ? json : record));
    const ended = await anygrad(["train", "--resume", out, "--json", "--quiet"]);
    const what = `${part}.${way.join(".")} = ${JSON.stringify(value)}: ${ended.code} ${ended.stderr}`;
    expect([0, 2], what).toContain(ended.code);
    expect(ended.stderr.length, what).toBeLessThan(ended.code === 0 ? 1000 : 520);
    const isBefore = ended.stderr.includes(newest) && ended.stderr.includes("the run goes on after epoch 1");
    if (isBefore) expect((JSON.parse(ended.stdout) as Json).digest, what).toBe(digest);
    const end = `${part}, ${isBefore ? "the one before" : ended.code}`;
    ends[end] = (ends[end] ?? 0) + 1;
    // what the model and the run are is checked when they are made, and then the one before is taken; what callbacks keep, later
    if (part !== "record" && way[0] !== "callbacks") expect(ended.code, what).toBe(0);
  }
  expect(ends["model, the one before"]).toBeGreaterThan(10);
  expect(ends["run, the one before"]).toBeGreaterThan(5);
  expect(ends["record, the one before"]).toBeGreaterThan(0);
}, 300_000);

it("are refused where none is whole, and named", async () => {
  const out = join(folder, "none");
  cpSync(unfinished, out, { recursive: true });
  for (const name of readdirSync(out).filter((each) => each.startsWith("checkpoint-")))
    writeFileSync(join(out, name), seal(withMetadata({ ...metadata, model: "{}" }), record));
  const { code, stderr } = await anygrad(["train", "--resume", out, "--json", "--quiet"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^anygrad: .*checkpoint-0001[.]safetensors: load: .*\n$/);
});
