/**
 * Objects as Flower sends them: a head "Type child,child length", a byte 0 and a body; each is known by the SHA-256 of all that, and
 * names its children by theirs. What is the same is so sent once.
 */
import { AnygradError, quote } from "../../errors.ts";
import type { ObjectTree } from "./messages.ts";

/** An object with the objects that it is made of. */
export interface FlowerObject {
  /** Hex SHA-256 of `bytes`. */
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly children: readonly FlowerObject[];
}

/** An object taken apart. */
export interface ObjectParts {
  readonly type: string;
  readonly children: readonly string[];
  readonly body: Uint8Array;
}

/** An object of this type; the same child twice is named once. */
export async function objectOf(
  type: string,
  given: readonly FlowerObject[],
  body: Uint8Array,
): Promise<FlowerObject> {
  const children = [...new Map(given.map((child) => [child.id, child])).values()];
  const head = new TextEncoder().encode(`${type} ${children.map(({ id }) => id).join(",")} ${body.length}\0`);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return { id: await idOf(bytes), bytes, children };
}

/** Hex SHA-256. */
export async function idOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @throws AnygradError DATA_FORMAT for what is no object of Flower's */
export function partsOf(bytes: Uint8Array): ObjectParts {
  const end = bytes.indexOf(0);
  const [type, children, length, ...more] = new TextDecoder()
    .decode(bytes.subarray(0, Math.max(0, end)))
    .split(" ");
  const body = bytes.subarray(end + 1);
  if (type === undefined || children === undefined || Number(length) !== body.length || more.length > 0)
    throw new AnygradError("DATA_FORMAT", `Flower: an object of ${bytes.length} bytes has no whole head`);
  return { type, children: children === "" ? [] : children.split(","), body };
}

/** The names alone. */
export function treeOf({ id, children }: FlowerObject): ObjectTree {
  return { objectId: id, children: children.map(treeOf) };
}

/** The objects of a tree by their names, the innermost first. */
export function objectsIn(object: FlowerObject, found: Map<string, FlowerObject> = new Map()): typeof found {
  for (const child of object.children) objectsIn(child, found);
  return found.set(object.id, object);
}

/** The names in a tree, each once. */
export function idsIn({ objectId, children }: ObjectTree, found: Set<string> = new Set()): Set<string> {
  for (const child of children) idsIn(child, found);
  return objectId === undefined ? found : found.add(objectId);
}

/** The parts of the object of this name. @throws AnygradError DATA_FORMAT where it is not there, or of another type */
export function partsIn(
  objects: ReadonlyMap<string, Uint8Array>,
  id: string | undefined,
  types: readonly string[],
): ObjectParts {
  const bytes = id === undefined ? undefined : objects.get(id);
  if (!bytes) throw new AnygradError("DATA_FORMAT", `Flower: the object ${quote(id)} was not sent`);
  const parts = partsOf(bytes);
  if (!types.includes(parts.type))
    throw new AnygradError(
      "DATA_FORMAT",
      `Flower: an object is of type ${quote(parts.type)}, where ${types.join(", ")} was wanted`,
    );
  return parts;
}
