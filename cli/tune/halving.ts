/**
 * Asynchronous successive halving (ASHA; Li, Jamieson, Rostamizadeh and others, MLSys 2020, arXiv:1810.05934): all trials
 * begin with few epochs, and of each rung the best 1/η go on to the next, without waiting for the rung to fill.
 *
 * Whom it promotes depends on who has finished. So that a sweep can be repeated and resumed, that is decided by a clock of
 * its own: WORKERS imagined workers need a unit of time for an epoch, and results count when that clock has reached
 * them. Real processes run what is decided, in its order. The outcome depends on the scores alone, not on how many
 * processes there are or how fast they go.
 */

/**
 * Workers on the imagined clock. More than there are processes: these never idle, and promotions come late, when there
 * is more to choose from.
 */
const WORKERS = 16;

export interface Halving<Result> {
  readonly trials: number;
  /** Epochs of each rung, growing. */
  readonly rungs: readonly number[];
  /** η: one of so many is promoted. */
  readonly reduction: number;
  /** Trains trial `trial` (from 0) up to a rung; undefined: the sweep was stopped. Called in the order of decision. */
  run(trial: number, rung: number): Promise<Result | undefined>;
  /** Negative where `a` is better; failures come last. */
  compare(a: Result, b: Result): number;
  failed(result: Result): boolean;
}

interface Job<Result> {
  readonly trial: number;
  readonly rung: number;
  /** Time on the imagined clock. */
  readonly ends: number;
  readonly result: Promise<Result | undefined>;
}

interface Rung<Result> {
  /** The best first. */
  readonly done: { readonly trial: number; readonly result: Result }[];
  readonly promoted: Set<number>;
}

/** Epochs of the rungs: η times fewer from the whole run down, none below `least`. For 10, 1, 3: 1, 3, 10. */
export function rungsOf(epochs: number, least: number, reduction: number): number[] {
  const rungs = [epochs];
  for (let next = epochs / reduction; Math.round(next) >= least; next /= reduction) {
    if (Math.round(next) < rungs[0]!) rungs.unshift(Math.round(next));
    if (next < 1) break;
  }
  return rungs;
}

/** @returns whether it came to its end */
export async function halve<Result>(sweep: Halving<Result>): Promise<boolean> {
  const rungs = sweep.rungs.map((): Rung<Result> => ({ done: [], promoted: new Set() }));
  const jobs: Job<Result>[] = []; // in the order of decision
  let [clock, started] = [0, 0];

  const begin = (trial: number, rung: number): void => {
    const epochs = sweep.rungs[rung]! - (rung > 0 ? sweep.rungs[rung - 1]! : 0);
    jobs.push({ trial, rung, ends: clock + epochs, result: sweep.run(trial, rung) });
  };
  const promote = (rung: number, within: number): boolean => {
    const { done, promoted } = rungs[rung]!;
    const next = done
      .slice(0, within)
      .find(({ trial, result }) => !promoted.has(trial) && !sweep.failed(result));
    if (!next) return false;
    promoted.add(next.trial);
    begin(next.trial, rung + 1);
    return true;
  };
  const decide = (): boolean => {
    for (let rung = rungs.length - 2; rung >= 0; rung--)
      if (promote(rung, Math.floor(rungs[rung]!.done.length / sweep.reduction))) return true;
    if (started === sweep.trials) return false;
    begin(started++, 0);
    return true;
  };
  // few trials, or failures at the top: someone must be trained to the end
  const decideLast = (): boolean => {
    if (rungs.at(-1)!.done.some(({ result }) => !sweep.failed(result))) return false;
    for (let rung = rungs.length - 2; rung >= 0; rung--) if (promote(rung, Infinity)) return true;
    return false;
  };

  for (;;) {
    while (jobs.length < WORKERS && decide());
    if (jobs.length === 0 && !decideLast()) return true;
    const first = jobs.reduce((best, job) => (job.ends < best.ends ? job : best));
    jobs.splice(jobs.indexOf(first), 1);
    clock = first.ends;
    const result = await first.result;
    if (result === undefined) {
      await Promise.all(jobs.map((job) => job.result));
      return false;
    }
    insert(rungs[first.rung]!.done, { trial: first.trial, result }, sweep);
  }
}

/** Puts a result in its place, which halving the list finds. */
function insert<Result>(
  done: Rung<Result>["done"],
  one: (typeof done)[number],
  { compare }: Pick<Halving<Result>, "compare">,
): void {
  let [from, to] = [0, done.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = done[middle]!;
    if ((compare(other.result, one.result) || other.trial - one.trial) < 0) from = middle + 1;
    else to = middle;
  }
  done.splice(from, 0, one);
}
