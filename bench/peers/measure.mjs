// Measures all rows (peer × threads) on one network together. After a warm-up they take turns in short bursts of steps,
// several rounds, each round beginning with another row: what disturbs the machine for a while disturbs all of them.
// A burst's figure is the median of its steps, a row's the median of its bursts, a ratio the median of the rounds' ratios.
// Before and behind each round this process times a loop of its own, the ceiling of the moment: a round in which it was a tenth slower
// than at its best is repeated, and where too many are the figures are marked as disturbed.
import { setTimeout as sleep } from "node:timers/promises";
import { networkNamed } from "./batch.mjs";

/** ms: OpenBLAS's threads spin for 20 to 60 ms after their last work before they sleep (seen in /proc/PID/stat). */
const pause = 100;
/**
 * Steps in a warm-up and in a burst, at most. All together they stay below 400, so that Adam's moments do not decay to
 * subnormal numbers (1e-7 × 0.9^676 < 2^-126), with which every CPU slows down, some a hundredfold.
 */
const longest = { warmup: 40, burst: 30 };

/** Full: about four seconds a row. Where a step takes longer than `slow` ms, the second one is the figure. */
export const plans = {
  full: { rounds: 9, burst: 300, warmup: 500, slow: 5000 },
  quick: { rounds: 3, burst: 60, warmup: 100, slow: 1000 },
};

/**
 * @param rows [{ name, threads, child }]
 * @param mode "train" or "infer"
 * @param plan one of the above, with `clock`: "milliseconds", or "processor" for processor time
 * @returns for each row { milliseconds, spread, rounds, steps, losses: [first, last], cores, note } or { error }; `disturbed` says in how
 * many rounds the machine was slower than it can be
 */
export async function measure(rows, network, mode, plan, progress) {
  const results = new Map(rows.map((row) => [row, { rounds: [], steps: 0, losses: [], cores: [] }]));
  const ask = async (row, steps, warmup = 0) => {
    const result = results.get(row);
    try {
      const answer = await row.child.ask({ network, mode, warmup, steps });
      const wanted = networkNamed(network).parameters;
      if (answer.parameters !== wanted)
        throw new Error(`its network has ${answer.parameters} parameters, the others' ${wanted}`);
      result.steps += steps + warmup;
      result.losses.push(...answer.losses);
      result.note = answer.note ?? undefined;
      return answer;
    } catch (error) {
      result.error = error.message;
      return undefined;
    }
  };
  const burst = async (row, steps, warmup = 0) => {
    await sleep(pause);
    const answer = await ask(row, steps, warmup);
    if (!answer) return;
    const { milliseconds, processor } = answer;
    if (answer[plan.clock].length === 0) {
      results.get(row).error = "a page does not tell its processor time";
      return;
    }
    results.get(row).rounds.push(median(answer[plan.clock]));
    results.get(row).cores.push(processor.length > 0 ? sum(processor) / sum(milliseconds) : Number.NaN);
  };

  const bursts = new Map(); // row → steps in a burst
  for (const row of rows) {
    progress(`${network} ${mode}: ${row.name}, ${row.threads} threads, warms up`);
    const first = await ask(row, 1);
    if (!first) continue;
    ownLoop();
    if (first.milliseconds[0] > plan.slow) {
      // It may have been compiling: only a second step tells.
      await burst(row, 1);
      const { error, rounds } = results.get(row);
      if (error !== undefined || rounds[0] > plan.slow) continue;
      rounds.length = 0;
    }
    const warm = await ask(row, within(plan.warmup / first.milliseconds[0], 2, longest.warmup));
    if (warm) bursts.set(row, within(plan.burst / median(warm.milliseconds), 1, longest.burst));
  }
  const rounds = []; // what each round took of this process's own loop, at its slower end
  let repeats = 0;
  for (let round = 0; round < plan.rounds; round++) {
    progress(`${network} ${mode}: round ${round + 1} of ${plan.rounds}`);
    const order = [...bursts.keys()];
    const start = Math.floor((round * order.length) / plan.rounds);
    const before = ownLoop();
    for (const row of [...order.slice(start), ...order.slice(0, start)]) {
      if (results.get(row).error !== undefined) continue;
      const steps = bursts.get(row);
      await burst(row, steps, Math.ceil(steps / 10));
    }
    rounds.push(Math.max(before, ownLoop()));
    if (!isDisturbed(rounds.at(-1)) || repeats === plan.rounds) continue;
    repeats++;
    round--;
    rounds.pop();
    for (const row of order) {
      const { rounds, cores, error } = results.get(row);
      if (error !== undefined) continue;
      rounds.pop();
      cores.pop();
    }
  }
  const disturbed = rounds.filter(isDisturbed).length;
  return rows.map((row) => {
    const result = summary(results.get(row), mode);
    return disturbed > 0 && bursts.has(row) ? { ...result, disturbed } : result;
  });
}

/** A loop's time when nothing disturbed it, so far. */
let undisturbed = Number.POSITIVE_INFINITY;
const isDisturbed = (milliseconds) => milliseconds > 1.1 * undisturbed;

/** Milliseconds of a fixed piece of arithmetic, the fastest of five. */
function ownLoop() {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    let x = 1;
    for (let i = 0; i < 2e6; i++) x = Math.fround(x * 1.0001 + 0.5) % 1000;
    return x < 0 ? 0 : performance.now() - start;
  });
  const time = Math.min(...times);
  undisturbed = Math.min(undisturbed, time);
  return time;
}

function summary({ rounds, steps, losses, cores, note, error }, mode) {
  if (error !== undefined) return { error };
  const sorted = rounds.toSorted((a, b) => a - b);
  const quartile = (share) => sorted[Math.round((sorted.length - 1) * share)];
  const result = {
    milliseconds: median(rounds),
    spread: (quartile(0.75) - quartile(0.25)) / 2,
    rounds,
    steps,
    ...(cores.length > 0 && { cores: median(cores) }),
  };
  if (mode !== "train") return result;
  const [first, last] = [losses[0], losses.at(-1)];
  // Adam's first steps may overshoot (cnn-2x2 does, in every peer), so few steps prove nothing.
  const fell = steps < 8 ? undefined : last < first;
  return { ...result, losses: [first, last], fell, ...(note && { note }) };
}

/** How many times as long as the other it takes; round by round where both took part in all rounds. */
export function ratio(result, other) {
  if (!(result?.milliseconds && other?.milliseconds)) return undefined;
  if (result.rounds.length !== other.rounds.length) return result.milliseconds / other.milliseconds;
  return median(result.rounds.map((ms, round) => ms / other.rounds[round]));
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

function within(value, low, high) {
  return Math.round(Math.min(high, Math.max(low, value)));
}
