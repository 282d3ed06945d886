/** Types and shapes of what an HDF5 file holds. */
import type { ElementType } from "../elements.ts";
import { type Cursor, Damaged } from "./cursor.ts";

/** A type of elements. */
export interface Datatype {
  /** Bytes of an element. */
  readonly size: number;
  /** Numbers, texts of that size, texts that lie elsewhere, or what this reader passes over. */
  readonly kind: "numbers" | "text" | "elsewhere" | "other";
  /** The type of numbers. */
  readonly element?: ElementType;
  /** Each number's highest byte comes first. */
  readonly isBigEndian?: boolean;
}

/** The type that a message describes. */
export function readDatatype(cursor: Cursor): Datatype {
  const kind = cursor.u8() & 15;
  const [flags] = cursor.take(3) as unknown as [number];
  const size = cursor.u32();
  const isBigEndian = (flags & 1) === 1;
  const other: Datatype = { size, kind: "other" };
  const numbers = (element: string): Datatype => ({
    size,
    kind: "numbers",
    element: element as ElementType,
    isBigEndian,
  });
  switch (kind) {
    case 0:
      return [1, 2, 4, 8].includes(size) ? numbers(`${flags & 8 ? "" : "u"}int${8 * size}`) : other;
    case 1: {
      cursor.skip(5);
      const exponentBits = cursor.u8();
      if (size === 2) return numbers(exponentBits === 8 ? "bfloat16" : "float16");
      return size === 4 || size === 8 ? numbers(`float${8 * size}`) : other;
    }
    case 3:
      return { size, kind: "text" };
    case 5: // bytes without a meaning: Keras keeps bfloat16 so, and says it beside
      return size === 2 ? { ...numbers("uint16"), isBigEndian: false } : other;
    case 8: {
      const base = readDatatype(cursor);
      return base.element === "int8" ? { ...base, element: "bool" } : other;
    }
    case 9:
      return (flags & 15) === 1 ? { size, kind: "elsewhere" } : other;
    default:
      return other;
  }
}

/** The shape that a message describes; [0] for nothing at all. */
export function readShape(cursor: Cursor): readonly number[] {
  const version = cursor.u8();
  const rank = cursor.u8();
  cursor.skip(1);
  const isNothing = version === 2 ? cursor.u8() === 2 : false;
  if (version === 1) cursor.skip(5);
  else if (version !== 2) throw new Damaged(`a shape has the version ${version}`);
  if (rank > 32) throw new Damaged(`a shape has ${rank} axes`);
  return isNothing ? [0] : Array.from({ length: rank }, () => cursor.length());
}
