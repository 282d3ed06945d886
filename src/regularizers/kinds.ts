/** The list of regularizers. */
export { l1, l1l2, l2 } from "./l1l2.ts";
