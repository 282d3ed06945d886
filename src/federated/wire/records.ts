/**
 * What a message carries: records by their names, of arrays, of metrics or of settings, as Flower's RecordDict holds them. Arrays are
 * .npy files cut into pieces; JSON names them, protobuf holds metrics and settings.
 */
import { AnygradError, quote } from "../../errors.ts";
import type { ForeignArray } from "../../io/elements.ts";
import { decodeNpy, encodeNpy } from "../../io/npz/npy.ts";
import { decodeValues, encodeValues, type ValueRecord, type WireValue } from "./messages.ts";
import { type FlowerObject, objectOf, partsIn } from "./objects.ts";

/** A metric; bigints are Python's int, numbers its float. */
export type MetricValue = number | bigint | readonly (number | bigint)[];

/** A setting. */
export type ConfigValue =
  | MetricValue
  | boolean
  | string
  | Uint8Array
  | readonly boolean[]
  | readonly string[]
  | readonly Uint8Array[];

/** Arrays by their names, in their order. */
export type ArrayRecord = ReadonlyMap<string, ForeignArray>;

/** Records of a message by their names. */
export interface Records {
  /** Arrays, such as weights. */
  readonly arrays: Readonly<Record<string, ArrayRecord>>;
  /** Numbers, such as scores. */
  readonly metrics: Readonly<Record<string, Readonly<Record<string, MetricValue>>>>;
  /** Settings of a round. */
  readonly configs: Readonly<Record<string, Readonly<Record<string, ConfigValue>>>>;
}

/** Bytes of the largest piece of an array, as in Flower. */
const pieceBytes = 5 * 2 ** 20;

const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** A message's content as an object. */
export async function recordsObject({ arrays, metrics, configs }: Partial<Records>): Promise<FlowerObject> {
  const named: [name: string, record: FlowerObject][] = [];
  for (const [name, record] of Object.entries(arrays ?? {}))
    named.push([name, await arrayRecordObject(record)]);
  for (const [name, record] of Object.entries(metrics ?? {}))
    named.push([name, await objectOf("MetricRecord", [], encodeValues(wireOf(record)))]);
  for (const [name, record] of Object.entries(configs ?? {}))
    named.push([name, await objectOf("ConfigRecord", [], encodeValues(wireOf(record)))]);
  return byName("RecordDict", named);
}

async function arrayRecordObject(record: ArrayRecord): Promise<FlowerObject> {
  const named: [name: string, array: FlowerObject][] = [];
  for (const [name, array] of record) named.push([name, await arrayObject(name, array)]);
  return byName("ArrayRecord", named);
}

async function byName(type: string, named: [name: string, object: FlowerObject][]): Promise<FlowerObject> {
  const ids = Object.fromEntries(named.map(([name, { id }]) => [name, id]));
  return objectOf(
    type,
    named.map(([, object]) => object),
    text(ids),
  );
}

async function arrayObject(name: string, { shape, dtype, data }: ForeignArray): Promise<FlowerObject> {
  const bytes = encodeNpy({ name, shape, dtype, data });
  const pieces: FlowerObject[] = [];
  for (let start = 0; start < bytes.length; start += pieceBytes)
    pieces.push(await objectOf("ArrayChunk", [], bytes.subarray(start, start + pieceBytes)));
  const ids = [...new Set(pieces.map(({ id }) => id))];
  const about = {
    dtype,
    shape,
    stype: "numpy.ndarray",
    arraychunk_ids: pieces.map(({ id }) => ids.indexOf(id)),
  };
  return objectOf("Array", pieces, text(about));
}

/**
 * The content that an object is, with all that it is made of.
 * @throws AnygradError DATA_FORMAT where something is missing or damaged
 */
