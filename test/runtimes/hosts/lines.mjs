// The program in a process (Node, Deno, Bun): a plan a line on standard input, an answer a line on standard output.
// It ends by itself when its input does: idle worker threads must not keep it alive.
import { readFile } from "node:fs/promises";
import process from "node:process";
import { createInterface } from "node:readline";
import * as anygrad from "anygrad";
import { program } from "./program.mjs";

const control = () => readFile(new URL("./control.wasm", import.meta.url));
const ask = program(anygrad, { control });

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await ask(JSON.parse(line)))}\n`);
