/** What a file says of itself, as lines for people. */
import { fold } from "../../../report/text/lines.ts";
import { formatCount, plural } from "../../../report/text/numbers.ts";
import type { Style } from "../../../report/text/style.ts";
import { table } from "../../../report/text/table.ts";
import { formatBytes } from "../../../src/math/bytes.ts";
import { sizeOf } from "../../../src/math/shape.ts";
import { type Kind, kindNames } from "../formats.ts";
import type { Counted, End, FileFacts } from "./facts.ts";

const room = 11; // characters of the names at the left

/** @param bytes of all its files */
export function factsText(
  path: string,
  kind: Kind,
  bytes: number,
  facts: FileFacts,
  style: Style,
  width: number,
): string {
  const {
    version,
    opset,
    producer,
    date,
    inputs,
    outputs,
    layers,
    operators,
    arrays,
    beside,
    texts = {},
  } = facts;
  const lines: (readonly [string, readonly string[]])[] = [];
  const add = (name: string, list: readonly (string | undefined)[]): void => {
    const told = list.filter((text) => text !== undefined);
    if (told.length > 0) lines.push([name, told]);
  };
  add("version", [version]);
  add("opset", opset ? [Object.entries(opset).map(opsetText).join(", ")] : []);
  add("producer", [producer]);
  add("date", [date]);
  add("inputs", (inputs ?? []).map(endText));
  add("outputs", (outputs ?? []).map(endText));
  add("layers", countText(layers));
  add("operators", countText(operators));
  for (const [name, text] of Object.entries(texts))
    add(name, [text.length > 300 ? `${text.slice(0, 299)}…` : text]);
  add("beside", beside && beside.length > 0 ? [beside.join(", ")] : []);
  const numbers = arrays.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const size = arrays.reduce((sum, { bytes: each = 0 }) => sum + each, 0);
  add("arrays", [
    arrays.length === 0
      ? "none"
      : `${plural(arrays.length, "array")}, ${formatCount(numbers)} numbers, ${formatBytes(size)}`,
  ]);
  const told = lines.map(([name, list]) => {
    const left = name.length < room ? name.padEnd(room) : `${name}  `;
    const folded = list.flatMap((text) => fold(text.replace(/\s+/g, " "), Math.max(20, width - left.length)));
    return folded.map((line, i) => (i === 0 ? left : " ".repeat(left.length)) + line).join("\n");
  });
  const heading = `${style.strong(path)}  ${kindNames[kind]}, ${formatBytes(bytes)}`;
  const rows = arrays.map(({ name, dtype, shape, bytes: each }) => [
    name,
    dtype,
    shapeText(shape),
    each === undefined ? "" : formatBytes(each),
  ]);
  const align = ["left", "left", "left", "right"] as const;
  return [heading, ...told, ...(rows.length > 0 ? [table(rows, { align, style })] : [])].join("\n");
}

const opsetText = ([domain, version]: [string, number]): string =>
  domain === "ai.onnx" ? String(version) : `${domain} ${version}`;

const countText = (list: readonly Counted[] | undefined): string[] =>
  list === undefined || list.length === 0
    ? []
    : [list.map(({ type, count }) => (count === 1 ? type : `${type} ×${count}`)).join(", ")];

const endText = ({ name, dtype, shape }: End): string =>
  [name, dtype, shape && shapeText(shape)].filter((text) => text !== undefined).join(" ");

const shapeText = (shape: readonly (number | string | null)[]): string =>
  shape.length === 0 ? "one number" : shape.map((n) => n ?? "?").join("×");
