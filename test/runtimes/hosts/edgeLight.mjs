// The program as a script for edge-runtime, which knows no modules: a handler of the fetch event.
import * as anygrad from "anygrad";
import control from "./control.wasm?module";
import dropout from "./dropout.wasm?module";
import { program } from "./program.mjs";

const ask = program(anygrad, { control: () => [control, dropout] });
const answer = async (request) => Response.json(await ask(await request.json()));

addEventListener("fetch", (event) => event.respondWith(answer(event.request)));
