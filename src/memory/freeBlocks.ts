/** Stretches of memory that nobody uses: what the heap and the arena take blocks from, and where these go when they are freed. */

/** Blocks begin at multiples of a cache line, so that no 16-byte vector of an array lies across two lines. */
export const alignment = 64; // bytes

/** The bytes, up to the next multiple of the alignment. */
export function align(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

/** A stretch of memory. */
export interface Block {
  offset: number;
  bytes: number;
}

/** Free stretches; neighbours are one. */
export class FreeBlocks {
  /** They, by address. One that was taken to its end stays, of no bytes, until what follows or precedes it is free. */
  readonly blocks: Block[];

  /** @param free stretches that are free, by address, which are copied */
  constructor(free: readonly Block[] = []) {
    this.blocks = free.map(({ offset, bytes }) => ({ offset, bytes }));
  }

  /**
   * The address of `bytes` bytes, aligned to 64, from the beginning of the first stretch that has as many; undefined where none has.
   * Nothing takes a cache line, too, so that no two have one address.
   */
  take(bytes: number): number | undefined {
    const size = align(bytes || 1);
    const block = this.blocks.find((each) => each.bytes >= size);
    if (!block) return undefined;
    const { offset } = block;
    block.offset += size;
    block.bytes -= size;
    return offset;
  }

  /** Makes what `take` gave for as many bytes free again, or adds a stretch. */
  give(offset: number, bytes: number): void {
    const { blocks } = this;
    let i = blocks.length;
    while (i > 0 && blocks[i - 1]!.offset > offset) i--;
    const before = blocks[i - 1];
    const after = blocks[i];
    const block = { offset, bytes: align(bytes || 1) };
    if (after && offset + block.bytes === after.offset) block.bytes += blocks.splice(i, 1)[0]!.bytes;
    if (before && before.offset + before.bytes === offset) before.bytes += block.bytes;
    else blocks.splice(i, 0, block);
  }
}
