/** The files that turn SVG into PNG: resvg's module, from its package, and the font in dist. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createRasterizer, type Rasterizer } from "../../report/charts/raster.ts";
import { packageFile } from "./packageRoot.ts";

export async function openRasterizer(): Promise<Rasterizer> {
  const wasm = createRequire(import.meta.url).resolve("@resvg/resvg-wasm/index_bg.wasm");
  const font = (name: string): string => packageFile(`dist/fonts/${name}`);
  const [module, ...fonts] = await Promise.all(
    [wasm, font("OpenSans-Regular.ttf"), font("OpenSans-SemiBold.ttf")].map((file) => readFile(file)),
  );
  return createRasterizer({ wasm: Uint8Array.from(module!), fonts });
}
