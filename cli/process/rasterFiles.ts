/** The files that turn SVG into PNG, which the build copies into dist/packages: resvg's module and the font. */
import { readFile } from "node:fs/promises";
import { packageFile } from "../../node/packageFile.ts";
import { createRasterizer, type Rasterizer } from "../../report/charts/raster.ts";

export async function openRasterizer(): Promise<Rasterizer> {
  const [module, ...fonts] = await Promise.all(
    ["resvg.wasm", "OpenSans-Regular.ttf", "OpenSans-SemiBold.ttf"].map((name) =>
      readFile(packageFile(`dist/packages/${name}`)),
    ),
  );
  return createRasterizer({ wasm: Uint8Array.from(module!), fonts });
}
