/** HDF5 as h5py opens it, in the oldest and simplest form: groups, and arrays in one piece. */
import { bytesOfElement, bytesOfElements, type Elements, type ElementType } from "../elements.ts";

/** What a group is to hold: groups and arrays by their names. */
export interface WrittenGroup {
  readonly [name: string]: WrittenGroup | WrittenArray;
}

/** An array to be written. */
export interface WrittenArray {
  readonly shape: readonly number[];
  readonly data: Elements;
  readonly dtype: ElementType;
}

const isArray = (value: WrittenGroup | WrittenArray): value is WrittenArray => ArrayBuffer.isView(value.data);

/** Entries that a node of names holds, twice a number that the head of the file says. */
const leafEntries = 8;
const [undefinedAddress, address] = [0xffffffffffffffffn, 8];

/** Bytes that grow, and are filled in where something was left open. */
class Writer {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  at = 0;

  constructor(size: number) {
    this.#bytes = new Uint8Array(size);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** So many zeros, at a place that eight divides. @returns the place */
  reserve(size: number): number {
    const place = 8 * Math.ceil(this.at / 8);
    this.at = place + size;
    if (this.at > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.at, 2 * this.#bytes.length));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return place;
  }

  /** Numbers of one, two, four or eight bytes: [2, 7] is 7 in two. @returns the place behind them */
  numbers(place: number, ...list: readonly (readonly [size: number, value: number | bigint])[]): number {
    let at = place;
    for (const [size, value] of list) {
      if (size === 1) this.#view.setUint8(at, Number(value));
      else if (size === 2) this.#view.setUint16(at, Number(value), true);
      else if (size === 4) this.#view.setUint32(at, Number(value), true);
      else this.#view.setBigUint64(at, BigInt(value), true);
      at += size;
    }
    return at;
  }

  bytes(place: number, bytes: Uint8Array): number {
    this.#bytes.set(bytes, place);
    return place + bytes.length;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.at);
  }
}

/** The bytes of a file. The same groups give the same bytes. */
export function writeHdf5(root: WrittenGroup): Uint8Array<ArrayBuffer> {
  const writer = new Writer(1 << 16);
  const treeRank = Math.max(16, Math.ceil(largestGroup(root) / leafEntries / 2));
  const head = writer.reserve(96);
  const { object, tree, heap } = writeGroup(writer, root, treeRank);
  let at = writer.bytes(head, Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10));
  at = writer.numbers(at, [4, 0], [1, 0], [1, address], [1, address], [1, 0]);
  at = writer.numbers(at, [2, leafEntries / 2], [2, treeRank], [4, 0]);
  at = writer.numbers(at, [8, 0], [8, undefinedAddress], [8, writer.at], [8, undefinedAddress]);
  // where the root is: its name, its place, and that the next two numbers are its index and its names
  writer.numbers(at, [8, 0], [8, object], [4, 1], [4, 0], [8, tree], [8, heap]);
  return writer.finish();
}

function largestGroup(group: WrittenGroup): number {
  const parts = Object.values(group);
  return Math.max(parts.length, ...parts.map((part) => (isArray(part) ? 0 : largestGroup(part))));
}

interface Placed {
  readonly object: number;
  readonly tree: number;
  readonly heap: number;
}

