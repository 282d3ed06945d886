/** Options of runs whose numbers go out of bounds. */

/** Those of a small run. */
export const small = ["--limit", "64", "--batch-size", "all", "--epochs", "1", "--threads", "1"];
/** With a learning rate that no number withstands. */
export const outOfBounds = [...small, "--learning-rate", "1e38"];
