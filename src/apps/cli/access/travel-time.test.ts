import { openGeoTiff } from "@santi/travel-time";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GOLDEN_SOURCES, goldenPath } from "../../../../packages/travel-time/src/golden.test-helper.ts";
import { grassInstalled, runGrass } from "../../../../packages/travel-time/src/grass.test-helper.ts";
import {
  differingCells,
  madeUpSources,
  madeUpTerrain,
} from "../../../../packages/travel-time/src/samples.test-helper.ts";
import { points, readValues, santi, testFolder } from "./testing.ts";

const { at, save, saveJson, remove } = testFolder();
afterAll(remove);
const { friction, elevation } = madeUpTerrain(70, 60, 5);
const { grid } = friction;
const cells = madeUpSources(friction, 5, 2).map(({ cell }) => cell);
const barrier = friction.data.findIndex((value) => Number.isNaN(value));
let frictionFile: string;
let demFile: string;
let sourcesFile: string;
beforeAll(async () => {
  frictionFile = await save("friction.tif", friction);
  demFile = await save("dem.tif", elevation);
  sourcesFile = saveJson("sources.geojson", points(grid, cells, true));
});

describe("santi access travel-time", () => {
  it.each([
    ["r-cost", []],
    ["r-cost-k", ["--knight"]],
    ["r-walk", ["--dem", goldenPath("elevation")]],
    ["r-walk-k", ["--dem", goldenPath("elevation"), "--mode", "walk", "--knight"]],
  ])("writes the bits that GRASS GIS found: %s", async (name, more) => {
    const golden = await (await openGeoTiff(goldenPath("friction"))).read();
    const services = points(
      golden.grid,
      GOLDEN_SOURCES.map(({ cell }) => cell),
      false,
    );
    const sources = saveJson(`${name}.geojson`, services);
    const out = at(`${name}.tif`);
    const run = await santi(
      "travel-time",
      "--friction",
      goldenPath("friction"),
      "--sources",
      sources,
      ...more,
      "--out",
      out,
    );
    expect([run.code, run.err]).toEqual([0, ""]);
    expect(differingCells(await readValues(out), await readValues(goldenPath(name)))).toBe(0);
  });

  // Where GRASS is missing, the files above stand for it.
  it.skipIf(!grassInstalled)("writes the bits that an installed GRASS GIS finds", async () => {
    const out = at("grass.tif");
    const run = await santi(
      "travel-time",
      "--friction",
      frictionFile,
      "--sources",
      sourcesFile,
      "--knight",
      "--out",
      out,
      "--no-compress",
    );
    expect([run.code, run.err]).toEqual([0, ""]);
    const { results } = runGrass(
      { friction },
      cells.map((cell) => ({ cell })),
      [{ module: "r.cost", flags: "-k" }],
    );
    expect(differingCells(await readValues(out), results[0] as Float64Array)).toBe(0);
  });

  it("allocates each cell to the service it is reached from, and stops at the maximum", async () => {
    const [out, allocation] = [at("max.tif"), at("allocation.tif")];
    const args = ["--max", "1500", "--allocation", allocation, "--out", out, "--json"];
    const run = await santi("travel-time", "--friction", frictionFile, "--sources", sourcesFile, ...args);
    expect(run.code).toBe(0);
    const [time, nearest] = [await readValues(out), await readValues(allocation)];
    expect(run.json()).toMatchObject({
      services: 5,
      findings: [],
      reached: time.filter((value) => value <= 1500).length,
    });
    expect(time.some((value) => value > 1500)).toBe(false);
    cells.forEach((cell, i) => {
      expect([time[cell], nearest[cell]]).toEqual([0, i + 1]);
    });
    expect(time.every((value, cell) => Number.isNaN(value) === Number.isNaN(nearest[cell]))).toBe(true);
  });

  it("counts slopes one way towards the services and another away from them", async () => {
    const found = [];
    for (const more of [[], ["--towards"]]) {
      const out = at(`tobler${more.length}.tif`);
      const args = [
        "--friction",
        frictionFile,
        "--sources",
        sourcesFile,
        "--dem",
        demFile,
        "--mode",
        "tobler",
        ...more,
      ];
      expect((await santi("travel-time", ...args, "--out", out)).code).toBe(0);
      found.push(await readValues(out));
    }
    expect(differingCells(found[0] as Float64Array, found[1] as Float64Array)).toBeGreaterThan(3000);
  });

  it("refuses a service on a barrier, moves it with --snap and says how far, leaves it out with --skip", async () => {
    const sources = saveJson("barrier.geojson", points(grid, [barrier, cells[0] as number], true));
    const args = ["travel-time", "--friction", frictionFile, "--sources", sources, "--out", at("snap.tif")];
    const refused = await santi(...args);
    expect([refused.code, refused.out]).toEqual([1, expect.stringMatching(/error: service S1 stands on a barrier/)]);
    const moved = await santi(...args, "--snap", "400", "--json");
    expect([moved.code, moved.json()]).toMatchObject([
      0,
      { services: 2, findings: [{ code: "source-moved", details: { name: "S1" } }] },
    ]);
    const skipped = await santi(...args, "--skip", "--json");
    expect([skipped.code, skipped.json()]).toMatchObject([
      0,
      { services: 1, findings: [{ code: "source-nothing-near" }] },
    ]);
  });

  it("refuses what memory would not hold before reading it, and offers a coarser grid", async () => {
    const args = ["--sources", sourcesFile, "--out", at("x.tif"), "--memory", "0.3"];
    const { code, err } = await santi("travel-time", "--friction", frictionFile, ...args);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/needs 0\.\d MB of memory and 0\.3 MB may be taken. Cells of \d+ instead of 100/),
    ]);
  });

  it("says which cells cost nothing to cross", async () => {
    const free = await save("free.tif", { grid, data: friction.data.map((value, i) => (i < 3 ? 0 : value)) });
    const { code, out } = await santi(
      "travel-time",
      "--friction",
      free,
      "--sources",
      sourcesFile,
      "--out",
      at("free-t.tif"),
    );
    expect([code, out]).toEqual([0, expect.stringContaining("3 cells cost nothing to cross")]);
  });

  it("answers other bad input with 1 and a sentence", async () => {
    const negative = await save("negative.tif", {
      grid,
      data: friction.data.map((value, i) => (i === 7 ? -3 : value)),
    });
    const other = await save("other.tif", { ...elevation, grid: { ...grid, west: grid.west + 30 } });
    const zone = await save("zone.tif", { ...elevation, grid: { ...grid, epsg: 32647 } });
    const elsewhere = { ...points(grid, cells, false), crs: { properties: { name: "urn:ogc:def:crs:EPSG::3148" } } };
    for (const [args, words] of [
      [["--friction", negative, "--sources", sourcesFile], "Friction -3 is negative"],
      [
        ["--friction", frictionFile, "--sources", sourcesFile, "--dem", other],
        "other.tif and friction do not share one grid",
      ],
      [["--friction", frictionFile, "--sources", sourcesFile, "--dem", zone], "zone.tif is in EPSG:32647"],
      [["--friction", frictionFile, "--sources", sourcesFile, "--dem", zone], "gdalwarp -t_srs EPSG:32648 -te"],
      [["--friction", frictionFile, "--sources", saveJson("crs.geojson", elsewhere)], "EPSG:32648"],
      [["--friction", frictionFile, "--sources", saveJson("empty.geojson", points(grid, [], true))], "has no points"],
      [["--friction", frictionFile, "--sources", frictionFile], "no GeoJSON"],
      [["--friction", sourcesFile, "--sources", sourcesFile], "no GeoTIFF"],
      [["--friction", at("missing.tif"), "--sources", sourcesFile], "no file or folder"],
    ] as const) {
      const { code, err } = await santi("travel-time", ...args, "--out", at("bad.tif"));
      expect([code, err]).toEqual([1, expect.stringContaining(words)]);
    }
  });

  it.each([
    [["--sources", "s", "--out", "o"]],
    [["--friction", "f", "--sources", "s", "--out", "o", "--towards"]],
    [["--friction", "f", "--sources", "s", "--out", "o", "--dem", "d", "--towards"]],
    [["--friction", "f", "--sources", "s", "--out", "o", "--dem", "d", "--mode", "tobler", "--modes", "m"]],
    [["--friction", "f", "--sources", "s", "--out", "o", "--max", "soon"]],
  ])("answers wrong usage with 2: %j", async (args) => {
    const { code, err } = await santi("travel-time", ...args);
    expect([code, err]).toEqual([2, expect.stringContaining("--help")]);
  });
});