function writeGroup(writer: Writer, group: WrittenGroup, treeRank: number): Placed {
  const encoder = new TextEncoder();
  const parts = Object.entries(group)
    .map(([name, part]) => ({ name: encoder.encode(name), part }))
    .sort((a, b) => compare(a.name, b.name))
    .map(({ name, part }) => ({
      name,
      ...(isArray(part)
        ? { object: writeArray(writer, part), isGroup: false, tree: 0, heap: 0 }
        : { ...writeGroup(writer, part, treeRank), isGroup: true }),
    }));

  // names, each with a zero behind it, at places that eight divides; first an empty one
  let size = 8;
  const places = parts.map(({ name }) => {
    const place = size;
    size += 8 * Math.ceil((name.length + 1) / 8);
    return place;
  });
  const heap = writer.reserve(32 + size);
  const at = writer.bytes(heap, encoder.encode("HEAP"));
  writer.numbers(at, [4, 0], [8, size], [8, 1], [8, heap + 32]); // 1: nothing is free
  parts.forEach(({ name }, i) => {
    writer.bytes(heap + 32 + places[i]!, name);
  });

  const nodes: { place: number; last: number }[] = [];
  for (let from = 0; from < parts.length; from += leafEntries) {
    const held = parts.slice(from, from + leafEntries);
    const place = writer.reserve(8 + 40 * leafEntries);
    let entry = writer.bytes(place, encoder.encode("SNOD"));
    entry = writer.numbers(entry, [1, 1], [1, 0], [2, held.length]);
    held.forEach(({ object, isGroup, tree, heap: names }, i) => {
      entry = writer.numbers(
        entry,
        [8, places[from + i]!],
        [8, object],
        [4, isGroup ? 1 : 0],
        [4, 0],
        [8, tree],
        [8, names],
      );
    });
    nodes.push({ place, last: places[from + held.length - 1]! });
  }
  const tree = writer.reserve(24 + 8 * (4 * treeRank + 1));
  let key = writer.bytes(tree, encoder.encode("TREE"));
  key = writer.numbers(
    key,
    [1, 0],
    [1, 0],
    [2, nodes.length],
    [8, undefinedAddress],
    [8, undefinedAddress],
    [8, 0],
  );
  for (const { place, last } of nodes) key = writer.numbers(key, [8, place], [8, last]);

  return {
    object: writeObject(writer, [
      [
        17,
        [
          [8, tree],
          [8, heap],
        ],
      ],
    ]),
    tree,
    heap,
  };
}

/** By bytes, as the index is searched. */
function compare(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at < 0 ? a.length - b.length : (a[at] ?? -1) - (b[at] ?? -1);
}

type Numbers = readonly (readonly [size: number, value: number | bigint])[];

/** An object of messages: what each is about, and its numbers. */
function writeObject(writer: Writer, messages: readonly (readonly [about: number, body: Numbers])[]): number {
  const sizes = messages.map(([, body]) => 8 * Math.ceil(body.reduce((sum, [size]) => sum + size, 0) / 8));
  const total = sizes.reduce((sum, size) => sum + size + 8, 0);
  const object = writer.reserve(16 + total);
  writer.numbers(object, [1, 1], [1, 0], [2, messages.length], [4, 1], [4, total]);
  let at = object + 16;
  messages.forEach(([about, body], i) => {
    writer.numbers(at, [2, about], [2, sizes[i]!], ...(body.length ? ([[4, 0], ...body] as Numbers) : []));
    at += 8 + sizes[i]!;
  });
  return object;
}

/** What files say of floats: where sign, exponent and fraction lie. */
const floats: Readonly<Partial<Record<ElementType, Numbers>>> = {
  float16: [
    [1, 10],
    [1, 5],
    [1, 0],
    [1, 10],
    [4, 15],
  ],
  float32: [
    [1, 23],
    [1, 8],
    [1, 0],
    [1, 23],
    [4, 127],
  ],
  float64: [
    [1, 52],
    [1, 11],
    [1, 0],
    [1, 52],
    [4, 1023],
  ],
};

function typeOf(dtype: ElementType): Numbers {
  const size = bytesOfElement[dtype];
  const float = floats[dtype];
  // version 1 and the class; which bits say what; bytes, and bits from where to where
  if (float)
    return [[1, 0x11], [1, 0x20], [1, 8 * size - 1], [1, 0], [4, size], [2, 0], [2, 8 * size], ...float];
  return [
    [1, 0x10],
    [1, dtype.startsWith("int") ? 8 : 0],
    [2, 0],
    [4, size],
    [2, 0],
    [2, 8 * size],
  ];
}

function writeArray(writer: Writer, { shape, data, dtype }: WrittenArray): number {
  const bytes = bytesOfElements(data, dtype);
  const place =
    bytes.length > 0 ? writer.bytes(writer.reserve(bytes.length), bytes) - bytes.length : undefinedAddress;
  const axes = shape.map((n) => [8, n] as const);
  return writeObject(writer, [
    [1, [[1, 1], [1, shape.length], [2, 0], [4, 0], ...axes]],
    [3, typeOf(dtype)],
    [
      5,
      [
        [1, 2],
        [1, 2],
        [1, 2],
        [1, 0],
      ],
    ], // what is not written is zero
    [
      8,
      [
        [1, 3],
        [1, 1],
        [8, place],
        [8, bytes.length],
      ],
    ],
  ]);
}
