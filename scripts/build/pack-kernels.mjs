// Packs a module as src/kernels/unpack.ts reads it: bytes and repeats of what came before, whose bits a range coder codes by
// probabilities that it learns on the way. Which repeats are taken is found as zopfli and LZMA's encoder do it: the cheapest path, by
// what each step cost with the probabilities of the attempt before. simd.wasm and conv2d-simd.wasm of 27.6 and 20.8 kB: 7.8 and 6.7
// kB; by zopfli 8.6 and 7.5, by xz 7.8 and 6.7. Contexts that look further back, mixed with these, were worth less than their code.

/** As unpack.ts has them. */
const repeated = 1024;
const lengths = 1032;
const lengthsAgain = 1608;
const distances = 2184;
const literals = 4488;
const contexts = 8584;
const firstRate = 0.3;
const lastRate = 0.015;

/** Attempts; a fourth gains less than ten bytes. */
const attempts = 4;
/** Bytes of a repeat; all of these are tried, too. */
const mostBytes = 400;
/** Places that are looked at for a repeat. */
const mostPlaces = 1000;

/**
 * @param before bytes that whoever unpacks it has already, so that it may repeat them
 * @returns the packed bytes
 */
export function pack(own, before = Buffer.of()) {
  const bytes = Buffer.concat([before, own]);
  const begin = before.length;
  let steps = cheapest(bytes, begin, new Float64Array(contexts).fill(0.5));
  let best;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const coder = new Coder();
    write(bytes, begin, steps, coder.bit);
    const packed = coder.end();
    if (!best || packed.length < best.length) best = packed;
    steps = cheapest(bytes, begin, coder.chances);
  }
  return best;
}

/** The bits of all steps, each with its context. */
function write(bytes, begin, steps, bit) {
  number(bit, lengths, bytes.length - begin);
  let at = begin;
  let recent = 0;
  let last = 1;
  for (const { length, distance } of steps) {
    if (length === 0) writeByte(bit, bytes, at, recent);
    else if (distance === last) writeAgain(bit, bytes, at, length, recent);
    else writeRepeat(bit, bytes, at, length, distance, recent);
    if (length > 0) last = distance;
    recent = (2 * recent + (length > 0 ? 1 : 0)) & 7;
    at += length || 1;
  }
}

/** The context of the choice between a byte and a repeat. */
const flag = (bytes, at, recent) => 256 * (recent & 3) + (bytes[at - 1] ?? 0);

function writeByte(bit, bytes, at, recent) {
  bit(flag(bytes, at, recent), 0);
  const base = literals + 256 * (((bytes[at - 1] ?? 0) >> 5) + 8 * (recent & 1));
  for (let node = 1, left = 7; left >= 0; left--) {
    const set = (bytes[at] >> left) & 1;
    bit(base + node, set);
    node = 2 * node + set;
  }
}

function writeAgain(bit, bytes, at, length, recent) {
  bit(flag(bytes, at, recent), 1);
  bit(repeated + recent, 1);
  number(bit, lengthsAgain, length);
}

function writeRepeat(bit, bytes, at, length, distance, recent) {
  bit(flag(bytes, at, recent), 1);
  bit(repeated + recent, 0);
  number(bit, lengths, length - 1);
  number(bit, distanceBase(length), distance);
}

const distanceBase = (length) => distances + 576 * (length < 5 ? length - 2 : 3);

function number(bit, base, value) {
  const bits = 31 - Math.clz32(value);
  for (let i = 0; i < bits; i++) bit(base + i, 1);
  bit(base + bits, 0);
  for (let known = 1, left = bits; left > 0; left--) {
    const set = (value >> (left - 1)) & 1;
    bit(base + 32 + 32 * bits + (known < 16 ? known : 15 + left), set);
    known = 2 * known + set;
  }
}

