/** The numbers of an array of an HDF5 file: in one piece, or in packed ones. */
import { type Elements, type ElementType, elementsOf, type Scratch } from "../elements.ts";
import { inflateZlib } from "../zip/archive.ts";
import { type Cursor, Damaged, Unsupported } from "./cursor.ts";
import { about, type Message } from "./objects.ts";
import { type Datatype, readDatatype, readShape } from "./types.ts";

/** An array of a file; its numbers are read when they are asked for. */
export interface Hdf5Array {
  readonly shape: readonly number[];
  readonly dtype: ElementType;
  /**
   * Its numbers, row-major: a view of the file where they lie in it so, else in `scratch`, or in memory of their own.
   * @throws AnygradError DATA_FORMAT, UNSUPPORTED, MEMORY_LIMIT
   */
  read(scratch?: Scratch): Elements;
}

/** What packs the pieces of an array. */
interface Filter {
  readonly id: number;
  readonly values: readonly number[];
}

/** The shape and type that the messages describe; undefined for what holds no numbers. */
export function arrayOf(
  messages: readonly Message[],
  told: string | undefined,
): { shape: readonly number[]; datatype: Datatype } | undefined {
  const find = (type: number): Cursor | undefined => messages.find((each) => each.type === type)?.body;
  const [shape, type] = [find(about.shape), find(about.type)];
  if (!shape || !type || !find(about.layout)) return undefined;
  const datatype = readDatatype(type.to(type.at, type.left));
  const element = told === "bfloat16" && datatype.size === 2 ? told : datatype.element;
  return {
    shape: readShape(shape.to(shape.at, shape.left)),
    datatype: element ? { ...datatype, element } : datatype,
  };
}

/** The numbers, where the messages say that they are. @param size bytes of all */
export function numbersOf(
  messages: readonly Message[],
  shape: readonly number[],
  { element, size: each, isBigEndian }: Datatype,
  scratch: Scratch | undefined,
): Elements {
  const layout = messages.find(({ type }) => type === about.layout)!.body;
  const body = layout.to(layout.at, layout.left);
  const size = shape.reduce((product, n) => product * n, each);
  return elementsOf(element!, bytesOf(body, messages, shape, each, size), { isBigEndian, scratch });
}

const kinds = ["compact", "whole", "pieces"] as const;

function bytesOf(
  body: Cursor,
  messages: readonly Message[],
  shape: readonly number[],
  each: number,
  size: number,
): Uint8Array {
  const version = body.u8();
  if (version < 1 || version > 4) throw new Damaged(`an array's place has the version ${version}`);
  const isOld = version < 3;
  const rank = isOld ? body.u8() : 0;
  const kind = kinds[body.u8()];
  if (isOld) body.skip(5);
  if (kind === "compact") {
    body.skip(isOld ? 4 * rank : 0);
    return part(body, isOld ? body.u32() : body.u16(), size);
  }
  if (kind === "whole") {
    const place = body.address();
    if (place === undefined) return new Uint8Array(checked(size, body.bytes)); // nothing was written: zeros
    return body.to(place).take(size);
  }
  if (kind !== "pieces" || version === 4) throw new Unsupported("an array in pieces of the newest form");
  const axes = isOld ? rank : body.u8();
  const tree = body.address();
  const piece = Array.from({ length: axes - 1 }, () => body.u32());
  if (axes !== shape.length + 1 || piece.includes(0))
    throw new Damaged("an array's pieces have another number of axes");
  const filters = filtersOf(messages.find(({ type }) => type === about.filters)?.body);
  const whole = new Uint8Array(checked(size, body.bytes));
  const pieceSize = piece.reduce((product, n) => product * n, each);
  if (tree !== undefined)
    visitPieces(body.to(tree), axes, 256, (place, packed, mask, origin) => {
      checked(pieceSize, body.bytes);
      const bytes = unpacked(body.to(place).take(packed), filters, mask, pieceSize, each);
      writePiece(whole, shape, bytes, piece, origin, each);
    });
  return whole;
}

