/** Tables of docs/formats.md, each between two comments with its name. */
export { written } from "../../bench/docsTable.mjs";
