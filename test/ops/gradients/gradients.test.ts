/** The second use of the case table, a sample of its rows: gradients against measured slopes. */
import { describe } from "vitest";
import { smoothCases } from "../../reference/comparison/twinSlopes.ts";
import { mostForSlopes, sample } from "../../sample.ts";
import { describeSlopes } from "./slopes.ts";

describe("gradients against finite differences", () => describeSlopes(sample(smoothCases, mostForSlopes)));
