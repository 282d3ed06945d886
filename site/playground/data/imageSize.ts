/** How large a picture is, by the first bytes of its file: known before it is decoded, which takes four bytes a pixel. */

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Bytes that are looked at. In a JPEG the size may stand behind a preview and a colour profile, so that more are read where it is not found. */
const looked = [2 ** 16, 2 ** 20];

/** Undefined for what is no PNG, JPEG, GIF, WebP, BMP or AVIF, and where the size is not found. */
export async function imageSizeOf(file: Blob): Promise<ImageSize | undefined> {
  for (const length of looked) {
    const size = sizeIn(new DataView(await file.slice(0, length).arrayBuffer()));
    if (size || file.size <= length) return size;
  }
  return undefined;
}

function sizeIn(view: DataView): ImageSize | undefined {
  const letters = (at: number, count: number): string => {
    let text = "";
    for (let i = at; i < at + count; i++) text += String.fromCharCode(view.getUint8(i));
    return text;
  };
  try {
    if (letters(1, 3) === "PNG") return { width: view.getUint32(16), height: view.getUint32(20) };
    if (letters(0, 3) === "GIF") return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (letters(0, 2) === "BM")
      return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
    if (letters(0, 4) === "RIFF" && letters(8, 4) === "WEBP") return webpSize(view, letters(12, 4));
    if (letters(4, 4) === "ftyp") return avifSize(view);
    if (view.getUint16(0) === 0xffd8) return jpegSize(view);
  } catch {} // the bytes end before the size
  return undefined;
}

/** The frame header, which the segments before it lead to by their lengths. */
function jpegSize(view: DataView): ImageSize {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    while (view.getUint8(at + 1) === 0xff) at++; // fill bytes
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
}

/** https://developers.google.com/speed/webp/docs/riff_container: lossy, lossless, extended. */
function webpSize(view: DataView, kind: string): ImageSize | undefined {
  if (kind === "VP8 ")
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (kind !== "VP8X") return undefined;
  const three = (at: number): number => view.getUint16(at, true) + 65536 * view.getUint8(at + 2);
  return { width: three(24) + 1, height: three(27) + 1 };
}

/** The largest `ispe` box: the picture's own beside those of its tiles and its preview. */
function avifSize(view: DataView): ImageSize | undefined {
  let largest: ImageSize | undefined;
  for (let at = 8; at + 16 <= view.byteLength; at++) {
    if (view.getUint32(at) !== 0x69737065) continue;
    const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (!largest || width * height > largest.width * largest.height) largest = { width, height };
  }
  return largest;
}
