/**
 * Unpacks gzip (RFC 1952) and what is in it, deflate (RFC 1951), piece by piece. The platforms' DecompressionStream differs:
 * some refuse a file of several members, or zeros behind the last one, which `cat a.gz b.gz` and tapes make, and none says
 * where a member ends, so that the next could be given to it. Here the bytes decide alone, in every runtime.
 *
 * Codes are looked up in one table as long as the block's longest code wants, at most 2^15 entries.
 */

/** What is wrong with the bytes; `gunzip` makes the user's error of it. */
export class Damaged extends Error {}

const windowSize = 1 << 15; // bytes that a copy may reach back
const longestCopy = 258; // bytes
const outSize = 1 << 18; // bytes; a piece is handed on when it is full
const largestHeader = 1024; // bytes; a block's tables take less than 600

/** A prefix code: for the next `bits` bits, symbol << 4 | length of its code; 0 where there is none. */
interface Code {
  readonly bits: number;
  readonly table: Uint16Array;
}

/** Codes of these lengths, a length a symbol; 0: it does not occur. */
function codeOf(lengths: Uint8Array): Code {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  let bits = 15;
  while (bits > 1 && counts[bits] === 0) bits--;
  const next = new Uint16Array(16); // the first code of each length
  let [code, free] = [0, 1];
  for (let length = 1; length <= bits; length++) {
    code = (code + counts[length - 1]!) << 1;
    next[length] = code;
    free = 2 * free - counts[length]!;
    if (free < 0) throw new Damaged("more codes than there is room for");
  }
  const table = new Uint16Array(1 << bits);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length === 0) continue;
    let reversed = 0; // codes come with their first bit lowest
    for (let i = 0, rest = next[length]!++; i < length; i++, rest >>= 1)
      reversed = (reversed << 1) | (rest & 1);
    for (let at = reversed; at < table.length; at += 1 << length) table[at] = (symbol << 4) | length;
  }
  return { bits, table };
}

/** The least value of each symbol, and how many bits are added to it. @param last value of the last symbol, out of the row */
function ranges(
  first: number,
  extraBits: (symbol: number) => number,
  symbols: number,
  last?: number,
): [Uint16Array, Uint8Array] {
  const extra = Uint8Array.from({ length: symbols }, (_, symbol) => extraBits(symbol));
  const base = new Uint16Array(symbols);
  for (let symbol = 0, value = first; symbol < symbols; value += 1 << extra[symbol++]!) base[symbol] = value;
  if (last !== undefined) base[symbols - 1] = last;
  return [base, extra];
}

const lengths: [Uint16Array, Uint8Array] = /* @__PURE__ */ ranges(
  3,
  (symbol) => (symbol < 4 || symbol === 28 ? 0 : (symbol >> 2) - 1),
  29,
  258,
);
const distances: [Uint16Array, Uint8Array] = /* @__PURE__ */ ranges(
  1,
  (symbol) => (symbol < 2 ? 0 : (symbol >> 1) - 1),
  30,
);
const orderOfLengths = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Lengths of the codes of blocks that bring none. */
function fixedCodes(): [Code, Code] {
  const lengths = Uint8Array.from({ length: 288 }, (_, symbol) =>
    symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
  );
  return [codeOf(lengths), codeOf(new Uint8Array(30).fill(5))];
}

const crcTable: Int32Array = /* @__PURE__ */ Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let i = 0; i < 8; i++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of what went before and these bytes. */
function crc32(bytes: Uint8Array, before: number): number {
  let crc = ~before;
  for (let i = 0; i < bytes.length; i++) crc = crcTable[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8);
  return ~crc;
}

/** What comes next in the file. */
type State = "member" | "block" | "stored" | "symbols" | "trailer" | "padding";

/** Unpacks a file of gzip members, given in pieces. */
export class Gunzipper {
  #input: Uint8Array = new Uint8Array(0);
  #at = 0; // next byte of the input
  #isLast = false; // nothing follows the input
  #hold = 0; // bits that were taken from the input and not used yet, the next one lowest
  #held = 0; // number of these
  readonly #out: Uint8Array = new Uint8Array(windowSize + outSize);
  #to = windowSize; // end of the output
  #counted = windowSize; // of the output, what is not in checksum and size yet
  #begin = windowSize; // of the output, where the member begins, as far as it is there
  #state: State = "member";
  #members = 0;
  #isFinal = false; // the block is its member's last
  #stored = 0; // bytes that are left of a stored block
  #literals: Code | undefined;
  #distances: Code | undefined;
  #fixed: [Code, Code] | undefined;
  #crc = 0;
  #size = 0; // bytes of the member, modulo 2^32

