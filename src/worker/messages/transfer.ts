/**
 * What travels between page and worker. One rule: a message owns its arrays, and moves them without copying.
 *
 * So what a user holds is copied once before it is sent (`owned`), fresh results are sent as they are, and arrays over
 * shared memory are never copied: both sides see the same bytes.
 */
import { canShareMemory } from "../../runtime/capabilities.ts";

/** The value with arrays of its own; shared memory stays shared. Walks plain objects and lists. */
export function owned<T>(value: T): T {
  return walk(value, copyOf) as T;
}

/** All buffers in a value that can be moved, each once. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  walk(value, (view) => {
    if (!isShared(view.buffer)) found.add(view.buffer);
    return view;
  });
  return [...found];
}

/** The value with its arrays in memory that page and worker share, where the runtime has such. */
export function shared<T>(value: T): T {
  if (!canShareMemory()) return value;
  return walk(value, (view) => viewLike(view, copyBytes(view, new SharedArrayBuffer(view.byteLength)))) as T;
}

function walk(value: unknown, visit: (view: ArrayBufferView) => ArrayBufferView): unknown {
  if (value === null || typeof value !== "object") return value;
  if (ArrayBuffer.isView(value)) return visit(value);
  // a list that begins with a number holds numbers
  if (Array.isArray(value))
    return typeof value[0] === "number" ? value : value.map((item) => walk(item, visit));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value; // no plain object
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, visit)]));
}

function copyOf(view: ArrayBufferView): ArrayBufferView {
  if (isShared(view.buffer)) return view;
  return viewLike(view, copyBytes(view, new ArrayBuffer(view.byteLength)));
}

function isShared(buffer: ArrayBufferLike): buffer is SharedArrayBuffer {
  return Object.prototype.toString.call(buffer) === "[object SharedArrayBuffer]"; // of any realm
}

function copyBytes<B extends ArrayBufferLike>({ buffer, byteOffset, byteLength }: ArrayBufferView, to: B): B {
  new Uint8Array(to).set(new Uint8Array(buffer, byteOffset, byteLength));
  return to;
}

function viewLike(view: ArrayBufferView, buffer: ArrayBufferLike): ArrayBufferView {
  if (view instanceof Uint8Array) return new Uint8Array(buffer); // also for Node's Buffer
  const Kind = view.constructor as new (buffer: ArrayBufferLike) => ArrayBufferView;
  return new Kind(buffer);
}
