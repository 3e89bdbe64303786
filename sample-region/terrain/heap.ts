/** Cells waiting, the one with the least key first. */
export interface CellHeap {
  readonly push: (cell: number, key: number) => void;
  /** The cell with the least key, or -1; `lastKey` tells its key. */
  readonly pop: () => number;
  readonly lastKey: () => number;
  readonly clear: () => void;
}

/** A binary heap of at most `capacity` entries. Equal keys come in an order that depends on the pushes alone. */
export function cellHeap(capacity: number): CellHeap {
  const keys = new Float64Array(capacity);
  const cells = new Int32Array(capacity);
  let size = 0;
  let last = 0;
  return {
    push(cell, key) {
      let at = size++;
      while (at > 0) {
        const up = (at - 1) >> 1;
        if ((keys[up] as number) <= key) break;
        keys[at] = keys[up] as number;
        cells[at] = cells[up] as number;
        at = up;
      }
      keys[at] = key;
      cells[at] = cell;
    },
    pop() {
      if (size === 0) return -1;
      const top = cells[0] as number;
      last = keys[0] as number;
      const key = keys[--size] as number;
      const cell = cells[size] as number;
      let at = 0;
      for (let child = 1; child < size; child = 2 * at + 1) {
        if (child + 1 < size && (keys[child + 1] as number) < (keys[child] as number)) child++;
        if ((keys[child] as number) >= key) break;
        keys[at] = keys[child] as number;
        cells[at] = cells[child] as number;
        at = child;
      }
      keys[at] = key;
      cells[at] = cell;
      return top;
    },
    lastKey: () => last,
    clear() {
      size = 0;
    },
  };
}
