/**
 * Views of networks and of their training for any page, each a function of an element and plain data: live curves, confusion
 * matrix, pictures, filters, histograms, decision surfaces, tables.
 *
 * They need nothing else of anygrad, follow the page between light and dark, and work under a content security policy without
 * "unsafe-inline". Charts are drawn by uPlot.
 *
 * @packageDocumentation
 */
export {
  type BarOptions,
  barChart,
  type Histogram,
  type HistogramOptions,
  histogram,
} from "./charts/bars.ts";
export { type Columns, type CurvesOptions, type CurvesView, curves } from "./charts/curves.ts";
export { type Points, type ScatterOptions, scatter } from "./charts/scatter.ts";
export { type Confusion, confusionMatrix } from "./confusionMatrix.ts";
export { type FitCallbacks, type FitCallbacksOptions, fitCallbacks } from "./fitCallbacks.ts";
export {
  type DecisionSurfaceOptions,
  decisionSurface,
  type Plane,
  planePoints,
  type Surface,
} from "./pictures/decisionSurface.ts";
export { type FeatureMaps, featureMaps, filters, type Weights } from "./pictures/filters.ts";
export { type HeatmapOptions, heatmap, type Matrix } from "./pictures/heatmap.ts";
export { type ImageGridOptions, type Images, imageGrid } from "./pictures/imageGrid.ts";
export { type Rows, table } from "./table.ts";
export type { View, ViewOptions } from "./view.ts";
