// Runs commands of the built program, one after the other, for those who send their arguments: see served.ts.
import { run } from "../../dist/bench/program.js";

let written;
for (const name of ["stdout", "stderr"])
  process[name].write = (text) => {
    written[name] += text;
    return true;
  };

let last = Promise.resolve();
process.on("message", ({ id, args }) => {
  last = last.then(async () => {
    written = { stdout: "", stderr: "" };
    const code = await run(args, new AbortController().signal);
    process.send({ id, code, ...written });
  });
});
