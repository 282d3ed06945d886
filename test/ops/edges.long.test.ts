/** The edge shapes that are not in the sample of fences.long.test.ts, in every build, between fences. */
import { describe } from "vitest";
import { edgeCases } from "../cases/edges.ts";
import { beyondSample } from "../sample.ts";
import { describeAgreement } from "./agree.ts";

for (const [kind, cases] of Object.entries(edgeCases))
  describe(kind, () => describeAgreement(beyondSample(cases)));
