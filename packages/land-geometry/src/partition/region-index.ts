import Flatbush from "flatbush";

/** West, south, east and north of something. */
export interface Boxed {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** So many additions are looked through one by one before the index is built again. */
const mostAdditions = 512;

/** A spatial index of boxes that can change: a packed tree of most of them, and a short list of those added since. */
export class RegionIndex<T extends Boxed> {
  private packed: readonly T[] = [];
  private tree: Flatbush | null = null;
  private readonly removed = new Set<T>();
  private readonly added = new Set<T>();

  constructor(items: readonly T[]) {
    this.build(items);
  }

  /** Adds an item that is not in the index. */
  add(item: T): void {
    this.added.add(item);
    if (this.added.size + this.removed.size <= mostAdditions) return;
    this.build([...this.packed.filter((kept) => !this.removed.has(kept)), ...this.added]);
  }

  /** Takes an item out. */
  remove(item: T): void {
    if (!this.added.delete(item)) this.removed.add(item);
  }

  /** The items whose boxes meet or touch the box of one, itself included when it is in the index. */
  search(box: Boxed): T[] {
    const found: T[] = [];
    const { west, south, east, north } = box;
    const { packed, removed } = this;
    for (const at of this.tree?.search(west, south, east, north) ?? []) {
      const item = packed[at] as T;
      if (removed.size === 0 || !removed.has(item)) found.push(item);
    }
    for (const item of this.added) {
      if (item.west > east || item.east < west || item.south > north || item.north < south) continue;
      found.push(item);
    }
    return found;
  }

  private build(items: readonly T[]): void {
    this.packed = items;
    this.added.clear();
    this.removed.clear();
    this.tree = null;
    if (items.length === 0) return;
    const tree = new Flatbush(items.length);
    for (const { west, south, east, north } of items) tree.add(west, south, east, north);
    tree.finish();
    this.tree = tree;
  }
}
