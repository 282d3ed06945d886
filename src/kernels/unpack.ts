/**
 * Unpacks the kernels inside the package, at once and in every runtime. What scripts/build/pack-kernels.mjs writes is a sixth
 * shorter than the best gzip: bytes and repeats, whose bits a range coder codes by probabilities that it learns on the way, as LZMA does
 * (https://www.7-zip.org/sdk.html, "LZMA specification"). Probabilities are numbers of double precision, on which runtimes agree.
 */

/** Where the contexts of each kind of decision begin; the packer has the same. */
const repeated = 1024;
const lengths = 1032;
const lengthsAgain = 1608;
const distances = 2184;
const literals = 4488;
const contexts = 8584;
/** How far a probability goes to what came, at first and at last: in between, one decision counts as much as another. */
const firstRate = 0.3;
const lastRate = 0.015;

/**
 * The bytes of a packed text in Base64.
 * @param before bytes that it was packed behind, which it may repeat
 */
export function unpack(text: string, before: Uint8Array = new Uint8Array()): Uint8Array<ArrayBuffer> {
  const packed = atob(text);
  const chances = new Float64Array(contexts).fill(0.5);
  const rates = new Float64Array(contexts).fill(firstRate);
  let read = 0;
  // below 2^30: engines keep such numbers without a box
  let range = 1;
  let code = 0;
  const bit = (context: number): number => {
    while (range < 1 << 22) {
      range *= 256;
      code = code * 256 + (packed.charCodeAt(read++) || 0);
    }
    const chance = chances[context]!;
    const rate = rates[context]!;
    const bound = ((range - 1024) * chance + 512) | 0;
    const set = code < bound ? 1 : 0;
    if (set) range = bound;
    else {
      range -= bound;
      code -= bound;
    }
    chances[context] = chance + (set - chance) * rate;
    if (rate > lastRate) rates[context] = rate / (1 + rate);
    return set;
  };
  /** A number from 1: how many bits follow the first, then these. */
  const number = (base: number): number => {
    let bits = 0;
    let value = 1;
    while (bit(base + bits)) bits++;
    for (let left = bits; left > 0; left--)
      value = 2 * value + bit(base + 32 + 32 * bits + (value < 16 ? value : 15 + left));
    return value;
  };
  const begin = before.length;
  const bytes = new Uint8Array(begin + number(lengths));
  bytes.set(before);
  let recent = 0; // whether each of the last three was a repeat
  let distance = 1;
  for (let at = begin; at < bytes.length; ) {
    const previous = bytes[at - 1] ?? 0;
    const isRepeat = bit(256 * (recent & 3) + previous);
    if (isRepeat) {
      let length: number;
      if (bit(repeated + recent)) length = number(lengthsAgain);
      else {
        length = number(lengths) + 1;
        distance = number(distances + 576 * (length < 5 ? length - 2 : 3));
      }
      for (const end = at + length; at < end; at++) bytes[at] = bytes[at - distance]!;
    } else {
      const base = literals + 256 * ((previous >> 5) + 8 * (recent & 1));
      let node = 1;
      while (node < 256) node = 2 * node + bit(base + node);
      bytes[at++] = node;
    }
    recent = (2 * recent + isRepeat) & 7;
  }
  return bytes.slice(begin);
}