  /**
   * What the next piece of the file gives. Pieces are to be copied or used before the next is asked for.
   * @param isLast nothing follows @throws Damaged
   */
  *push(piece: Uint8Array, isLast: boolean): Generator<Uint8Array, void, undefined> {
    const rest = this.#input.length - this.#at;
    if (rest === 0) this.#input = piece;
    else {
      const joined = new Uint8Array(rest + piece.length);
      joined.set(this.#input.subarray(this.#at));
      joined.set(piece, rest);
      this.#input = joined;
    }
    this.#at = 0;
    this.#isLast = isLast;
    while (this.#step()) if (this.#isFull) yield this.#handOn();
    if (this.#to > windowSize) yield this.#handOn();
    if (!isLast) return;
    if (this.#state !== "padding" && !(this.#state === "member" && this.#members > 0 && this.#left === 0))
      throw new Damaged("cut off");
  }

  /** Bytes of the input that are left. */
  get #left(): number {
    return this.#input.length - this.#at;
  }

  get #isFull(): boolean {
    return this.#to >= this.#out.length - longestCopy;
  }

  /** A copy of the output, of which what later copies may reach back to is kept. */
  #handOn(): Uint8Array {
    this.#count();
    const [out, to] = [this.#out, this.#to];
    const piece = out.slice(windowSize, to);
    out.copyWithin(0, to - windowSize, to);
    this.#begin = Math.max(0, this.#begin - (to - windowSize));
    this.#to = windowSize;
    this.#counted = windowSize;
    return piece;
  }

  /** Takes the new output into checksum and size. */
  #count(): void {
    this.#crc = crc32(this.#out.subarray(this.#counted, this.#to), this.#crc);
    this.#size = (this.#size + this.#to - this.#counted) >>> 0;
    this.#counted = this.#to;
  }

  /** The next bits, the first one lowest. @throws Damaged where there are no more */
  #bits(count: number): number {
    while (this.#held < count) {
      if (this.#left === 0) throw new Damaged("cut off");
      this.#hold |= this.#input[this.#at++]! << this.#held;
      this.#held += 8;
    }
    const value = this.#hold & ((1 << count) - 1);
    this.#hold >>>= count;
    this.#held -= count;
    return value;
  }

  /** The symbol whose code comes next. */
  #symbol({ bits, table }: Code): number {
    let [code, entry] = [0, 0];
    for (let length = 1; length <= bits; length++) {
      code |= this.#bits(1) << (length - 1);
      entry = table[code]!;
      if ((entry & 15) === length) return entry >> 4;
    }
    throw new Damaged("a code of no symbol");
  }

