/** All that works on pictures, as one module: it is imported late, and so becomes one chunk of a page that reads pictures, and none of others. */
export { decodePixels, pixelsOfAll } from "./decodePixels.ts";
export { imageExamples } from "./examples.ts";
export { fromImages } from "./fromImages.ts";
