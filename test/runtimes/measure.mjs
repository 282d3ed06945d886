/**
 * Time per step, beside a current Node's. Machines are shared and clocks drift, so that a figure alone says little: each
 * slice of steps is timed in the runtime and right after in Node, and the ratio is the median of these pairs' ratios.
 */

const network = "cnn-32-32";
const warming = 60; // steps: by then every engine here has its optimising compiler's code
const steps = 5; // a slice
const pairs = 11;

/** @returns medians: `ms` per step, and `ratio` of it to Node's */
export async function timePerStep(ask, askNode, build) {
  const time = async (where, count) => {
    const answer = await where({ task: "time", network, steps: count, ...build });
    if (answer.error) throw new Error(`${answer.error.name}: ${answer.error.message}`);
    return answer;
  };
  const { engine } = await time(ask, warming);
  await time(askNode, warming);
  const own = [];
  const ratios = [];
  for (let pair = 0; pair < pairs; pair++) {
    const { ms } = await time(ask, steps);
    own.push(ms);
    ratios.push(ms / (await time(askNode, steps)).ms);
  }
  return { threads: engine.threads, ms: median(own), ratio: median(ratios) };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