  /** Does what can be done with the input; false: there is nothing more to do with it. */
  #step(): boolean {
    switch (this.#state) {
      case "member":
        return this.#left > 0 && this.#member();
      case "block":
        return (this.#isLast || this.#left >= largestHeader) && this.#block();
      case "stored":
        return this.#copyStored();
      case "symbols":
        return this.#symbols();
      case "trailer":
        return this.#trailer();
      case "padding": {
        if (this.#input.subarray(this.#at).some((byte) => byte !== 0))
          throw new Damaged("other bytes behind it");
        this.#at = this.#input.length;
        return false;
      }
    }
  }

  /** The header of a member; behind the last one there may be zeros. */
  #member(): boolean {
    const bytes = this.#input.subarray(this.#at);
    if (this.#members > 0 && bytes[0] === 0) {
      this.#state = "padding";
      return true;
    }
    const [magic, second, method, flags = 0] = bytes;
    if (bytes.length < 10) return false;
    if (magic !== 0x1f || second !== 0x8b || method !== 8 || flags & 0xe0) throw new Damaged("no gzip");
    let end = 10;
    if (flags & 4) end += 2 + (bytes[end] ?? 0) + 256 * (bytes[end + 1] ?? 0);
    for (const flag of [8, 16]) {
      if (!(flags & flag)) continue; // a name, a comment: texts that end with 0
      const zero = bytes.indexOf(0, end);
      if (zero < 0) return false;
      end = zero + 1;
    }
    if (flags & 2) end += 2;
    if (end > bytes.length) return false;
    this.#at += end;
    this.#members++;
    [this.#hold, this.#held, this.#crc, this.#size] = [0, 0, 0, 0];
    this.#begin = this.#to;
    this.#state = "block";
    return true;
  }

  /** The header of a block. */
  #block(): boolean {
    this.#isFinal = this.#bits(1) === 1;
    const kind = this.#bits(2);
    if (kind === 0) {
      this.#bits(this.#held & 7); // to the next byte
      this.#stored = this.#bits(16);
      if (this.#bits(16) !== (this.#stored ^ 0xffff)) throw new Damaged("a stored block of two lengths");
      this.#state = "stored";
      return true;
    }
    if (kind === 3) throw new Damaged("a block of no kind");
    if (kind === 1) {
      this.#fixed ??= fixedCodes();
      [this.#literals, this.#distances] = this.#fixed;
    } else this.#readCodes();
    this.#state = "symbols";
    return true;
  }

  #readCodes(): void {
    const [literals, distances, count] = [this.#bits(5) + 257, this.#bits(5) + 1, this.#bits(4) + 4];
    const ofLengths = new Uint8Array(19);
    for (const symbol of orderOfLengths.slice(0, count)) ofLengths[symbol] = this.#bits(3);
    const code = codeOf(ofLengths);
    const lengths = new Uint8Array(literals + distances);
    for (let i = 0; i < lengths.length; ) {
      const symbol = this.#symbol(code);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) throw new Damaged("nothing to repeat");
      const repeated = symbol === 16 ? lengths[i - 1]! : 0;
      const times = symbol === 18 ? 11 + this.#bits(7) : 3 + this.#bits(symbol === 17 ? 3 : 2);
      if (i + times > lengths.length) throw new Damaged("too many lengths of codes");
      lengths.fill(repeated, i, i + times);
      i += times;
    }
    this.#literals = codeOf(lengths.subarray(0, literals));
    this.#distances = codeOf(lengths.subarray(literals));
  }

  #copyStored(): boolean {
    const count = Math.min(this.#stored, this.#left, this.#out.length - this.#to);
    this.#out.set(this.#input.subarray(this.#at, this.#at + count), this.#to);
    this.#at += count;
    this.#to += count;
    this.#stored -= count;
    if (this.#stored > 0) return count > 0;
    this.#endBlock();
    return true;
  }

  /** Symbols of the block, as long as there is input and room for what they give. */
  #symbols(): boolean {
    const { table: literals, bits: literalBits } = this.#literals!;
    const { table: distanceCodes, bits: distanceBits } = this.#distances!;
    const [lengthBase, lengthExtra] = lengths;
    const [distanceBase, distanceExtra] = distances;
    const literalMask = (1 << literalBits) - 1;
    const distanceMask = (1 << distanceBits) - 1;
    const input = this.#input;
    const out = this.#out;
    const room = out.length - longestCopy;
    const begin = this.#begin;
    // a symbol with its copy takes 6 bytes, of which 4 more may be taken ahead; of the last ones it is looked at the end
    // whether they were there
    const safe = this.#isLast ? input.length + 8 : input.length - 16;
    let [at, hold, held, to] = [this.#at, this.#hold, this.#held, this.#to];
    let ended = false;
    while (at < safe && to < room) {
      while (held < 25) {
        hold |= input[at++]! << held; // undefined counts as 0
        held += 8;
      }
      let entry = literals[hold & literalMask]!;
      let length = entry & 15;
      if (length === 0) throw new Damaged("a code of no symbol");
      hold >>>= length;
      held -= length;
      const symbol = entry >> 4;
      if (symbol < 256) {
        out[to++] = symbol;
        continue;
      }
      if (symbol === 256) {
        ended = true;
        break;
      }
      if (symbol > 285) throw new Damaged("a length of no kind");
      let extra = lengthExtra[symbol - 257]!;
      let count = lengthBase[symbol - 257]! + (hold & ((1 << extra) - 1));
      hold >>>= extra;
      held -= extra;
      while (held < 25) {
        hold |= input[at++]! << held;
        held += 8;
      }
      entry = distanceCodes[hold & distanceMask]!;
      length = entry & 15;
      const kind = entry >> 4;
      if (length === 0 || kind > 29) throw new Damaged("a distance of no kind");
      hold >>>= length;
      held -= length;
      while (held < 25) {
        hold |= input[at++]! << held;
        held += 8;
      }
      extra = distanceExtra[kind]!;
      const distance = distanceBase[kind]! + (hold & ((1 << extra) - 1));
      hold >>>= extra;
      held -= extra;
      if (to - distance < begin) throw new Damaged("a copy from before the beginning");
      for (let from = to - distance; count > 0; count--) out[to++] = out[from++]!;
    }
    // bytes that were taken ahead are given back
    const back = held >> 3;
    at -= back;
    held -= 8 * back;
    if (at > input.length) throw new Damaged("cut off");
    hold &= (1 << held) - 1;
    [this.#at, this.#hold, this.#held] = [at, hold, held];
    this.#to = to;
    if (ended) this.#endBlock();
    return ended || to >= room;
  }

  #endBlock(): void {
    this.#state = this.#isFinal ? "trailer" : "block";
  }

  /** Checksum and size of the member. */
  #trailer(): boolean {
    if (this.#left < 8) return false;
    [this.#hold, this.#held] = [0, 0]; // the rest of the last byte
    this.#count();
    const trailer = new DataView(this.#input.buffer, this.#input.byteOffset + this.#at, 8);
    if (trailer.getInt32(0, true) !== this.#crc || trailer.getUint32(4, true) !== this.#size)
      throw new Damaged("another checksum or size than it says");
    this.#at += 8;
    this.#state = "member";
    return true;
  }
}
