import { tileBounds } from "@santi/vector-tiles";

interface Entry {
  bytes: Uint8Array;
  bounds: readonly number[];
}

interface LayerCache {
  /** Number of the last event that the entries know of. */
  version: number;
  entries: Map<string, Entry>;
}

/** What changed on a layer since a version: boxes in degrees, or null for "anywhere". */
export type Changes = readonly (readonly number[])[] | null;

function overlaps(a: readonly number[], b: readonly number[]): boolean {
  const [aWest = 0, aSouth = 0, aEast = 0, aNorth = 0] = a;
  const [bWest = 0, bSouth = 0, bEast = 0, bNorth = 0] = b;
  return aWest <= bEast && aEast >= bWest && aSouth <= bNorth && aNorth >= bSouth;
}

/**
 * Keeps encoded tiles of this process by what they show and to whom, and forgets exactly those that a change touches.
 * Correctness does not rest on messages: a caller asks with the version that its own transaction sees.
 */
export class TileCache {
  readonly #layers = new Map<string, LayerCache>();
  readonly #limit: number;
  #bytes = 0;

  /** @param limit bytes to keep */
  constructor(limit = 64_000_000) {
    this.#limit = limit;
  }

  /** The version up to which a layer's entries are right; 0 when it holds none. */
  versionOf(layer: string): number {
    return this.#layers.get(layer)?.version ?? 0;
  }

  /** Brings a layer to a version: drops what the changes touch, and everything when the version goes back. */
  advance(layer: string, version: number, changes: Changes): void {
    const cache = this.#layers.get(layer);
    if (!cache) {
      this.#layers.set(layer, { version, entries: new Map() });
      return;
    }
    if (version === cache.version) return;
    const back = version < cache.version;
    cache.version = version;
    for (const [key, entry] of cache.entries) {
      if (back || changes === null || changes.some((box) => overlaps(box, entry.bounds))) {
        cache.entries.delete(key);
        this.#bytes -= entry.bytes.length;
      }
    }
  }

  /** A tile, if it is kept. */
  get(layer: string, key: string): Uint8Array | undefined {
    const entries = this.#layers.get(layer)?.entries;
    const entry = entries?.get(key);
    if (!entries || !entry) return undefined;
    // Moved to the end: the least recently used goes first.
    entries.delete(key);
    entries.set(key, entry);
    return entry.bytes;
  }

  /** Keeps a tile that was made at the layer's version. */
  put(layer: string, version: number, key: string, tile: { z: number; x: number; y: number }, bytes: Uint8Array): void {
    const cache = this.#layers.get(layer);
    if (!cache || cache.version !== version || bytes.length > this.#limit / 4) return;
    const before = cache.entries.get(key);
    if (before) this.#bytes -= before.bytes.length;
    const { west, south, east, north } = tileBounds(tile);
    cache.entries.set(key, { bytes, bounds: [west, south, east, north] });
    this.#bytes += bytes.length;
    while (this.#bytes > this.#limit) {
      const oldest = [...this.#layers.values()].find(({ entries }) => entries.size > 0);
      const first = oldest?.entries.entries().next().value;
      if (!oldest || !first) break;
      oldest.entries.delete(first[0]);
      this.#bytes -= first[1].bytes.length;
    }
  }
}
