/**
 * What the first bytes of a picture tell: its form, size and colors, and how it was turned by the camera (EXIF). No pixel is
 * decoded. JPEG: ITU-T T.81, Annex B; EXIF: CIPA DC-008, 4.6; PNG: W3C PNG, 5 and 11.
 */
import { AnygradError } from "../../src/errors.ts";

export interface ImageHeader {
  readonly format: "png" | "jpeg";
  /** Pixels as stored, before the picture is turned. */
  readonly width: number;
  readonly height: number;
  /** EXIF's 1 … 8; 1: as it is. */
  readonly orientation: number;
  /** Whether it has no color. */
  readonly gray: boolean;
  /** Whether its colors are those of a printer: cyan, magenta, yellow, black. */
  readonly cmyk: boolean;
}

/** Above that a picture is taken for an attack, unless more are asked for: its pixels take four bytes each, and again while they are unpacked. */
export const usualPixels = 100e6;

/** @throws AnygradError DATA_FORMAT with the reason alone: the caller names the file; MEMORY_LIMIT for more pixels than `maxPixels` */
export function readHeader(bytes: Uint8Array, maxPixels: number = usualPixels): ImageHeader {
  const format = formatOf(bytes);
  if (format !== "png" && format !== "jpeg")
    throw damaged(
      bytes.length === 0
        ? "an empty file"
        : format === undefined
          ? "neither PNG nor JPEG; convert it to one of them"
          : `${format}; convert it to PNG or JPEG`,
    );
  const header = format === "png" ? pngHeader(bytes) : jpegHeader(bytes);
  const { width, height } = header;
  if (width === 0 || height === 0) throw damaged("it has no pixels");
  if (width * height > maxPixels)
    throw new AnygradError(
      "MEMORY_LIMIT",
      `${width} × ${height} pixels, more than ${maxPixels / 1e6} million; make it smaller, or raise maxPixels if it comes from a source you trust`,
    );
  return header;
}

/** Whether a picture stands on its side: turned upright, its width is its height. */
export function isOnItsSide({ orientation }: ImageHeader): boolean {
  return orientation >= 5;
}

const signatures: readonly (readonly [name: string, at: number, text: string])[] = [
  ["png", 0, "\x89PNG"],
  ["jpeg", 0, "\xff\xd8\xff"],
  ["GIF", 0, "GIF8"],
  ["WebP", 8, "WEBP"],
  ["AVIF", 4, "ftypavif"],
  ["HEIC", 4, "ftyphei"],
  ["HEIC", 4, "ftypmif1"],
  ["HEIC", 4, "ftyphev"],
  ["JPEG XL", 0, "\xff\x0a"],
  ["BMP", 0, "BM"],
  ["TIFF", 0, "II*\0"],
  ["TIFF", 0, "MM\0*"],
  ["PDF", 0, "%PDF"],
  ["SVG", 0, "<svg"],
];

/** "png", "jpeg", the name of another form, or undefined. */
export function formatOf(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  return signatures.find(([, at, text]) => start.startsWith(text, at))?.[0];
}

function damaged(reason: string): AnygradError {
  return new AnygradError("DATA_FORMAT", reason);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

const GRAY = 0; // PNG's color types
const GRAY_WITH_ALPHA = 4;

function pngHeader(bytes: Uint8Array): ImageHeader {
  const view = viewOf(bytes);
  if (bytes.length < 33) throw damaged("a PNG that ends within its header");
  const colorType = bytes[25]!;
  let orientation = 1;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const [length, end] = [view.getUint32(at), at + 8];
    const name = String.fromCharCode(...bytes.subarray(at + 4, end));
    if (name === "eXIf") orientation = orientationOf(bytes.subarray(end, end + length));
    if (name === "IDAT") break;
    at = end + length + 4;
  }
  return {
    format: "png",
    width: view.getUint32(16),
    height: view.getUint32(20),
    orientation,
    gray: colorType === GRAY || colorType === GRAY_WITH_ALPHA,
    cmyk: false,
  };
}

/**
 * The most pixels that a byte of a JPEG can stand for. Each block of 8 × 8 takes a bit or more, of a component that may have a quarter of the
 * pixels. Else a file of some hundred bytes takes memory for all the pixels that it says it has.
 */
const PIXELS_OF_BYTE = 8 * 64 * 4;

function jpegHeader(bytes: Uint8Array): ImageHeader {
  const view = viewOf(bytes);
  let orientation = 1;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) break;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++; // fill byte
      continue;
    }
    const [length, start] = [view.getUint16(at + 2), at + 4];
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame && start + 6 <= bytes.length) {
      const components = bytes[start + 5]!;
      const [height, width] = [view.getUint16(start + 1), view.getUint16(start + 3)];
      if (width * height > PIXELS_OF_BYTE * bytes.length)
        throw damaged(`a JPEG of ${width} × ${height} pixels that is cut off after ${bytes.length} bytes`);
      return {
        format: "jpeg",
        width,
        height,
        orientation,
        gray: components === 1,
        cmyk: components === 4,
      };
    }
    const isExif = marker === 0xe1 && String.fromCharCode(...bytes.subarray(start, start + 6)) === "Exif\0\0";
    if (isExif) orientation = orientationOf(bytes.subarray(start + 6, start + length - 2));
    at = start + length - 2;
  }
  throw damaged("a JPEG that ends within its header, or is damaged there");
}

const ORIENTATION = 0x0112;

// A TIFF header, then a list of tags. What is damaged tells nothing.
function orientationOf(exif: Uint8Array): number {
  if (exif.length < 14) return 1;
  const view = viewOf(exif);
  const little = exif[0] === 0x49;
  const start = view.getUint32(4, little);
  if (start + 2 > exif.length) return 1;
  const tags = view.getUint16(start, little);
  for (let i = 0; i < tags; i++) {
    const at = start + 2 + 12 * i;
    if (at + 12 > exif.length) return 1;
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
