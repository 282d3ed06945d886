/** The rows of the case table that agreement.test.ts leaves out, in every build. */
import { cases } from "../cases.ts";
import { beyondSample } from "../sample.ts";
import { describeAgreement } from "./agree.ts";

describeAgreement(beyondSample(cases));
