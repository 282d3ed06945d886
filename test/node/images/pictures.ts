/** Pictures for tests: PNG files of every kind, and folders of them. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";

/** A JPEG of test/fixtures/pictures. */
export function jpeg(name: string): Uint8Array {
  const path = fileURLToPath(new URL(`../../fixtures/pictures/${name}.jpg`, import.meta.url));
  return Uint8Array.from(readFileSync(path));
}

export interface PngForm {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. Default 8. */
  readonly depth?: number;
  /** 0 gray, 2 rgb, 3 palette, 4 gray and opacity, 6 rgb and opacity. */
  readonly colorType: number;
  /** Bytes of each row, packed as PNG has them. */
  readonly rows: readonly (readonly number[])[];
  readonly palette?: readonly number[];
  readonly transparency?: readonly number[];
}

/** A PNG file, written by the standard (W3C PNG, 5 and 11), no filter. */
export function png({
  width,
  height,
  depth = 8,
  colorType,
  rows,
  palette,
  transparency,
}: PngForm): Uint8Array {
  const word = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
  const chunk = (name: string, data: readonly number[]): number[] => {
    const body = [...Buffer.from(name), ...data];
    return [...word(data.length), ...body, ...word(crc32(Uint8Array.from(body)))];
  };
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", [...word(width), ...word(height), depth, colorType, 0, 0, 0]),
    ...(palette ? chunk("PLTE", palette) : []),
    ...(transparency ? chunk("tRNS", transparency) : []),
    ...chunk("IDAT", [...deflateSync(Uint8Array.from(rows.flatMap((row) => [0, ...row])))]),
    ...chunk("IEND", []),
  ]);
}

/** A square of one color. */
export function square(side: number, color: readonly [number, number, number]): Uint8Array {
  const rows = Array.from({ length: side }, () => Array.from({ length: side }, () => color).flat());
  return png({ width: side, height: side, colorType: 2, rows });
}

/** Files below a folder, by their paths in it. */
export function write(folder: string, files: Readonly<Record<string, Uint8Array | string>>): string {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** Two classes of squares, `count` of each and all different in size and color: cats red, dogs blue. */
export function catsAndDogs(count: number): Record<string, Uint8Array> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i): [string, Uint8Array][] => [
      [`cats/${i}.png`, square(8 + i, [200 + i, i, 0])],
      [`dogs/${i}.png`, square(8 + i, [0, i, 200 + i])],
    ]).flat(),
  );
}
