/** Messages of protobuf by tables of fields: ONNX's and Flower's are read and written by their own tools in test/interop and test/federated. */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { describe, expect, it } from "vitest";
import { MessageFormat } from "../../src/io/protobuf/messages.ts";

const format = new MessageFormat({
  all: "1 text string, 2 bytes bytes, 3 is bool, 4 half float, 5 whole double, 6 small int64, 7 large bigUint64, 8 signed bigSint64, 9 maybe int64?, 10 part all, 11 parts all[], 12 numbers int64[], 13 ids bigUint64[], 14 names string[]",
  nothing: "",
});

const absent = {
  text: "",
  bytes: new Uint8Array(0),
  is: false,
  half: 0,
  whole: 0,
  small: 0,
  large: 0n,
  signed: 0n,
  maybe: undefined,
  part: undefined,
  parts: [],
  numbers: [],
  ids: [],
  names: [],
};

describe("messages of protobuf", () => {
  it("come back as they were written, and with what they leave out", () => {
    const message = {
      text: "ä",
      bytes: Uint8Array.of(1, 2),
      is: true,
      half: 0.5,
      whole: 1 / 3,
      small: -7,
      large: 2n ** 64n - 1n,
      signed: -(2n ** 63n),
      maybe: 0,
      part: { text: "inner" },
      parts: [{}, { small: 2 ** 53 - 1 }],
      numbers: [1, -1],
      ids: [0n, 2n ** 63n],
      names: ["a", ""],
    };
    expect(format.decode("all", format.encode("all", message))).toEqual({
      ...message,
      part: { ...absent, text: "inner" },
      parts: [absent, { ...absent, small: 2 ** 53 - 1 }],
    });
    expect(format.decode("all", new Uint8Array(0))).toEqual(absent);
    expect(format.encode("all", { text: undefined, numbers: [] })).toHaveLength(0);
  });

  it("may hold fields that are not known, and lists of numbers that do not lie packed", () => {
    const writer = new BinaryWriter();
    writer.tag(99, WireType.LengthDelimited).string("of a later version");
    for (const n of [3, 4]) writer.tag(12, WireType.Varint).int64(n);
    const bytes = writer.finish();
    expect(format.decode("all", bytes)).toEqual({ ...absent, numbers: [3, 4] });
    expect(format.decode("nothing", bytes)).toEqual({});
  });

  it("are refused where they are damaged, and where they lie too deep", () => {
    const bytes = format.encode("all", { text: "whole" });
    expect(() => format.decode("all", bytes.subarray(0, 4))).toThrow();
    const other = new BinaryWriter().tag(1, WireType.Varint).int64(1).finish();
    expect(() => format.decode("all", other)).toThrow("the field text is damaged");
    const nested = (depth: number): object => (depth === 0 ? {} : { part: nested(depth - 1) });
    expect(format.decode("all", format.encode("all", nested(32)))).toBeDefined();
    expect(() => format.decode("all", format.encode("all", nested(33)))).toThrow("deeper than 32");
  });

  it("are known by how they begin", () => {
    const bytes = format.encode("all", { text: "a", whole: 1, part: { text: "b" } });
    expect(format.isBegun("all", bytes, "part")).toBe(true);
    expect(format.isBegun("all", bytes.subarray(0, -1), "part")).toBe(true);
    expect(format.isBegun("all", bytes.subarray(0, 6), "part")).toBe(false);
    expect(format.isBegun("nothing", bytes, "part")).toBe(false);
  });
});
