/** The files that turn SVG into PNG, which the build packs into dist/packages: resvg's module and the font. */
import { readFile } from "node:fs/promises";
import { brotliDecompressSync } from "node:zlib";
import { createRasterizer, type Rasterizer } from "../report/charts/raster.ts";
import { AnygradError } from "../src/errors.ts";
import { packageFile } from "./packageFile.ts";

/**
 * @param subject what errors begin with. Default "figures"
 * @throws AnygradError DATA_MISSING in a program that has bundled anygrad/node and was copied away from it
 */
export async function openRasterizer(subject = "figures"): Promise<Rasterizer> {
  const [module, ...fonts] = await Promise.all(
    ["resvg.wasm", "OpenSans-Regular.ttf", "OpenSans-SemiBold.ttf"].map((name) =>
      fileOf(subject, `${name}.br`),
    ),
  );
  return createRasterizer({ wasm: Uint8Array.from(module!), fonts });
}

async function fileOf(subject: string, name: string): Promise<Uint8Array> {
  const path = packageFile(`dist/packages/${name}`);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new AnygradError(
      "DATA_MISSING",
      `${subject}: PNG figures need ${name} of the package, and there is no ${path}; leave anygrad out of the bundle (external), or copy node_modules/anygrad/dist/packages there`,
      { cause: error },
    );
  });
  return brotliDecompressSync(bytes);
}
