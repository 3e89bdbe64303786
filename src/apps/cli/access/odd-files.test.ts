import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { oddTiff, placed } from "../../../../packages/travel-time/src/raster/odd-tiff.test-helper.ts";
import { points, santi, testFolder } from "./testing.ts";

const { at, save, saveJson, remove } = testFolder();
afterAll(remove);
const grid = { columns: 6, rows: 4, west: 500_000, north: 1_200_000, cellWidth: 10, cellHeight: 10, epsg: 32648 };
const data = Float32Array.from({ length: 24 }, (_, cell) => (cell === 0 ? Number.NaN : 1));
const sources = saveJson("sources.geojson", points(grid, [8], false));
const saveBytes = (name: string, bytes: ArrayBuffer) => {
  writeFileSync(at(name), new Uint8Array(bytes));
  return at(name);
};
const travel = (friction: string, from: string, ...more: string[]) =>
  santi("travel-time", "--friction", friction, "--sources", from, "--out", at("out.tif"), ...more);

describe("santi access on files that are not as they should be", () => {
  it("says in a sentence why a raster cannot be read", async () => {
    const odd = (bits: number, format: number) =>
      oddTiff({ columns: 6, rows: 4, bits, format, cells: new Uint8Array(192), tags: placed });
    for (const [bytes, words] of [
      [odd(32, 3).slice(0, -40), "cut off"],
      [odd(64, 2), "rewrite it as float32"],
      [oddTiff({ columns: 6, rows: 4, bits: 32, format: 3, cells: new Uint8Array(96) }), "where it lies"],
    ] as const) {
      const { code, err } = await travel(saveBytes("odd.tif", bytes), sources);
      expect([code, err]).toEqual([1, expect.stringContaining(words)]);
      expect(err).not.toMatch(/\.ts:\d+|did not expect/);
    }
  });

  it("names the feature whose geometry is none, and reads a byte order mark over", async () => {
    const friction = await save("friction.tif", { grid, data });
    const { features } = points(grid, [8], false);
    for (const second of [null, { ...features[0], geometry: { type: "Point" } }]) {
      const from = saveJson("broken.geojson", { type: "FeatureCollection", features: [...features, second] });
      const { code, err } = await travel(friction, from);
      expect([code, err]).toEqual([1, expect.stringContaining("Feature 2 of")]);
    }
    const text = `\uFEFF${JSON.stringify(points(grid, [8], false))}`;
    writeFileSync(at("marked.geojson"), text);
    expect((await travel(friction, at("marked.geojson"))).code).toBe(0);
  });

  it("counts no slopes in degrees, and tells distances there as they are", async () => {
    const degrees = { ...grid, west: 105, north: 12, cellWidth: 0.001, cellHeight: 0.001, epsg: 4326 };
    const friction = await save("degrees.tif", { grid: degrees, data });
    const from = saveJson("degrees.geojson", points(degrees, [8], true));
    for (const mode of ["walk", "tobler"]) {
      const { code, err } = await travel(friction, from, "--dem", friction, "--mode", mode);
      expect([code, err]).toEqual([1, expect.stringMatching(/metres.*EPSG:4326/)]);
    }
    const barred = saveJson("barred.geojson", points(degrees, [0], true));
    const moved = await travel(friction, barred, "--snap", "0.005");
    expect([moved.code, moved.out]).toEqual([0, expect.stringContaining("moved 0.001 °")]);
  });

  it("takes for what a service can do only numbers", async () => {
    const friction = await save("friction.tif", { grid, data });
    const score = (beds: unknown) =>
      santi(
        ...["score", "--friction", friction, "--population", friction, "--max", "30", "--supply", "beds"],
        ...["--sources", saveJson("beds.geojson", points(grid, [8], false, { beds })), "--out", at("score.tif")],
      );
    for (const beds of [3, "3", 0, " 2.5 "]) expect((await score(beds)).code).toBe(0);
    for (const beds of [true, [], {}, null, " ", "three", "Infinity", -1]) {
      expect(await score(beds)).toMatchObject({ code: 1, err: expect.stringContaining("in the property beds: S1") });
    }
  });

  it("refuses thresholds beyond the search, where nobody would be counted", async () => {
    const friction = await save("friction.tif", { grid, data });
    const score = (thresholds: string) =>
      santi(
        ...["score", "--friction", friction, "--population", friction, "--sources", sources, "--max", "30"],
        ...["--thresholds", thresholds, "--out", at("score.tif")],
      );
    expect((await score("10,30")).code).toBe(0);
    expect(await score("10,31")).toMatchObject({ code: 2, err: expect.stringContaining("--max") });
  });
});