/** The steps with the fewest bits where each decision has this chance. */
function cheapest(bytes, begin, chances) {
  const priceOf = (writeStep) => {
    let price = 0;
    writeStep((context, set) => {
      const chance = set ? chances[context] : 1 - chances[context];
      price -= Math.log2(Math.max(chance, 1e-4));
    });
    return price;
  };
  const numbers = new Map();
  const priceOfNumber = (base, value) => {
    const key = base * 65536 + value;
    if (!numbers.has(key))
      numbers.set(
        key,
        priceOf((bit) => number(bit, base, value)),
      );
    return numbers.get(key);
  };
  const size = bytes.length;
  const prices = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY);
  const reached = Array(size + 1);
  prices[begin] = 0;
  reached[begin] = { recent: 0, last: 1 };
  const places = samePlaces(bytes);
  for (let at = begin; at < size; at++) {
    const { recent, last } = reached[at];
    const price = prices[at];
    const offer = (length, distance, more) => {
      const to = at + (length || 1);
      if (price + more >= prices[to]) return;
      prices[to] = price + more;
      const isRepeat = length > 0;
      reached[to] = {
        from: at,
        length,
        distance,
        recent: (2 * recent + isRepeat) & 7,
        last: isRepeat ? distance : last,
      };
    };
    offer(
      0,
      0,
      priceOf((bit) => writeByte(bit, bytes, at, recent)),
    );
    const [again, other] = [1, 0].map((same) =>
      priceOf((bit) => {
        bit(flag(bytes, at, recent), 1);
        bit(repeated + recent, same);
      }),
    );
    const most = last > at ? 0 : lengthOf(bytes, at, at - last);
    for (let length = 1; length <= most; length++)
      offer(length, last, again + priceOfNumber(lengthsAgain, length));
    let longest = 1;
    let looked = 0;
    for (
      let place = places[at];
      place >= 0 && looked < mostPlaces && longest < mostBytes;
      place = places[place], looked++
    ) {
      const length = lengthOf(bytes, at, place);
      for (let some = longest + 1; some <= length; some++)
        offer(
          some,
          at - place,
          other + priceOfNumber(lengths, some - 1) + priceOfNumber(distanceBase(some), at - place),
        );
      longest = Math.max(longest, length);
    }
  }
  const steps = [];
  for (let at = size; at > begin; at = reached[at].from) steps.push(reached[at]);
  return steps.reverse();
}

/** How many bytes from one place on are those from an earlier place on. */
function lengthOf(bytes, at, earlier) {
  const most = Math.min(mostBytes, bytes.length - at);
  let length = 0;
  while (length < most && bytes[at + length] === bytes[earlier + length]) length++;
  return length;
}

/** For each place the last one before it that begins with the same two bytes; -1 where there is none. */
function samePlaces(bytes) {
  const last = new Int32Array(65536).fill(-1);
  return Array.from(bytes, (byte, at) => {
    const pair = byte * 256 + (bytes[at + 1] ?? 0);
    const place = at + 1 < bytes.length ? last[pair] : -1;
    last[pair] = at;
    return place;
  });
}

/** The range coder. */
class Coder {
  chances = new Float64Array(contexts).fill(0.5);
  #rates = new Float64Array(contexts).fill(firstRate);
  #range = 2 ** 24; // the first byte is 0 for ever, and left out
  /** What is written so far, as a number: the bytes that a carry may still change. */
  #bytes = [];
  #low = 0;

  bit = (context, set) => {
    const chance = this.chances[context];
    const rate = this.#rates[context];
    const bound = Math.floor((this.#range - 1024) * chance + 512);
    if (set) this.#range = bound;
    else {
      this.#low += bound;
      this.#range -= bound;
    }
    this.chances[context] = chance + (set - chance) * rate;
    if (rate > lastRate) this.#rates[context] = rate / (1 + rate);
    while (this.#range < 2 ** 22) {
      this.#shift();
      this.#range *= 256;
    }
  };

  #shift() {
    if (this.#low >= 2 ** 32) {
      this.#low -= 2 ** 32;
      let at = this.#bytes.length - 1;
      while (this.#bytes[at] === 255) this.#bytes[at--] = 0;
      this.#bytes[at]++;
    }
    this.#bytes.push(Math.floor(this.#low / 2 ** 24));
    this.#low = (this.#low % 2 ** 24) * 256;
  }

  /** What is missing at the end is read as zeros. */
  end() {
    // the number in the range that ends in most zeros
    const top = this.#low + this.#range - 1;
    for (const unit of [2 ** 24, 2 ** 16, 2 ** 8, 1]) {
      const rounded = Math.floor(top / unit) * unit;
      if (rounded < this.#low) continue;
      this.#low = rounded;
      break;
    }
    for (let i = 0; i < 4; i++) this.#shift();
    while (this.#bytes.at(-1) === 0) this.#bytes.pop();
    return Buffer.from(this.#bytes.slice(1));
  }
}
