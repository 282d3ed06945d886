/** Labels in the form that a network is scored against: class indices, or rows of 0 and 1 where it ends in sigmoids. */
import { type Dataset, oneHot } from "../../src/data/dataset.ts";
import type { Model } from "../../src/model/index.ts";

export function withTargets(set: Dataset, net: Model): Dataset {
  const last = net.layers.at(-1);
  return last?.lastActivation === "sigmoid" ? { ...set, y: oneHot(set.y, net.outputShape.at(-1)!) } : set;
}
