/**
 * SVG → PNG, by resvg compiled to WebAssembly (MPL-2.0): no browser, no native code, and no fonts but the one that comes
 * with the package, so that a picture has the same bytes on every machine.
 */
import { initWasm, Resvg } from "@resvg/resvg-wasm";

/** What the rasterizer needs of the disk; src/cli/rasterFiles.ts reads it. */
export interface RasterFiles {
  /** index_bg.wasm of @resvg/resvg-wasm. */
  readonly wasm: Uint8Array<ArrayBuffer>;
  /** TrueType files, the first for text of no other weight. */
  readonly fonts: readonly Uint8Array[];
}

/** The bytes of a PNG file of an SVG with plain colours. */
export type Rasterizer = (svg: string) => Uint8Array;

/** PNG pixels for one of the SVG, both ways: sharp on a slide. */
const ZOOM = 3;

let ready: Promise<void> | undefined; // the module can be set up once a process

export async function createRasterizer({ wasm, fonts }: RasterFiles): Promise<Rasterizer> {
  ready ??= initWasm(wasm);
  await ready;
  return (svg) => {
    const drawing = new Resvg(svg, {
      fitTo: { mode: "zoom", value: ZOOM },
      font: { fontBuffers: [...fonts], defaultFontFamily: "Open Sans", sansSerifFamily: "Open Sans" },
    });
    const image = drawing.render();
    const png = image.asPng();
    image.free();
    drawing.free();
    return png;
  };
}
