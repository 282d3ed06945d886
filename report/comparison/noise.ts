/**
 * Is a difference between two models more than the luck of the test set?
 *
 * Both figures ask about the test images alone: how the result would vary had other images been drawn. They say nothing
 * about another seed, for which one trains again.
 */
import { exp, log } from "../../src/math/transcendental.ts";

/** Differences with a smaller probability count as clear. */
export const significance = 0.05;

/**
 * McNemar's test in its exact form (McNemar 1947, Psychometrika 12, 153–157; for classifiers: Dietterich 1998, Neural
 * Computation 10, 1895–1923). Of the images that exactly one of two models gets right, each is a fair coin if the
 * models are equally good; the p-value is the probability of a split at least as uneven.
 *
 * @param onlyFirst images that the first model alone gets right
 * @param onlySecond images that the second model alone gets right
 * @returns 0 to 1; 1 where the models never differ
 */
export function mcnemar(onlyFirst: number, onlySecond: number): number {
  const [tosses, fewer] = [onlyFirst + onlySecond, Math.min(onlyFirst, onlySecond)];
  if (onlyFirst === onlySecond) return 1;
  // Σ binomial(tosses, i) / 2^tosses for i up to `fewer`: in logarithms, since 2^-1100 is no float64 any more
  let logTerm = -tosses * log(2);
  let tail = exp(logTerm);
  for (let i = 1; i <= fewer; i++) {
    logTerm += log((tosses - i + 1) / i);
    tail += exp(logTerm);
  }
  return Math.min(1, 2 * tail);
}

/**
 * Wilson's interval for a share (Wilson 1927, Journal of the American Statistical Association 22, 209–212), at 95 %.
 *
 * @returns the lower and the upper end
 */
export function wilsonInterval(right: number, total: number): [number, number] {
  if (total === 0) return [0, 1];
  const z = 1.959964; // 97.5 % of the normal distribution lie below
  const share = right / total;
  const centre = (share + z ** 2 / (2 * total)) / (1 + z ** 2 / total);
  const spread =
    (z / (1 + z ** 2 / total)) * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2));
  return [Math.max(0, centre - spread), Math.min(1, centre + spread)];
}
