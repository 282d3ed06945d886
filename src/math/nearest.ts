/** The name that is meant by one that is not there: one rule for options, kinds, columns, categories, commands and their values. */

/**
 * The nearest of the names; an empty text: none is near. Case and what is no letter or digit do not count, nor does the order
 * of letters, so that Keras's `kernel_size` and `Conv2D` are as near as can be, and rleu is relu.
 */
export function nearest(name: string, names: readonly string[]): string {
  const given = lettersOf(name);
  let best = "";
  let least = Math.min(2.5 + given.length / 3, given.length * 0.7);
  for (const each of names) {
    const distance = distanceOf(given, lettersOf(each));
    if (distance < least) [best, least] = [each, distance];
  }
  return best;
}

/** "did you mean age? " where a name is near, else nothing. */
export function didYouMean(name: string, names: readonly string[]): string {
  const meant = nearest(name.slice(0, 60), names);
  return meant && `did you mean ${meant}? `;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * Letters that one has and the other has not, in any order; little where one is a part of the other, such as epoch of epochs.
 */
function distanceOf(a: string, b: string): number {
  const left = [...a].reduce((rest, letter) => rest.replace(letter, ""), b);
  const isPart = Math.min(a.length, b.length) > 2 && (a.includes(b) || b.includes(a));
  // mistakes seldom begin a word: resnet is no series
  return (a.length - b.length + 2 * left.length + (a[0] === b[0] ? 0 : 1)) / (isPart ? 9 : 1);
}
