/** The initializers by name: imported late, where a weight has another one than the common three. */
import { constant, ones, zeros } from "./constant.ts";
import { glorotUniform } from "./glorotUniform.ts";
import { identity } from "./identity.ts";
import type { Initializer } from "./initializer.ts";
import type * as kinds from "./kinds.ts";
import { orthogonal } from "./orthogonal.ts";
import { randomNormal, randomUniform, truncatedNormal } from "./random.ts";
import {
  glorotNormal,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  varianceScaling,
} from "./varianceScaling.ts";

const byName: typeof kinds = {
  zeros,
  ones,
  constant,
  identity,
  randomNormal,
  truncatedNormal,
  randomUniform,
  glorotUniform,
  glorotNormal,
  heUniform,
  heNormal,
  lecunUniform,
  lecunNormal,
  varianceScaling,
  orthogonal,
};

/** The initializer of this name with these options, or with its defaults. @throws AnygradError INVALID_ARGUMENT for a bad option */
export function initializerNamed(type: keyof typeof kinds, config: object | undefined): Initializer {
  return (byName[type] as (config?: object) => Initializer)(config);
}
