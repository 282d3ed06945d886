// The program as a Next.js route on the edge runtime.
import * as anygrad from "anygrad";
import control from "./control.wasm?module";
import { program } from "./program.mjs";

export const runtime = "edge";

const ask = program(anygrad, { control: () => control });

export async function POST(request) {
  return Response.json(await ask(await request.json()));
}
