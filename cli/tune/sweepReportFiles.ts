/** The files of a sweep's report: report.html and every figure as SVG and PNG. */

import { openRasterizer } from "../../node/rasterFiles.ts";
import { sweepReport } from "../../report/sweep/page.ts";
import type { SweepResult } from "../../report/sweep/result.ts";
import { sweepFiles } from "./sweepFiles.ts";

/** PNG pixels for one of the SVG. */
const ZOOM = 2;

/** The files by name: report.html, figures/NAME.svg, figures/NAME.png. */
export async function sweepReportFiles(result: SweepResult): Promise<Record<string, string | Uint8Array>> {
  const { html, figures } = sweepReport(result);
  const rasterize = await openRasterizer();
  const files: Record<string, string | Uint8Array> = {};
  for (const { name, svg } of figures) {
    files[`figures/${name}.svg`] = svg;
    files[`figures/${name}.png`] = rasterize(svg, { zoom: ZOOM });
  }
  files[sweepFiles.report] = html;
  return files;
}
