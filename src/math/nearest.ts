/** The name that is meant by one that is not there: one rule for options, kinds, columns, categories, commands and their values. */

/**
 * The nearest of the names; an empty text: none is near. Case and what is no Latin letter or digit do not count, nor does the order
 * of letters, so that Keras's `kernel_size` and `Conv2D` are as near as can be, and rleu is relu.
 */
export function nearest(name: string, names: readonly string[]): string {
  const given = lettersOf(name);
  let best = "";
  let least = given.length * 0.55; // a letter in two: resnet is no series
  for (const each of names) {
    const distance = distanceOf(given, lettersOf(each));
    if (distance < least) [best, least] = [each, distance];
  }
  return best;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[\W_]/g, "");
}

/**
 * Letters that one has and the other has not, in any order; half where four letters at the beginning are the same, as of rotate and
 * rotation, and little where one is a part of the other, such as epoch of epochs.
 */
function distanceOf(a: string, b: string): number {
  const left = [...a].reduce((rest, letter) => rest.replace(letter, ""), b);
  const isPart = Math.min(a.length, b.length) > 2 && (a.includes(b) || b.includes(a));
  const beginAlike = a.length > 3 && b.startsWith(a.slice(0, 4));
  const another = a[0] === b[0] ? 0 : 0.1; // nmae is name rather than mean
  return (a.length - b.length + 2 * left.length) / (isPart ? 5 : beginAlike ? 2 : 1) + another;
}
