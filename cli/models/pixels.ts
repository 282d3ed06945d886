/** What a model was trained on in place of bytes from 0 to 255: files of other libraries do not say it. */

import { AnygradError } from "../../src/errors.ts";
import { type Layer, layers } from "../../src/layers/index.ts";
import { input, type Model, model } from "../../src/model/index.ts";
import { shownInput } from "../../src/model/network/graph.ts";
import type { Pixels } from "../options/baseOptions.ts";

/** Mean and deviation of ImageNet's colors, as torchvision's models have them, in bytes. */
const imagenet = { mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] };

function layerFor(pixels: Pixels): Layer {
  switch (pixels) {
    case "0..1":
      return layers.rescaling({ scale: 1 / 255 });
    case "-1..1":
      return layers.rescaling({ scale: 1 / 127.5, offset: -1 });
    case "0..255":
      return layers.rescaling({ scale: 1 }); // it says that bytes are taken as they are
    case "imagenet":
      return layers.normalization({
        mean: imagenet.mean,
        variance: imagenet.deviation.map((each) => each * each),
      });
  }
}

/** Whether a model itself says what becomes of bytes: by its layers, or as it was trained. */
export function saysPixels({ normalization, graph }: Model): boolean {
  const first = graph.nodes.filter(({ inputs }) => inputs.includes(-1));
  return normalization !== undefined || first.every(({ layer }) => layer.traits?.rescales);
}

/** The model of bytes: what they become is its first layer. */
export async function withPixels(net: Model, pixels: Pixels): Promise<Model> {
  if (net.graph.forms.inputs !== "one")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--pixels is for models with one input, and this one has ${net.graph.inputs.map(({ name }) => name).join(", ")}; leave it out`,
    );
  const x = input({ shape: shownInput(net.graph) });
  const whole = model({ inputs: x, outputs: net.apply(layerFor(pixels).apply(x)), name: net.name }) as Model;
  await whole.build({ engine: net.engine });
  return whole.take({ classNames: net.classNames, preparation: net.preparation });
}
