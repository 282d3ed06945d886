/** What a layer within a network gives, for a data set or for examples. Imported when somebody asks for it. */
import type { Dataset } from "../../data/dataset.ts";
import type { PredictInput, Prediction } from "../predictions/predict.ts";
import { isDataset } from "../training/given.ts";

/** The network up to that layer. */
interface Front {
  build(): Promise<void>;
  predict(x: PredictInput, options: { batchSize?: number }): Promise<Prediction>;
}

/** A data set of them where one was given, with its targets; else numbers in a shape. */
export async function featuresFor(
  front: Front,
  x: PredictInput,
  options: { batchSize?: number },
): Promise<Prediction | Dataset> {
  await front.build();
  const { shape, data } = await front.predict(x, options);
  if (!isDataset(x)) return { shape, data };
  const { y, classNames, name } = x;
  return { x: data, shape, y, ...(classNames && { classNames }), ...(name !== undefined && { name }) };
}
