// The program as a Next.js API route on the edge runtime: a plan is posted, the answer comes back as JSON.
import * as anygrad from "anygrad";
import control from "../../control.wasm?module";
import dropout from "../../dropout.wasm?module";
import { program } from "../../program.mjs";

export const config = { runtime: "edge" };

const ask = program(anygrad, { control: () => [control, dropout] });

export default async function route(request) {
  return Response.json(await ask(await request.json()));
}
