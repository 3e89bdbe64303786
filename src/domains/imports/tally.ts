/** Counts of texts by their hash, at 16 bytes a text, so that a file of millions of rows does not fill the memory. */
export interface Tally {
  /**
   * Counts a text once more.
   * @param value a number to remember with its first occurrence, such as a row number
   * @returns how often it has been counted now, and the number of the first time
   */
  add(text: string, value: number): { count: number; first: number };
  /** How often a text has been counted. */
  count(text: string): number;
  readonly size: number;
}

/** Two independent 32-bit hashes of a text (xor and multiply, with the finishing steps of MurmurHash3). */
function hashes(text: string): [number, number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return [a >>> 0 || 1, b >>> 0];
}

/**
 * Makes a tally: an open hash table over typed arrays that doubles when it is two thirds full. Two texts share a count
 * by chance once in about 10^19 pairs.
 */
export function createTally(initial = 1024): Tally {
  let capacity = initial;
  let size = 0;
  // Per slot: both hashes, count, first value. An empty slot has 0 in its first hash.
  let table = new Uint32Array(capacity * 4);

  const slotOf = (cells: Uint32Array, slots: number, a: number, b: number): number => {
    for (let slot = a % slots; ; slot = (slot + 1) % slots) {
      const held = cells[slot * 4] as number;
      if (held === 0 || (held === a && cells[slot * 4 + 1] === b)) return slot;
    }
  };
  const grow = () => {
    const bigger = new Uint32Array(capacity * 2 * 4);
    for (let slot = 0; slot < capacity; slot++) {
      const a = table[slot * 4] as number;
      if (a === 0) continue;
      const to = slotOf(bigger, capacity * 2, a, table[slot * 4 + 1] as number);
      bigger.set(table.subarray(slot * 4, slot * 4 + 4), to * 4);
    }
    table = bigger;
    capacity *= 2;
  };
  return {
    get size() {
      return size;
    },
    add(text, value) {
      if (size * 3 >= capacity * 2) grow();
      const [a, b] = hashes(text);
      const at = slotOf(table, capacity, a, b) * 4;
      if (table[at] === 0) {
        table[at] = a;
        table[at + 1] = b;
        table[at + 3] = value;
        size++;
      }
      const count = (table[at + 2] as number) + 1;
      table[at + 2] = count;
      return { count, first: table[at + 3] as number };
    },
    count(text) {
      const [a, b] = hashes(text);
      return table[slotOf(table, capacity, a, b) * 4 + 2] as number;
    },
  };
}
