/** A model that predicts alone. Only `forInference`, and `load` for its files, import this. */
import { AnygradError } from "../../errors.ts";
import { Model } from "../model.ts";
import type { Graph } from "../network/graph.ts";
import type { Prediction, Predictions } from "../predictions/predict.ts";
import type { ModelConfig } from "../saving/config.ts";

/** A model that is not trained: its layers are frozen and are other ones than those that were. */
export class InferenceModel<Outputs extends Predictions = Prediction> extends Model<Outputs> {
  /** @internal */
  constructor(graph: Graph, options: { name: string; seed: number }) {
    super(graph, options);
    this.state.noted = true; // a normalisation that vouched for the scale of its inputs may be within a kernel now
  }

  /** `fit` begins with this, too. @throws AnygradError UNSUPPORTED */
  override train(): never {
    throw new AnygradError(
      "UNSUPPORTED",
      "fit: this model is for inference alone: batch normalisations are within the kernels before them, and dropout is gone; train the model that forInference was given and call forInference again, or put a new head on this one by fineTune",
    );
  }

  /** The network as JSON can hold it, marked, so that `load` makes such a model again. */
  override getConfig(): ModelConfig {
    return { ...super.getConfig(), inference: true };
  }
}

/** A model that was read as one for inference. */
export function asInference<Outputs extends Predictions>(net: Model<Outputs>): Model<Outputs> {
  return new InferenceModel<Outputs>(net.graph, { name: net.name, seed: net.state.seed });
}
