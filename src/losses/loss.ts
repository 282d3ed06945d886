/** What a loss is. */
import type { Definition } from "../definitions/definition.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A loss: what training makes small. */
export interface Loss {
  /** Its name in `losses`. */
  readonly type: string;
  /** Its options, as JSON can hold them. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Class indices (int32, in the shape of the predictions without the axis of the classes) or arrays in the predictions' shape. */
  readonly targets: "labels" | "dense";
  /** The axis of the classes that are labelled, with the batch's counted, where that is not the last. @internal */
  readonly classAxis?: number;
  /** The activation whose logits this loss takes in place of its output: it is fused with the loss. */
  readonly fuses?: "softmax" | "sigmoid";
  /** It is of the user's own; the definition makes it again from `config`. @internal */
  readonly custom?: "loss";
  /** @internal */
  readonly definition?: Definition;
  /** Which steps of its predictions count, [n, steps], where a network has masks; metrics heed it, too. @internal */
  readonly mask?: (predictions: Tensor) => Tensor | undefined;
  /** Throws, where training is asked of a loaded model whose loss is not there. @internal */
  readonly absent?: (action: string) => never;
  /** A loss per example, [n], or for each place of its output, such as [n, h, w]; training takes the mean of all. With `logits` the predictions are what goes into that activation. */
  call(predictions: Tensor, targets: Tensor, logits: boolean): Tensor;
}
