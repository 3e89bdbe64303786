import { type Grid, projectionOf } from "@santi/travel-time";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { madeUpSources, madeUpTerrain } from "../../../../packages/travel-time/src/samples.test-helper.ts";
import { points, readValues, santi, testFolder } from "./testing.ts";

const { at, save, saveJson, remove } = testFolder();
afterAll(remove);
const { friction, elevation } = madeUpTerrain(70, 60, 5);
const { grid } = friction;
const cells = madeUpSources(friction, 5, 2).map(({ cell }) => cell);
let demFile: string;
let sourcesFile: string;
beforeAll(async () => {
  demFile = await save("dem.tif", elevation);
  sourcesFile = saveJson("sources.geojson", points(grid, cells, true));
});

describe("santi access friction", () => {
  it("builds friction that travel-time reads, with the rules that made it", async () => {
    const cover = await save("cover.tif", { grid, data: new Float32Array(friction.data.length).fill(30) });
    const [x, y] = [grid.west + 1550, grid.north];
    const road = (to: number) =>
      [
        [x, y],
        [x, y - to],
      ].map(([a = 0, b = 0]) => [...projectionOf(grid).toWgs84(a, b)]);
    const roads = saveJson("roads.geojson", {
      type: "FeatureCollection",
      features: [
        {
          type: "Feature",
          properties: { highway: "primary" },
          geometry: { type: "LineString", coordinates: road(5900) },
        },
      ],
    });
    const [out, modes] = [at("built.tif"), at("modes.tif")];
    const run = await santi(
      "friction",
      "--land-cover",
      cover,
      "--roads",
      roads,
      "--mode",
      "motor",
      "--out",
      out,
      "--modes",
      modes,
      "--json",
    );
    expect([run.code, run.err]).toEqual([0, ""]);
    expect(run.json()).toMatchObject({
      rules: [{}, { kind: "land-cover", class: "30", speed: 4.86 }, { kind: "road", speed: 60, mode: "motorised" }],
    });
    const built = await readValues(out);
    expect(built[15]).toBeCloseTo(360 / 60, 5);
    expect(built[3]).toBeCloseTo(360 / 4.86, 4);
    const times = at("times.tif");
    const args = ["--friction", out, "--modes", modes, "--dem", demFile, "--sources", sourcesFile, "--out", times];
    expect((await santi("travel-time", ...args)).code).toBe(0);
    expect((await readValues(times)).every((value) => value >= 0)).toBe(true);
    expect((await santi("friction", "--land-cover", cover, "--out", out)).out).toMatch(
      /4,200 cells: land cover 30, on foot at 4\.86/,
    );
  });

  it("tells everything that is wrong with its input, and resamples when asked to", async () => {
    const degrees: Grid = {
      columns: 50,
      rows: 40,
      west: 105,
      north: 12,
      cellWidth: 0.001,
      cellHeight: 0.001,
      epsg: 4326,
    };
    const cover = await save("degrees.tif", { grid: degrees, data: new Float32Array(2000).fill(40) });
    const table = JSON.parse((await santi("friction", "--print-speeds", "--mode", "bicycle")).out) as {
      landCover: Record<string, object>;
    };
    const speeds = saveJson("speeds.json", {
      ...table,
      landCover: { ...table.landCover, 40: { mode: "walking", dry: -2, rainy: 1 } },
    });
    const refused = await santi("friction", "--land-cover", cover, "--speeds", speeds, "--out", at("f.tif"));
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/error: landCover 40: a speed of -2 km\/h/);
    expect(refused.out).toMatch(/error: the raster is in degrees \(EPSG:4326, cells of 0\.001\)/);
    const built = await santi("friction", "--land-cover", cover, "--cell", "50", "--out", at("f.tif"), "--json");
    expect([built.code, built.json()]).toMatchObject([0, { grid: { epsg: 32648, cellWidth: 50 } }]);
    const broken = saveJson("broken.json", { landCover: {} });
    expect((await santi("friction", "--land-cover", cover, "--speeds", broken, "--out", at("f.tif"))).code).toBe(1);
    expect((await santi("friction", "--out", at("f.tif"))).code).toBe(2);
  });
});
