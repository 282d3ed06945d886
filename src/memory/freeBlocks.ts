/** Stretches of memory that nobody uses: what the heap and the arena take blocks from, and where these go when they are freed. */

/** A stretch of memory. */
export interface Block {
  offset: number;
  bytes: number;
}

/** Free stretches; neighbours are one. */
export class FreeBlocks {
  /** They, by address. One that was taken to its end stays, of no bytes, until what follows or precedes it is free. */
  blocks: Block[] = [];

  /** @param free stretches that are free, which are copied */
  constructor(free: readonly Block[] = []) {
    for (const { offset, bytes } of free) this.give(offset, bytes);
  }

  /** The address of `bytes` bytes from the beginning of the first stretch that has as many, which are free no more; undefined where none has. */
  take(bytes: number): number | undefined {
    const block = this.blocks.find((each) => each.bytes >= bytes);
    if (!block) return undefined;
    const { offset } = block;
    block.offset += bytes;
    block.bytes -= bytes;
    return offset;
  }

  /** Adds a stretch. */
  give(offset: number, bytes: number): void {
    const { blocks } = this;
    let i = blocks.length;
    while (i > 0 && blocks[i - 1]!.offset > offset) i--;
    const before = blocks[i - 1];
    const after = blocks[i];
    const block = { offset, bytes };
    if (after && offset + bytes === after.offset) block.bytes += blocks.splice(i, 1)[0]!.bytes;
    if (before && before.offset + before.bytes === offset) before.bytes += block.bytes;
    else blocks.splice(i, 0, block);
  }
}
