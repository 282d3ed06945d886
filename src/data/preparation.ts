/**
 * What was made of a user's own examples before a network saw them. A data set carries it, `fit` hands it to the model and
 * `save` writes it, so that a saved model takes pictures of any size and raw rows of a table by itself.
 */

/** What a network is for: to tell classes apart, or to predict numbers. */
export type Task = "classification" | "regression";

/** How a picture of any size becomes an example. */
export interface ImagePreparation {
  /** Pixels. */
  readonly height: number;
  /** Pixels. */
  readonly width: number;
  /** "cover" fills the example and crops what stands out, "contain" adds borders, "stretch" changes the proportions. */
  readonly fit: "cover" | "contain" | "stretch";
  /** One channel or three. */
  readonly color: "gray" | "rgb";
}

/** A column of numbers: (value − mean) / deviation is one input. */
export interface NumberColumn {
  /** From the header. */
  readonly name: string;
  readonly kind: "number";
  /** The unit, where the header names one. */
  readonly unit?: string;
  /** The training rows' mean. */
  readonly mean: number;
  /** The training rows' standard deviation. */
  readonly deviation: number;
  /** What stands in for a missing value; undefined: a row without one is refused. */
  readonly missing?: number;
}

/** A column of texts: an input a category, of which one is 1; or, in order, their position as one input. */
export interface CategoryColumn {
  /** From the header. */
  readonly name: string;
  readonly kind: "category";
  readonly categories: readonly string[];
  readonly encoding: "oneHot" | "ordinal";
  /** The category that stands in for a missing value; undefined: a row without one is refused. */
  readonly missing?: string;
}

/** A column of a table, as the network takes it. */
export type Column = NumberColumn | CategoryColumn;

/** What a regression predicts: the network gives (value − mean) / deviation, `predict` the value. */
export interface TargetColumn {
  /** From the header. */
  readonly name: string;
  /** The unit, where the header names one. */
  readonly unit?: string;
  /** The training rows' mean. */
  readonly mean: number;
  /** The training rows' standard deviation. */
  readonly deviation: number;
}

/** Windows over the rows of a series: an example is `[steps, columns]`. */
export interface WindowPreparation {
  /** Rows in an example. */
  readonly steps: number;
  /** Rows from the start of an example to the start of the next. */
  readonly stride: number;
  /** Rows from the last of an example to the one that is predicted; 0: what the window itself is. */
  readonly horizon: number;
}

/** Every part is there only where it was done. */
export interface Preparation {
  readonly image?: ImagePreparation;
  readonly columns?: readonly Column[];
  readonly window?: WindowPreparation;
  readonly target?: TargetColumn;
}
