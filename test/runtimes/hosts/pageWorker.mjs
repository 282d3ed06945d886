// The program in a page's Web Worker.
import * as anygrad from "anygrad";
import { program } from "./program.mjs";

const control = async () => new Uint8Array(await (await fetch("/control.wasm")).arrayBuffer());
const ask = program(anygrad, { control });

globalThis.onmessage = async ({ data }) => postMessage(await ask(data));