function part(body: Cursor, held: number, size: number): Uint8Array {
  if (held < size) throw new Damaged(`an array of ${size} bytes has ${held}`);
  return body.take(size);
}

/** Packed numbers are at most so much longer than their bytes in the file: what says more is lying. */
function checked(size: number, { length }: Uint8Array): number {
  if (size > 1032 * length) throw new Damaged(`an array of ${size} bytes is in a file of ${length}`);
  return size;
}

function filtersOf(body: Cursor | undefined): Filter[] {
  if (!body) return [];
  const version = body.u8();
  const count = body.u8();
  if (version === 1) body.skip(6);
  return Array.from({ length: count }, () => {
    const id = body.u16();
    const name = version === 1 || id >= 256 ? body.u16() : 0;
    body.skip(2);
    const values = body.u16();
    body.skip(version === 1 ? 8 * Math.ceil(name / 8) : name);
    const filter = { id, values: Array.from({ length: values }, () => body.u32()) };
    if (version === 1 && values % 2 === 1) body.skip(4);
    return filter;
  });
}

type Visit = (place: number, packed: number, mask: number, origin: readonly number[]) => void;

function visitPieces(node: Cursor, axes: number, above: number, visit: Visit): void {
  node.signature("TREE").skip(1);
  const level = node.u8();
  if (level >= above) throw new Damaged("an array's index leads into itself");
  const count = node.u16();
  node.address();
  node.address();
  for (let i = 0; i < count; i++) {
    const [packed, mask] = [node.u32(), node.u32()];
    const origin = Array.from({ length: axes }, () => node.number(8)).slice(0, -1);
    const place = node.place();
    if (level === 0) visit(place, packed, mask, origin);
    else visitPieces(node.to(place), axes, level, visit);
  }
}

function unpacked(
  packed: Uint8Array,
  filters: readonly Filter[],
  mask: number,
  size: number,
  each: number,
): Uint8Array {
  let bytes = packed;
  for (let i = filters.length - 1; i >= 0; i--) {
    if (mask & (1 << i)) continue;
    const { id } = filters[i]!;
    if (id === 1) bytes = inflateZlib(bytes, size);
    else if (id === 2) bytes = unshuffled(bytes, each);
    else if (id === 3) bytes = bytes.subarray(0, -4);
    else throw new Unsupported(`an array that is packed by filter ${id}`);
  }
  if (bytes.length < size) throw new Damaged(`a piece of ${size} bytes has ${bytes.length}`);
  return bytes;
}

/** First bytes, second bytes, and so on, put together to numbers. */
function unshuffled(bytes: Uint8Array, each: number): Uint8Array {
  const count = Math.floor(bytes.length / each);
  const numbers = new Uint8Array(bytes.length);
  for (let b = 0; b < each; b++)
    for (let i = 0; i < count; i++) numbers[i * each + b] = bytes[b * count + i]!;
  return numbers;
}

/** Writes a piece to its place, as far as it does not reach over the array's ends. */
function writePiece(
  whole: Uint8Array,
  shape: readonly number[],
  bytes: Uint8Array,
  piece: readonly number[],
  origin: readonly number[],
  each: number,
): void {
  const copy = (axis: number, from: number, to: number): void => {
    const begin = origin[axis]!;
    const count = Math.min(piece[axis]!, shape[axis]! - begin);
    const [fromStep, toStep] = [piece, shape].map((of) => of.slice(axis + 1).reduce((p, n) => p * n, each));
    if (axis === shape.length - 1) {
      if (count > 0) whole.set(bytes.subarray(from, from + count * each), to + begin * each);
      return;
    }
    for (let i = 0; i < count; i++) copy(axis + 1, from + i * fromStep!, to + (begin + i) * toStep!);
  };
  if (shape.length > 0) copy(0, 0, 0);
}
