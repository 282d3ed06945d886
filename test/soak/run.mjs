/**
 * `npm run test:soak`: a million steps, ten thousand fits and loads, a hundred thousand predictions and what goes wrong in months, in one process,
 * which must hold in the end what it held in the middle.
 *
 *     npm run test:soak -- --short             # a hundredth, as `npm run test:all` does
 *     npm run test:soak -- --only=loads,fits   # these kinds of test/soak/kinds.mjs alone
 *     npm run test:soak -- --rounds=20         # looks at what is held so many times; default 40
 *
 * docs/reliability.md has the figures.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { judge } from "./judge.mjs";
import { kinds } from "./kinds.mjs";

const option = (name) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split("=")[1];
const isShort = process.argv.includes("--short");
const rounds = Number(option("rounds") ?? (isShort ? 10 : 40));
const parts = isShort ? 100 : 1;
const names = option("only")?.split(",") ?? Object.keys(kinds).filter((name) => kinds[name].count > 0);
const unknown = names.filter((name) => !(name in kinds));
if (unknown.length > 0) {
  console.error(
    `test:soak: no kind of work is ${unknown.join(", ")}; there are ${Object.keys(kinds).join(", ")}`,
  );
  process.exit(2);
}

const program = join(import.meta.dirname, "soak.mjs");
const child = spawn(process.execPath, ["--expose-gc", program, String(rounds), String(parts), ...names], {
  stdio: ["ignore", "pipe", "inherit"],
});
const seen = [];
for await (const line of createInterface({ input: child.stdout })) {
  seen.push(JSON.parse(line));
  if (!isShort) console.error(`${seen.length} of ${rounds}: ${line}`);
}
if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
if (child.exitCode !== 0 || seen.length < rounds) {
  console.error(
    `test:soak: the process ended with ${child.exitCode ?? child.signalCode} after round ${seen.length}`,
  );
  process.exit(1);
}
const { done, cpu } = seen.at(-1);
console.log(
  `${Object.entries(done)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ")}; ${Math.round(cpu)} s of processor time`,
);
console.log("what       | in the middle |    at the end | grown by slope");
const judged = judge(seen);
for (const { name, first, last, grown, isFlat } of judged)
  console.log(
    `${name.padEnd(10)} | ${String(first).padStart(13)} | ${String(last).padStart(13)} | ${Math.round(grown)}${isFlat ? "" : "  GROWS"}`,
  );
process.exit(judged.every(({ isFlat }) => isFlat) ? 0 : 1);
