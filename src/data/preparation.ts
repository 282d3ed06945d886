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
  /** Tells it from columns of texts. */
  readonly kind: "number";
  /** The unit, where the header names one. */
  readonly unit?: string;
  /** The training rows' mean. */
  readonly mean: number;
  /** The training rows' standard deviation. */
  readonly deviation: number;
  /** What stands in for a missing value; undefined: a row without one is refused, as no training row was. */
  readonly missing?: number;
}

/** A column of texts: an input a category, of which one is 1; or, in order, their position from 0 to 1 as one input. */
export interface CategoryColumn {
  /** From the header. */
  readonly name: string;
  /** Tells it from columns of numbers. */
  readonly kind: "category";
  /** The texts of the training rows, in the order of the inputs. */
  readonly categories: readonly string[];
  /** An input a category, or one for their position. */
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
  /** The column whose values part the rows into series: no window spans two of them. */
  readonly group?: string;
}

/** Every part is there only where it was done. */
export interface Preparation {
  /** The size and colors that pictures are brought to. */
  readonly image?: ImagePreparation;
  /** The columns that the network takes, in order. */
  readonly columns?: readonly Column[];
  /** The column that classes were read from; a regression has its `target`. */
  readonly label?: string;
  /** Columns of the table that the network does not take, such as ids: rows to predict may have them. */
  readonly ignored?: readonly string[];
  /** How rows of a series become examples. */
  readonly window?: WindowPreparation;
  /** What a regression predicts. */
  readonly target?: TargetColumn;
}
