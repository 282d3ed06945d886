/** The files that turn SVG into PNG: resvg's module, from its package, and the font in dist. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createRasterizer, type Rasterizer } from "../report/charts/raster.ts";

export async function openRasterizer(): Promise<Rasterizer> {
  const wasm = createRequire(import.meta.url).resolve("@resvg/resvg-wasm/index_bg.wasm");
  // from src/cli, dist/cli and dist/chunks the package's root is two folders up
  const font = (name: string): URL => new URL(`../../dist/fonts/${name}`, import.meta.url);
  const [module, ...fonts] = await Promise.all(
    [wasm, font("OpenSans-Regular.ttf"), font("OpenSans-SemiBold.ttf")].map((file) => readFile(file)),
  );
  return createRasterizer({ wasm: Uint8Array.from(module!), fonts });
}
