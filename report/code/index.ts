/**
 * anygrad/report: the report of a run as an HTML page, for any runtime; `writeReport` of `anygrad/node` writes it as files.
 * @module anygrad/report
 */
export type { ReportOptions } from "./options.ts";
export { reportHtml } from "./reportHtml.ts";
