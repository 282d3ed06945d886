/** The rows of the case table that are not in the sample of reference.test.ts. */
import { describe } from "vitest";
import { beyondSample, mostForSlopes } from "../sample.ts";
import { describeTwinSlopes, smoothCases } from "./comparison/twinSlopes.ts";

describe("the twins' backward passes against finite differences", () =>
  describeTwinSlopes(beyondSample(smoothCases, mostForSlopes)));
