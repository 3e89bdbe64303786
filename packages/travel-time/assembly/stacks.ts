/**
 * Stacks of cells in linear memory. A stack is a word that holds the address after its top cell, 0 when it is empty; the
 * cells lie in blocks of 63 with a link to the block below. Blocks that fall empty are used again.
 */

/** Waiting cells are kept in stacks of blocks: a link to the block below, then 63 cells. */
export const BLOCK: u32 = 256;

let fresh: usize = 0;
let free: u32 = 0;
let mostPages: i32 = 65535;

/** Says how many pages of memory may be taken in all. */
export function setMostPages(pages: i32): void {
  mostPages = pages;
}

/** Says from where on memory is free for blocks. */
export function startBlocksAt(address: usize): void {
  fresh = address;
  free = 0;
}

/** Sees to it that memory reaches up to an address; false when it may not or cannot. */
export function ensure(end: usize): bool {
  const pages = <i32>((<u64>end + 65535) >> 16);
  const missing = pages - memory.size();
  return missing <= 0 || (pages <= mostPages && memory.grow(missing) >= 0);
}

/** Takes memory before the first block is; 0 when it may not be had. */
export function claim(bytes: usize): usize {
  const address = fresh;
  if (!ensure(address + bytes)) return 0;
  fresh = (address + bytes + (BLOCK - 1)) & ~(BLOCK - 1);
  return address;
}

/** Gives a block back, and returns the stack without it. */
@inline
export function dropBlock(block: u32): u32 {
  const below = load<u32>(block);
  store<u32>(block, free);
  free = block;
  return below === 0 ? 0 : below + BLOCK;
}

function takeBlock(): u32 {
  if (free !== 0) {
    const block = free;
    free = load<u32>(block);
    return block;
  }
  const block = <u32>fresh;
  // A megabyte at a time: growing is slow.
  if (<u64>block + BLOCK > <u64>memory.size() << 16 && !ensure(fresh + 1048576) && !ensure(fresh + BLOCK)) unreachable();
  fresh += BLOCK;
  return block;
}

@inline
export function push(head: usize, place: i32): void {
  let top = load<u32>(head);
  if ((top & (BLOCK - 1)) === 0) {
    const block = takeBlock();
    store<u32>(block, top === 0 ? 0 : top - BLOCK);
    top = block + 4;
  }
  store<i32>(top, place);
  store<u32>(head, top + 4);
}

/** The cell on top of a stack that is not empty. */
@inline
export function pop(head: usize): i32 {
  const top = load<u32>(head) - 4;
  const place = load<i32>(top);
  if ((top & (BLOCK - 1)) === 4) {
    const block = top - 4;
    store<u32>(head, dropBlock(block));
  } else {
    store<u32>(head, top);
  }
  return place;
}

