import { type Raster, writeGeoTiff } from "@santi/travel-time";
import { describe, expect, it } from "vitest";
import { inspect } from "./inspect.ts";

const grid = { columns: 4, rows: 3, west: 300_000, north: 1_450_000, cellWidth: 500, cellHeight: 500, epsg: 32648 };
const bytesOf = async (raster: Raster) => new Uint8Array(await (await writeGeoTiff(raster)).arrayBuffer());
const cover = () => bytesOf({ grid, data: new Float32Array(12).fill(40) });
const people = (count: number) =>
  bytesOf({ grid, data: Float32Array.from({ length: 12 }, (_, i) => (i === 5 ? count : 3)) });
const errorsOf = async (layers: Record<string, Uint8Array>) => {
  const { findings } = await inspect({ kind: "inspect", layers, resample: false });
  return findings.flatMap(({ code, severity }) => (severity === "error" ? [code] : []));
};
const line = (...coordinates: number[][]) => {
  const features = [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } }];
  return new TextEncoder().encode(JSON.stringify({ type: "FeatureCollection", features }));
};

describe("inspect", () => {
  it.each([
    [4, []],
    [Number.NaN, []],
    [-1, ["people-negative"]],
    [Number.POSITIVE_INFINITY, ["people-negative"]],
  ])("says whether a cell can hold %d people", async (count, found) => {
    expect(await errorsOf({ "land-cover": await cover(), population: await people(count) })).toEqual(found);
    const women = { "population-women": await people(count), population: await people(1e6) };
    expect(await errorsOf({ "land-cover": await cover(), ...women })).toEqual(found);
  });

  it("takes lines in longitude and latitude, and refuses those in metres, which would lie nowhere", async () => {
    const layers = { "land-cover": await cover(), population: await people(1) };
    expect(await errorsOf({ ...layers, roads: line([103.16, 13.1], [103.17, 13.1]) })).toEqual([]);
    const metres = inspect({
      kind: "inspect",
      layers: { ...layers, roads: line([300_100, 1_449_000]) },
      resample: false,
    });
    await expect(metres).rejects.toMatchObject({ code: "file-unsupported", details: { layer: "roads", feature: 1 } });
  });
});
