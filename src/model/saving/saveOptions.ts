/** What `net.save` takes; apart from what it does. */

/** Options of `net.save`. */
export interface SaveOptions {
  /**
   * Also save what a run needs to go on bit for bit (`resume: true`): the optimizer's slots and step, and where the
   * last run stands, its seed, history, running scores and callbacks included. Default false.
   */
  optimizer?: boolean;
  /**
   * The numbers of the file's weights: "float32" (default), "float16", half the size, or "int8", a quarter, with a scale for each
   * output of a layer. Biases and what normalises stay float32. `load` makes float32 of all; `quantizationReport` says what is lost.
   */
  weights?: "float32" | "float16" | "int8";
  /** Names of layers whose weights stay float32. Default: none. */
  keep?: readonly string[];
}

/** The types of {@link SaveOptions}. */
export const saveNames = "optimizer:boolean weights:float32|float16|int8 keep:object";
