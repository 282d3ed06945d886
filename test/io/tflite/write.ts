/** Small files of TFLite for tests: flatbuffers of tables that are written as lists of fields. */

/** A field: a number of some type, or what an offset leads to. */
export type Field =
  | { readonly byte: number }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly bytes: Uint8Array }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly longs: readonly number[] }
  | { readonly table: Fields }
  | { readonly tables: readonly Fields[] };

/** The fields of a table by their places in the schema. */
export type Fields = Readonly<Record<number, Field | undefined>>;

/** The bytes of a flatbuffer with a root table. */
export function flatbuffer(root: Fields, mark = "TFL3"): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [0, 0, 0, 0, ...new TextEncoder().encode(mark)];
  const whole = (at: number, n: number, size: number): void => {
    for (let i = 0; i < size; i++) bytes[at + i] = Number((BigInt(n) >> BigInt(8 * i)) & 255n);
  };
  const append = (n: number, size: number): void => whole(bytes.length, n, size);
  const floatBits = (n: number): number => new Uint32Array(Float32Array.of(n).buffer)[0]!;
  /** Says at a place where what comes next is. */
  const here = (at: number): void => {
    while (bytes.length % 8) bytes.push(0);
    whole(at, bytes.length - at, 4);
  };
  const list = <T>(items: readonly T[], write: (item: T) => void): void => {
    append(items.length, 4);
    items.forEach(write);
  };
  const table = (at: number, fields: Fields): void => {
    const places = Object.keys(fields).map(Number);
    const count = Math.max(-1, ...places) + 1;
    while (bytes.length % 8) bytes.push(0);
    const list = bytes.length;
    append(4 + 2 * count, 2);
    append(4 + 4 * count, 2);
    for (let i = 0; i < count; i++) append(i in fields ? 4 + 4 * i : 0, 2);
    here(at);
    const own = bytes.length;
    append(own - list, 4);
    for (let i = 0; i < count; i++) append(0, 4);
    for (const place of places) value(own + 4 + 4 * place, fields[place]!);
  };
  const value = (at: number, field: Field): void => {
    if ("byte" in field) whole(at, field.byte, 1);
    else if ("int" in field) whole(at, field.int, 4);
    else if ("float" in field) whole(at, floatBits(field.float), 4);
    else if ("table" in field) table(at, field.table);
    else {
      here(at);
      if ("text" in field) list([...new TextEncoder().encode(field.text)], (n) => bytes.push(n));
      else if ("bytes" in field) list([...field.bytes], (n) => bytes.push(n));
      else if ("ints" in field) list(field.ints, (n) => append(n, 4));
      else if ("floats" in field) list(field.floats, (n) => append(floatBits(n), 4));
      else if ("longs" in field) list(field.longs, (n) => append(n, 8));
      else {
        const first = bytes.length + 4;
        list(field.tables, () => append(0, 4));
        field.tables.forEach((each, i) => {
          table(first + 4 * i, each);
        });
      }
    }
  };
  table(0, root);
  return Uint8Array.from(bytes);
}

/** A tensor: without numbers one that is given or computed. */
export interface GivenTensor {
  readonly shape: readonly number[];
  readonly data?: ArrayBufferView;
  /** Default 0, float32. */
  readonly type?: number;
  readonly scales?: readonly number[];
  readonly zeros?: readonly number[];
  readonly axis?: number;
}

/** An operator by its number, with the numbers of tensors. */
export interface GivenOperator {
  readonly code: number;
  readonly custom?: string;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options?: Fields;
}

/** A graph from tensor 0 to the last one. */
export interface GivenGraph {
  readonly tensors: readonly GivenTensor[];
  readonly operators: readonly GivenOperator[];
  readonly outputs?: readonly number[];
}

/** The fields of a model with this graph. */
export function modelOf({ tensors, operators, outputs = [tensors.length - 1] }: GivenGraph): Fields {
  const buffers = [undefined, ...tensors.map(({ data }) => data)];
  return {
    0: { int: 3 },
    1: {
      tables: operators.map(
        ({ code, custom }): Fields => ({
          0: { byte: Math.min(code, 127) },
          ...(custom ? { 1: { text: custom } } : {}),
          3: { int: code },
        }),
      ),
    },
    2: {
      tables: [
        {
          0: { tables: tensors.map(tensorOf) },
          1: { ints: [0] },
          2: { ints: outputs },
          3: {
            tables: operators.map(
              ({ inputs, outputs: made, options }, i): Fields => ({
                0: { int: i },
                1: { ints: inputs },
                2: { ints: made },
                ...(options ? { 3: { byte: 1 }, 4: { table: options } } : {}),
              }),
            ),
          },
        },
      ],
    },
    4: {
      tables: buffers.map(
        (data): Fields =>
          data ? { 0: { bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) } } : {},
      ),
    },
  };
}

const tensorOf = ({ shape, data, type = 0, scales, zeros, axis }: GivenTensor, i: number): Fields => ({
  0: { ints: shape },
  1: { byte: type },
  2: { int: data ? i + 1 : 0 },
  3: { text: `t${i}` },
  ...(scales
    ? { 4: { table: { 2: { floats: scales }, 3: { longs: zeros ?? [0] }, 6: { int: axis ?? 0 } } } }
    : {}),
});

/** The bytes of a model with this graph. */
export const tflite = (graph: GivenGraph): Uint8Array<ArrayBuffer> => flatbuffer(modelOf(graph));
