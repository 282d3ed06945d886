/** The rows of the case table that are not in the sample of gradients.test.ts. */
import { describe } from "vitest";
import { smoothCases } from "../../reference/comparison/twinSlopes.ts";
import { beyondSample, mostForSlopes } from "../../sample.ts";
import { describeSlopes } from "./slopes.ts";

describe("gradients against finite differences", () =>
  describeSlopes(beyondSample(smoothCases, mostForSlopes)));
