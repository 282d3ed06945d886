/** What is asked of one runtime, and whether its answers are the golden ones. */
import { readFile } from "node:fs/promises";
import { timePerStep } from "./measure.mjs";
import { familyOps, runs } from "./program.mjs";

export const golden = JSON.parse(await readFile(new URL("../golden/runtimes.json", import.meta.url), "utf8"));
/** The run with one sum reordered, under its name in the golden file. */
export const control = { run: "mlp-128-64, 100 steps", name: "mlp-128-64, 100 steps, one sum reordered" };

const patience = 180_000; // ms, for one answer

/**
 * Runs one row.
 * @param row of a driver: `threads` is 2, or the reason why there is one only
 * @param askNode the current Node to compare speeds with; undefined: times are not taken
 * @param say prints a line of progress
 * @returns version, runs, wrong (what differs, in words), times by thread count
 */
export async function runRow(row, session, askNode, say) {
  const result = { version: session.version, variants: [], threads: [], equal: 0, wrong: [] };
  const asking = (ask) => (plan) => withPatience(ask(plan), plan);
  const ask = asking(session.ask);
  const threads = row.threads === 2 ? 2 : 1;

  const check = async (where, place, plan, wanted) => {
    const answer = await where(plan);
    const title = `${plan.run}, ${plan.variant}, ${plan.threads} thread${plan.threads > 1 ? "s" : ""}${place}${plan.reordered ? ", one sum reordered" : ""}`;
    const found = differences(answer, plan, threads, wanted);
    say(`${found ? "✗" : "✓"} ${title}${found ? `: ${found}` : `, ${answer.seconds.toFixed(1)} s`}`);
    if (found) result.wrong.push(`${title}: ${found}`);
    else result.equal++;
    if (answer.engine) {
      result.variants = [...new Set([...result.variants, answer.engine.variant])];
      result.threads = [...new Set([...result.threads, answer.engine.threads])];
    }
    return answer;
  };

  const about = await ask({ task: "about" });
  if (about.error) throw new Error(describe(about.error));
  result.about = about;
  // where there is one thread only, asking for two must give one, and the same bits
  for (const variant of row.variants ?? ["scalar", "simd"])
    for (const asked of threads === 2 || variant === "simd" ? [1, 2] : [1]) {
      for (const run of Object.keys(runs)) {
        const plan = { task: "train", run, variant, threads: asked };
        await check(ask, "", plan, golden[run]);
      }
      // behind the runs: by now the workers have started, and load the families when they are called
      const plan = { task: "families", run: familyOps, variant, threads: asked };
      await check(ask, "", plan, golden[familyOps]);
    }
  if (session.askWorker) {
    const inWorker = asking(session.askWorker);
    for (const run of Object.keys(runs)) {
      const plan = { task: "train", run, variant: "simd", threads: 2 };
      await check(inWorker, ", in a Web Worker", plan, golden[run]);
    }
    const plan = { task: "families", run: familyOps, variant: "simd", threads: 2 };
    await check(inWorker, ", in a Web Worker", plan, golden[familyOps]);
    const { inWorker: really } = await inWorker({ task: "about" });
    if (!really) result.wrong.push("the Web Worker's answers came from the page");
    result.worker = true;
  }
  const plan = { task: "train", run: control.run, variant: "simd", threads: 1, reordered: true };
  const seen = await check(ask, "", plan, golden[control.name]);
  if (seen.weights === golden[control.run].weights)
    result.wrong.push("the control: one sum was reordered, and the digest has not changed");

  result.times = {};
  if (!askNode) return result;
  for (let count = 1; count <= threads; count++) {
    const build = { variant: "simd", threads: count };
    const time = await timePerStep(ask, askNode, build);
    result.times[count] = time;
    say(
      `  cnn-32-32, simd, ${count} thread${count > 1 ? "s" : ""}: ${time.ms.toFixed(1)} ms a step, ${time.ratio.toFixed(2)} of Node's`,
    );
  }
  return result;
}

/** Undefined where all is as it should be. */
function differences(answer, plan, threads, wanted) {
  if (answer.error) return describe(answer.error);
  const { engine } = answer;
  if (engine.variant !== plan.variant) return `ran on ${engine.variant}`;
  const expected = Math.min(plan.threads, threads);
  if (engine.threads !== expected) return `ran on ${engine.threads} threads, wanted ${expected}`;
  if (engine.workers !== expected - 1) return `${engine.workers} workers started, wanted ${expected - 1}`;
  const found = Object.entries(wanted).find(([name, value]) => answer[name] !== value);
  return found && `${found[0]} is ${answer[found[0]]}, golden is ${found[1]}`;
}

const describe = ({ name, code, message }) => `${name ?? "Error"} ${code ?? ""}: ${message}`;

function withPatience(promise, plan) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${patience / 1000} s to ${JSON.stringify(plan)}`)),
      patience,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
