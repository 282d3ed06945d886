/** Importers of pixels that become channels, and channels that become pixels. */
import { layers, type SymbolicTensor } from "../../../layers/index.ts";
import type { Importer, Network } from "../network.ts";
import { Value } from "../value.ts";

/** Blocks of channels as pixels, in either order of the channels. */
function depthToSpace(network: Network): void {
  const { builder, attributes } = network;
  const x = network.value(0);
  const blockSize = attributes.int("blocksize", 1);
  const order = blockOrder(network, x);
  const images = builder.arranged(x, order);
  const [h, w, c] = images.shape as [number, number, number];
  const own = c / (blockSize * blockSize);
  let y: SymbolicTensor;
  if (attributes.text("mode", "DCR") === "DCR")
    y = builder.operation("depthToSpace", [images], { blockSize });
  else {
    const split = builder.reshaped(images, [h, w, own, blockSize, blockSize]);
    const turned = builder.apply((name) => layers.permute({ dims: [1, 4, 2, 5, 3], name }), [split]);
    y = builder.reshaped(turned, [h * blockSize, w * blockSize, own]);
  }
  network.set(new Value(y, order, 4, undefined, { isChannelsLast: true }));
}

/** Pixels as blocks of channels. */
function spaceToDepth(network: Network): void {
  const { builder, attributes } = network;
  const x = network.value(0);
  const order = blockOrder(network, x);
  const images = builder.arranged(x, order);
  const y = builder.operation("spaceToDepth", [images], { blockSize: attributes.int("blocksize", 1) });
  network.set(new Value(y, order, 4, undefined, { isChannelsLast: true }));
}

/** The axes of images, the channels last. */
const blockOrder = ({ attributes }: Network, { batchAxis }: Value): number[] =>
  attributes.text("data_format", "NCHW") === "NHWC" ? [batchAxis, 1, 2, 3] : [batchAxis, 2, 3, 1];

/** Importers by the names of operators. */
export const blocks: Readonly<Record<string, Importer>> = {
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
};
