import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { PMTiles, type RangeResponse, type Source } from "pmtiles";
import { describe, expect, it } from "vitest";

/** Reads the committed archive the way a browser does: by byte ranges. */
class FileRanges implements Source {
  readonly bytes = readFileSync(new URL("../../../assets/basemap/santi.pmtiles", import.meta.url));

  getKey(): string {
    return "santi";
  }

  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    const { buffer, byteOffset } = this.bytes;
    return { data: buffer.slice(byteOffset + offset, byteOffset + offset + length) as ArrayBuffer };
  }
}

const file = new FileRanges();
const archive = new PMTiles(file, undefined, async (buffer) => {
  const bytes = gunzipSync(new Uint8Array(buffer));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
});

async function tile(z: number, x: number, y: number): Promise<VectorTile> {
  const found = await archive.getZxy(z, x, y);
  if (!found) throw new Error(`no tile ${z}/${x}/${y}`);
  return new VectorTile(new PbfReader(new Uint8Array(found.data)));
}

function properties(source: VectorTile, layer: string): Record<string, unknown>[] {
  const features = source.layers[layer];
  return Array.from({ length: features?.length ?? 0 }, (_, i) => features?.feature(i).properties ?? {});
}

describe("the committed basemap", () => {
  it("is one archive of at most 1.5 MB for zooms 0 to 7", async () => {
    const { minZoom, maxZoom } = await archive.getHeader();
    expect([minZoom, maxZoom]).toEqual([0, 7]);
    expect(file.bytes.length).toBeLessThan(1.5e6);
  });

  it("names and draws the eleven members in the first tile", async () => {
    const world = await tile(0, 0, 0);
    const members = ["BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "TLS", "VNM"];
    const labels = properties(world, "country_labels").filter(({ rank }) => rank === 0);
    expect(labels.map(({ id }) => id).sort()).toEqual(members);
    const inRegion = await Promise.all([
      tile(4, 12, 6),
      tile(4, 12, 7),
      tile(4, 13, 7),
      tile(4, 13, 8),
      tile(4, 12, 8),
    ]);
    const drawn = new Set(inRegion.flatMap((part) => properties(part, "countries").map(({ id }) => id)));
    expect([...drawn].sort()).toEqual(expect.arrayContaining(members.filter((id) => id !== "MMR")));
  });

  it("carries the names of a place in its own script and in Latin letters", async () => {
    // The tile of zoom 7 with Battambang.
    const names = properties(await tile(7, 100, 59), "unit_labels");
    expect(names).toContainEqual(
      expect.objectContaining({ id: "KH-2", name: "Battambang", name_km: "បាត់ដំបង", name_local: "បាត់ដំបង" }),
    );
  });

  it("shows the provinces of Viet Nam since July 2025", async () => {
    const world = await tile(4, 12, 7);
    const ids = properties(world, "units").map(({ id }) => String(id));
    expect(ids).toContain("VN-25@2025");
    expect(ids.filter((id) => /^VN-\w+$/.test(id))).toEqual([]);
  });

  it("covers the coarse world with sea in every detailed tile", async () => {
    for (const [x, y] of [
      [24, 13],
      [28, 16],
      [26, 14],
    ] as const) {
      expect(properties(await tile(5, x, y), "sea")).toHaveLength(1);
    }
  });
});
