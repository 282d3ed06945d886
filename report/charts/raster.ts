/**
 * SVG → PNG, by resvg compiled to WebAssembly (MPL-2.0): no browser, no native code, and no fonts but the one that comes
 * with the package, so that a picture has the same bytes on every machine.
 */
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { sharp } from "../pictures/sheet.ts";

/** What the rasterizer needs of the disk; cli/process/rasterFiles.ts reads it. */
export interface RasterFiles {
  /** index_bg.wasm of @resvg/resvg-wasm. */
  readonly wasm: Uint8Array<ArrayBuffer>;
  /** TrueType files, the first for text of no other weight. */
  readonly fonts: readonly Uint8Array[];
}

/** Size of a PNG: its pixels for one of the SVG (`zoom`), or its width. */
export type RasterSize = { readonly zoom: number } | { readonly width: number };

/** The bytes of a PNG file of an SVG with plain colours. Default size: zoom 3, sharp on a slide. */
export type Rasterizer = (svg: string, size?: RasterSize) => Uint8Array;

let ready: Promise<void> | undefined; // the module can be set up once a process

export async function createRasterizer({ wasm, fonts }: RasterFiles): Promise<Rasterizer> {
  ready ??= initWasm(wasm);
  await ready;
  return (svg, size = { zoom: 3 }) => {
    // resvg 2.6 smooths what CSS calls pixelated, and takes SVG's own word for it
    const drawing = new Resvg(svg.replaceAll(sharp, "image-rendering:optimizeSpeed"), {
      fitTo: "zoom" in size ? { mode: "zoom", value: size.zoom } : { mode: "width", value: size.width },
      font: { fontBuffers: [...fonts], defaultFontFamily: "Open Sans", sansSerifFamily: "Open Sans" },
    });
    const image = drawing.render();
    const png = image.asPng();
    image.free();
    drawing.free();
    return png;
  };
}
