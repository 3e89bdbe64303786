import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { PMTiles, type RangeResponse, type Source, tileIdToZxy, zxyToTileId } from "pmtiles";
import { describe, expect, it } from "vitest";
import { type ArchiveTile, tileId, writePmtiles } from "./pmtiles.ts";

const gzip = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));

class MemorySource implements Source {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  getKey(): string {
    return "memory";
  }
  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    return { data: this.bytes.slice(offset, offset + length).buffer };
  }
}

async function readTile(archive: PMTiles, tile: ArchiveTile): Promise<Uint8Array | undefined> {
  const answer = await archive.getZxy(tile.z, tile.x, tile.y);
  return answer === undefined ? undefined : new Uint8Array(answer.data);
}

describe("tileId", () => {
  it("numbers tiles as the reference reader does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24 }), fc.nat(), fc.nat(), (z, a, b) => {
        const side = 2 ** z;
        const tile = { z, x: a % side, y: b % side };
        expect(tileId(tile)).toBe(zxyToTileId(tile.z, tile.x, tile.y));
      }),
    );
  });

  it("refuses what is not a tile", () => {
    expect(() => tileId({ z: 1, x: 2, y: 0 })).toThrow(RangeError);
    expect(() => tileId({ z: 25, x: 0, y: 0 })).toThrow(RangeError);
  });
});

describe("writePmtiles", () => {
  it("is read back by the reference reader, tile by tile", async () => {
    const tiles: ArchiveTile[] = [];
    for (let id = 0; id < 85; id++) {
      const [z, x, y] = tileIdToZxy(id);
      tiles.push({ z, x, y, data: new TextEncoder().encode(`tile ${id}`) });
    }
    const bytes = writePmtiles(tiles.toReversed(), {
      gzip,
      metadata: { name: "Basemap", vector_layers: [{ id: "land", fields: {} }] },
      bounds: [92, 5, 110, 29],
      center: [104.9, 11.5, 3],
    });
    const archive = new PMTiles(new MemorySource(bytes));
    const header = await archive.getHeader();
    expect(header).toMatchObject({ minZoom: 0, maxZoom: 3, minLon: 92, maxLat: 29, centerLon: 104.9, centerZoom: 3 });
    expect(header).toMatchObject({ clustered: true, tileType: 1, numAddressedTiles: 85, numTileContents: 85 });
    expect(await archive.getMetadata()).toEqual({ name: "Basemap", vector_layers: [{ id: "land", fields: {} }] });
    for (const tile of tiles) expect(await readTile(archive, tile)).toEqual(tile.data);
    expect(await archive.getZxy(5, 1, 1)).toBeUndefined();
  });

  it("stores equal tiles once and folds neighbours into runs", async () => {
    const sea = new TextEncoder().encode("sea");
    const tiles: ArchiveTile[] = [];
    for (let id = 21; id < 85; id++) {
      const [z, x, y] = tileIdToZxy(id);
      tiles.push({ z, x, y, data: id === 40 ? new TextEncoder().encode("island") : sea.slice() });
    }
    const bytes = writePmtiles(tiles, { gzip, metadata: {} });
    const archive = new PMTiles(new MemorySource(bytes));
    const header = await archive.getHeader();
    expect(header).toMatchObject({ numAddressedTiles: 64, numTileEntries: 3, numTileContents: 2 });
    for (const tile of tiles) expect(await readTile(archive, tile)).toEqual(tile.data);
  });

  it("uses leaf directories when the root would be too long", async () => {
    const tiles: ArchiveTile[] = [];
    // A third of the tiles is missing, so that identifiers do not form runs, and lengths look random.
    const store = (text: string) => new Uint8Array(gzipSync(text, { level: 0 }));
    const random = (id: number) => {
      const mixed = Math.imul(id ^ (id >>> 5), 0x9e3779b1);
      return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 8;
    };
    for (let id = 5461; id < 5461 + 16384; id += 1) {
      if (random(id) % 3 === 0) continue;
      const [z, x, y] = tileIdToZxy(id);
      tiles.push({ z, x, y, data: store(`${id} `.padEnd(random(id + 1) % 1000)) });
    }
    const bytes = writePmtiles(tiles, { gzip, metadata: {}, compressTiles: false });
    const archive = new PMTiles(new MemorySource(bytes));
    const header = await archive.getHeader();
    expect(header.leafDirectoryLength).toBeGreaterThan(0);
    expect(header.rootDirectoryLength).toBeLessThanOrEqual(16384 - 127);
    for (let i = 0; i < tiles.length; i += 97) {
      const tile = tiles[i] as ArchiveTile;
      expect(await readTile(archive, tile)).toEqual(new Uint8Array(gunzipSync(tile.data)));
    }
  });

  it("leaves compressed tiles as they are when told so", async () => {
    const data = gzip(new TextEncoder().encode("already packed"));
    const bytes = writePmtiles([{ z: 0, x: 0, y: 0, data }], { gzip, metadata: {}, compressTiles: false });
    const archive = new PMTiles(new MemorySource(bytes));
    const answer = await archive.getZxy(0, 0, 0);
    expect(new TextDecoder().decode(answer?.data)).toBe("already packed");
    expect(gunzipSync(bytes.subarray(bytes.length - data.length)).toString()).toBe("already packed");
  });

  it("refuses a tile given twice", () => {
    const tile = { z: 0, x: 0, y: 0, data: new Uint8Array([1]) };
    expect(() => writePmtiles([tile, tile], { gzip, metadata: {} })).toThrow("twice");
  });
});