export function recordsIn(objects: ReadonlyMap<string, Uint8Array>, id: string | undefined): Records {
  const { body } = partsIn(objects, id, ["RecordDict"]);
  const arrays: Record<string, ArrayRecord> = {};
  const metrics: Record<string, Record<string, MetricValue>> = {};
  const configs: Record<string, Record<string, ConfigValue>> = {};
  for (const [name, record] of namesIn(body)) {
    const parts = partsIn(objects, record, ["ArrayRecord", "MetricRecord", "ConfigRecord"]);
    if (parts.type === "ArrayRecord")
      arrays[name] = new Map(
        namesIn(parts.body).map(([each, array]) => [each, arrayIn(objects, each, array)] as const),
      );
    else if (parts.type === "MetricRecord")
      metrics[name] = valuesIn(parts.body) as Record<string, MetricValue>;
    else configs[name] = valuesIn(parts.body);
  }
  return { arrays, metrics, configs };
}

function namesIn(body: Uint8Array): [name: string, id: string][] {
  const names = json(body);
  return Object.entries(names).map(([name, id]) => [name, String(id)]);
}

function json(body: Uint8Array): object {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // told below
  }
  throw new AnygradError("DATA_FORMAT", "Flower: an object that names others is no JSON");
}

function arrayIn(objects: ReadonlyMap<string, Uint8Array>, name: string, id: string): ForeignArray {
  const { children, body } = partsIn(objects, id, ["Array"]);
  const { stype, arraychunk_ids: places } = json(body) as { stype?: string; arraychunk_ids?: number[] };
  if (stype !== "numpy.ndarray" || !Array.isArray(places))
    throw new AnygradError(
      "UNSUPPORTED",
      `Flower: the array ${quote(name)} is written as ${quote(stype)}, and only numpy.ndarray can be read`,
    );
  const pieces = places.map((place) => partsIn(objects, children[place], ["ArrayChunk"]).body);
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const piece of pieces) {
    bytes.set(piece, end);
    end += piece.length;
  }
  return decodeNpy(name, bytes);
}

function wireOf(record: Readonly<Record<string, ConfigValue>>): ValueRecord {
  return { items: Object.entries(record).map(([key, value]) => ({ key, value: wireValue(value) })) };
}

function wireValue(value: ConfigValue): WireValue {
  if (typeof value === "number") return { double: value };
  if (typeof value === "bigint") return isLarge(value) ? { uint64: value } : { sint64: value };
  if (typeof value === "boolean") return { bool: value };
  if (typeof value === "string") return { string: value };
  if (value instanceof Uint8Array) return { bytes: value };
  const list = value as readonly unknown[];
  const [first] = list;
  if (typeof first === "bigint") {
    const values = list as readonly bigint[];
    return values.some(isLarge) ? { uintList: { values } } : { sintList: { values } };
  }
  if (typeof first === "boolean") return { boolList: { values: list as readonly boolean[] } };
  if (typeof first === "string") return { stringList: { values: list as readonly string[] } };
  if (first instanceof Uint8Array) return { bytesList: { values: list as readonly Uint8Array[] } };
  return { doubleList: { values: list as readonly number[] } };
}

/** Numbers of nodes use all 64 bits. */
const isLarge = (value: bigint): boolean => value > 0x7fff_ffff_ffff_ffffn;

function valuesIn(body: Uint8Array): Record<string, ConfigValue> {
  const found: Record<string, ConfigValue> = {};
  for (const { key = "", value = {} } of decodeValues(body).items) {
    const fields = Object.values(value) as (ConfigValue | { values: readonly ConfigValue[] } | undefined)[];
    const given = fields.find((field) => field !== undefined);
    if (given === undefined) continue;
    found[key] =
      typeof given === "object" && "values" in given && !(given instanceof Uint8Array)
        ? ((given as { values: readonly ConfigValue[] }).values.map(asNumber) as readonly number[])
        : asNumber(given as ConfigValue);
  }
  return found;
}

/** Whole numbers as numbers, as far as these hold them. */
function asNumber(value: ConfigValue): ConfigValue {
  return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
