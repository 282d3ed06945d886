/** The networks of keras.applications, as Keras makes them and with weights that are drawn, predict here what they predict there. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../../../src/autograd/engine.ts";
import { reasonOf } from "../../../src/errors.ts";
import { loadKeras } from "../../../src/io/keras/index.ts";
import { decoded, type Python } from "../../conformance/python.ts";

/** The networks, and the size of their pictures, which is small where the network allows it. */
export const applications: Readonly<Record<string, number>> = {
  EfficientNetB0: 64,
  EfficientNetV2B0: 64,
  MobileNet: 64,
  MobileNetV2: 64,
  MobileNetV3Small: 64,
  MobileNetV3Large: 64,
  ResNet50: 64,
  ResNet50V2: 64,
  DenseNet121: 64,
  NASNetMobile: 224,
  Xception: 80,
  InceptionV3: 80,
  InceptionResNetV2: 80,
  ConvNeXtTiny: 64,
  VGG16: 32,
};

/** A network, and how far apart the outputs are, or why it is not read. */
export interface Compared {
  readonly name: string;
  readonly difference?: number;
  readonly fault?: string;
}

/** Each when it has been compared. */
export async function* compareApplications(
  names: readonly string[],
  engine: Engine,
  python: Python,
): AsyncGenerator<Compared> {
  const folder = mkdtempSync(join(tmpdir(), "anygrad-applications-"));
  try {
    for (const name of names) {
      const path = join(folder, `${name}.keras`);
      yield await compared(name, path, engine, python);
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compared(name: string, path: string, engine: Engine, python: Python): Promise<Compared> {
  const size = applications[name]!;
  try {
    const answer = await python.ask({ application: name, size, path });
    if (typeof answer.error === "string") throw new Error(answer.error);
    const net = await loadKeras(readFileSync(path), { engine });
    const { data } = await net.predict({ x: decoded(answer.x as string), shape: [2, size, size, 3] });
    net.dispose();
    const wanted = decoded(answer.y as string);
    const unit = Math.max(...wanted.map(Math.abs));
    return { name, difference: Math.max(...data.map((value, i) => Math.abs(value - wanted[i]!))) / unit };
  } catch (error) {
    return { name, fault: reasonOf(error).slice(0, 300) };
  }
}
