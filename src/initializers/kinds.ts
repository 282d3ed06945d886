/** The list of initializers: first values of weights, under Keras's names and with its defaults. */

// biome-ignore assist/source/organizeImports: the simplest first, as messages list them
export { zeros, ones, constant } from "./constant.ts";
export { identity } from "./identity.ts";
export { randomNormal, truncatedNormal, randomUniform } from "./random.ts";
export { glorotUniform } from "./glorotUniform.ts";
export {
  glorotNormal,
  heUniform,
  heNormal,
  lecunUniform,
  lecunNormal,
  varianceScaling,
} from "./varianceScaling.ts";
export { orthogonal } from "./orthogonal.ts";
