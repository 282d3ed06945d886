/** JPEG to pixels, by libjpeg in WebAssembly: gray and YCbCr, baseline and progressive. */
import create from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import type { PixelImage } from "../../src/data/images/image.ts";
import { mozjpegBytes } from "./mozjpeg.ts";

type Mozjpeg = Awaited<ReturnType<typeof loadMozjpeg>>;
let mozjpeg: Promise<Mozjpeg> | undefined;

async function loadMozjpeg() {
  const module = await WebAssembly.compile(Uint8Array.from(await mozjpegBytes()));
  return () =>
    withImageData(() =>
      create({
        noInitialRun: true,
        print() {},
        printErr() {}, // libjpeg's own words, which would go to the console
        instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
          const instance = new WebAssembly.Instance(module, imports);
          done(instance);
          return instance.exports;
        },
      }),
    );
}

/** The decoder makes an `ImageData`, which only pages have: elsewhere it is there as long as the call, not for others to find. */
function withImageData<T>(work: () => T): T {
  const globals = globalThis as { ImageData?: unknown };
  if ("ImageData" in globals) return work();
  globals.ImageData = class {
    constructor(
      readonly data: Uint8ClampedArray,
      readonly width: number,
      readonly height: number,
    ) {}
  };
  try {
    return work();
  } finally {
    delete globals.ImageData;
  }
}

let instance: ReturnType<Mozjpeg> | undefined;

/** @throws Error for a damaged file */
export async function decodeJpeg(bytes: Uint8Array): Promise<PixelImage> {
  mozjpeg ??= loadMozjpeg();
  instance ??= (await mozjpeg)();
  try {
    const decoder = await instance;
    const image = withImageData(() => decoder.decode(bytes, false));
    if (image) return image;
  } catch (error) {
    instance = undefined; // libjpeg leaves by an exit: that instance is done with
    throw error;
  }
  throw new Error();
}
