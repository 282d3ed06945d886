// The program in a Cloudflare worker: a plan is the body of a request, the answer that of its response. Modules are
// imported: nothing may be compiled in a request. Engines and the timed run outlive their request.
import * as anygrad from "anygrad";
import control from "./control.wasm";
import dropout from "./dropout.wasm";
import { program } from "./program.mjs";

const ask = program(anygrad, { control: () => [control, dropout] });

export default {
  fetch: async (request) => Response.json(await ask(await request.json())),
};
