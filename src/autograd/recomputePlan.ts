/**
 * Where to cut a forward pass into stretches whose results are made twice. A cut is cheap where little of what was made before is read
 * behind it: one tensor between two blocks of a residual network, say.
 */
import type { Observation } from "./observingTape.ts";
import type { RecomputePlan, Stretch } from "./recomputingTape.ts";

/** Most places at which a cut is considered: the work grows by their square. */
const mostPlaces = 256;

/** What is known of stretches between two places. */
interface Costs {
  /** The positions of ops, from 0 to how many there are. */
  readonly places: readonly number[];
  /** Bytes that are made from one place to another. */
  size(from: number, to: number): number;
  /** Bytes of these that stay. */
  kept(from: number, to: number): number;
}

/**
 * No cut, and cuts so that what stays of earlier stretches and all of one are less than so many bytes, for some such numbers from the least on: a
 * trial says which takes least with the gradients that are alive then.
 */
export function candidates(observation: Observation): RecomputePlan[] {
  const costs = costsOf(observation);
  const end = costs.places.length - 1;
  let [low, high] = [0, costs.size(0, end)];
  for (let i = 0; i < 20; i++) {
    const middle = (low + high) / 2;
    if (cutsWithin(costs, middle)) high = middle;
    else low = middle;
  }
  const found = new Map<string, number[]>();
  for (const factor of [1, 1.05, 1.1, 1.2, 1.35, 1.6, 2, 3]) {
    const cuts = cutsWithin(costs, factor * high);
    if (cuts && cuts.length > 0) found.set(cuts.join(), cuts);
  }
  return [[], ...found.values()].map((cuts) => planOf(observation, cuts));
}

/** Positions of the ops before which to cut; undefined where so few bytes do not do. */
function cutsWithin({ places, size, kept }: Costs, bytes: number): number[] | undefined {
  const end = places.length - 1;
  /** What stays before each place, at best, and the place before it. */
  const best: { stays: number; from: number }[] = [{ stays: 0, from: -1 }];
  for (let to = 1; to <= end; to++) {
    let found = { stays: Number.POSITIVE_INFINITY, from: -1 };
    for (let from = to - 1; from >= 0; from--) {
      const { stays } = best[from]!;
      if (stays + size(from, to) > bytes) continue;
      // nothing is dropped behind the last cut
      const all = stays + (to === end ? size(from, to) : kept(from, to));
      if (all < found.stays) found = { stays: all, from };
    }
    best.push(found);
  }
  if (best[end]!.from < 0) return undefined;
  const cuts: number[] = [];
  for (let at = best[end]!.from; at > 0; at = best[at]!.from) cuts.unshift(places[at]!);
  return cuts;
}

function costsOf(observation: Observation): Costs {
  const places = placesOf(observation);
  const n = places.length;
  const count = n - 1;
  const sizes = new Float64Array(n);
  /** Bytes that are made in [from, to) and stay behind it. */
  const stay = new Float64Array(n * n);
  const placeOf = new Int32Array(observation.ops + 1);
  for (let i = 0; i < count; i++) placeOf.fill(i, places[i], places[i + 1]);
  placeOf[observation.ops] = count;
  /** For each place, what is made there: until when it is read. */
  const made: { bytes: number; until: number }[][] = Array.from({ length: n }, () => []);
  for (const { bytes, by, last, again } of observation.made) {
    const at = placeOf[by]!;
    sizes[at]! += bytes;
    // a stretch that ends at `to` drops it where its last reader stands before
    const until = again && last < observation.ops ? placeOf[last]! : count;
    made[at]!.push({ bytes, until });
  }
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i]! + sizes[i]!;
  for (let to = 1; to <= count; to++) {
    let sum = 0;
    for (let from = to - 1; from >= 0; from--) {
      for (const { bytes, until } of made[from]!) if (until >= to) sum += bytes;
      stay[from * n + to] = sum;
    }
  }
  return {
    places,
    size: (from, to) => sums[to]! - sums[from]!,
    kept: (from, to) => stay[from * n + to]!,
  };
}

/** Positions between ops: all, or, of many, those where least crosses. */
function placesOf({ ops, made, most }: Observation): number[] {
  const crossing = new Float64Array(ops + 2);
  for (const { bytes, by, last } of made) {
    crossing[by + 1]! += bytes;
    if (last < ops) crossing[last + 1]! -= bytes;
  }
  for (let i = 1; i <= ops; i++) crossing[i]! += crossing[i - 1]!;
  const each = Math.ceil(ops / mostPlaces);
  const places = [0];
  for (let begin = 1; begin <= most; begin += each) {
    let best = begin;
    for (let i = begin; i < Math.min(most + 1, begin + each); i++)
      if (crossing[i]! < crossing[best]!) best = i;
    places.push(best);
  }
  return [...places, ops];
}

/** What is dropped and run again. @param cuts positions of the ops before which a stretch ends, ascending */
export function planOf({ made, names }: Observation, cuts: readonly number[]): RecomputePlan {
  return cuts.map((end, k): Stretch => {
    const begin = cuts[k - 1] ?? 0;
    const own = made.filter(({ by }) => by >= begin && by < end);
    const dropped = new Set<number>();
    const again = new Set<number>();
    own.forEach((piece, i) => {
      if (!piece.again || piece.last >= end) return;
      dropped.add(i);
      again.add(piece.by);
    });
    return { begin, ops: names.slice(begin, end), made: own.length, dropped, again: [...again] };
  });
}
