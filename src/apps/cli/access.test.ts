import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  accessScores,
  catchments,
  cellCentre,
  type Grid,
  openGeoTiff,
  populatedCells,
  projectionOf,
  type Raster,
  siteByCoverage,
  writeGeoTiff,
} from "@santi/travel-time";
import type { FeatureCollection } from "geojson";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GOLDEN_SOURCES, goldenPath } from "../../../packages/travel-time/src/golden.test-helper.ts";
import { grassInstalled, runGrass } from "../../../packages/travel-time/src/grass.test-helper.ts";
import { differingCells, madeUpSources, madeUpTerrain } from "../../../packages/travel-time/src/samples.test-helper.ts";
import { runProgram } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "santi-cli-access-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function santi(...args: string[]): Promise<{ code: number; out: string; err: string; json: () => never }> {
  let [out, err] = ["", ""];
  const stdout = {
    write(text: string) {
      out += text;
    },
  };
  const stderr = {
    write(text: string) {
      err += text;
    },
  };
  const code = await runProgram(["access", ...args], { stdout, stderr });
  return { code, out, err, json: () => JSON.parse(out) as never };
}
const save = async (name: string, raster: Raster<Float32Array | Float64Array>) => {
  writeFileSync(at(name), new Uint8Array(await (await writeGeoTiff(raster)).arrayBuffer()));
  return at(name);
};
const saveJson = (name: string, value: unknown) => {
  writeFileSync(at(name), JSON.stringify(value));
  return at(name);
};
const points = (
  grid: Grid,
  cells: readonly number[],
  degrees: boolean,
  properties: object = {},
): FeatureCollection => ({
  type: "FeatureCollection",
  features: cells.map((cell, i) => {
    const { x, y } = cellCentre(grid, cell);
    const place = degrees ? projectionOf(grid).toWgs84(x, y) : [x, y];
    return {
      type: "Feature",
      properties: { name: `S${i + 1}`, ...properties },
      geometry: { type: "Point", coordinates: [...place] },
    };
  }),
});
const read = async (path: string) => (await (await openGeoTiff(path)).readDouble()).data;

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
    expect(differingCells(await read(out), await read(goldenPath(name)))).toBe(0);
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
    expect(differingCells(await read(out), results[0] as Float64Array)).toBe(0);
  });

  it("allocates each cell to the service it is reached from, and stops at the maximum", async () => {
    const [out, allocation] = [at("max.tif"), at("allocation.tif")];
    const args = ["--max", "1500", "--allocation", allocation, "--out", out, "--json"];
    const run = await santi("travel-time", "--friction", frictionFile, "--sources", sourcesFile, ...args);
    expect(run.code).toBe(0);
    const [time, nearest] = [await read(out), await read(allocation)];
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
      found.push(await read(out));
    }
    expect(differingCells(found[0] as Float64Array, found[1] as Float64Array)).toBeGreaterThan(3000);
  });

  it("refuses a service on a barrier, moves it with --snap and says how far, leaves it out with --skip", async () => {
    const sources = saveJson("barrier.geojson", points(grid, [barrier, cells[0] as number], true));
    const args = ["travel-time", "--friction", frictionFile, "--sources", sources, "--out", at("snap.tif")];
    const refused = await santi(...args);
    expect([refused.code, refused.out]).toEqual([1, expect.stringMatching(/error: S1 stands on a barrier/)]);
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
      expect.stringMatching(/needs 1 MB of memory and 0 MB may be taken. Cells of \d+ instead of 100/),
    ]);
  });

  it("answers other bad input with 1 and a sentence", async () => {
    const negative = await save("negative.tif", {
      grid,
      data: friction.data.map((value, i) => (i === 7 ? -3 : value)),
    });
    const other = await save("other.tif", { ...elevation, grid: { ...grid, west: grid.west + 30 } });
    const elsewhere = { ...points(grid, cells, false), crs: { properties: { name: "urn:ogc:def:crs:EPSG::3148" } } };
    for (const [args, words] of [
      [["--friction", negative, "--sources", sourcesFile], "Friction -3 is negative"],
      [["--friction", frictionFile, "--sources", sourcesFile, "--dem", other], "do not share one grid"],
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

describe("santi access score and site", () => {
  const people: Raster = { grid, data: friction.data.map((_, i) => (i % 7 === 0 ? (i % 50) + 1 : 0)) };
  let peopleFile: string;
  beforeAll(async () => {
    peopleFile = await save("people.tif", people);
  });
  const ground = () => ["--friction", frictionFile, "--population", peopleFile, "--max", "1800"];

  it("scores every cell and sums people by unit", async () => {
    const half = grid.columns * grid.cellWidth * 0.5;
    const [west, east] = [grid.west, grid.west + 2 * half];
    const [north, south] = [grid.north, grid.north - grid.rows * grid.cellHeight];
    const unit = (name: string, from: number, to: number) => ({
      ...{ type: "Feature", properties: { name } },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [from, north],
            [to, north],
            [to, south],
            [from, south],
            [from, north],
          ],
        ],
      },
    });
    const features = [unit("West", west, west + half), unit("East", west + half, east)];
    const units = saveJson("units.geojson", { type: "FeatureCollection", features });
    const beds = saveJson("beds.geojson", points(grid, cells, true, { beds: 12 }));
    const [out, table] = [at("score.tif"), at("score.csv")];
    const args = ["--sources", beds, "--supply", "beds", "--decay", "gaussian:900", "--thresholds", "900,1800"];
    const run = await santi("score", ...ground(), ...args, "--units", units, "--table", table, "--out", out, "--json");
    expect([run.code, run.err]).toEqual([0, ""]);
    const own = [
      ...catchments(
        friction,
        cells.map((cell) => ({ cell })),
        { maximum: 1800, knight: false },
      ),
    ];
    const { score } = accessScores(
      own,
      people.data,
      cells.map(() => 12),
      { decay: { kind: "gaussian", bandwidth: 900 } },
    );
    expect(differingCells(await read(out), score)).toBe(0);
    expect(score.some((value) => value > 0)).toBe(true);
    const told = run.json() as { units: { unit: string; people: number; within: number[] }[] };
    expect(told.units.map((each) => each.unit)).toEqual(["West", "East", ""]);
    const all = people.data.reduce((sum, each) => sum + each, 0);
    expect(told.units.reduce((sum, each) => sum + each.people, 0)).toBe(all);
    const covered = new Set(own.flatMap((each) => [...each.cells]));
    const within = people.data.reduce((sum, each, cell) => (covered.has(cell) ? sum + each : sum), 0);
    expect(told.units.reduce((sum, each) => sum + (each.within[1] as number), 0)).toBe(within);
    expect(readFileSync(table, "utf8")).toMatch(
      /unit,people,within_900,within_1800,unreached,mean_time,score\r\nWest,/,
    );
  });

  it("chooses places among every populated cell, existing services counted", async () => {
    const existing = saveJson("existing.geojson", points(grid, cells.slice(0, 2), true));
    const out = at("sites.geojson");
    const run = await santi("site", ...ground(), "--existing", existing, "--count", "3", "--out", out, "--json");
    expect([run.code, run.err]).toEqual([0, ""]);
    const options = { maximum: 1800, knight: false };
    const held = [
      ...catchments(
        friction,
        cells.slice(0, 2).map((cell) => ({ cell })),
        options,
      ),
    ];
    const anywhere = populatedCells(friction, people.data);
    const found = [
      ...catchments(
        friction,
        [...anywhere].map((cell) => ({ cell })),
        options,
      ),
    ];
    const best = siteByCoverage(found, people.data, 3, { existing: held });
    expect(run.json()).toMatchObject({
      candidates: anywhere.length,
      sites: best.chosen.map((candidate, i) => ({ cell: anywhere[candidate], gain: best.gains[i] })),
    });
    const { features } = JSON.parse(readFileSync(out, "utf8")) as FeatureCollection;
    expect(features.length).toBe(3);
    expect(features[0]?.geometry).toMatchObject({ type: "Point" });
  });

  it("chooses among candidates by travel time too, says when nobody lives there", async () => {
    const nobody = await save("nobody.tif", { grid, data: new Float32Array(friction.data.length) });
    const args = [
      "--friction",
      frictionFile,
      "--max",
      "1800",
      "--count",
      "2",
      "--candidates",
      sourcesFile,
      "--out",
      at("t.geojson"),
    ];
    const run = await santi("site", ...args, "--population", peopleFile, "--by", "time");
    expect([run.code, run.out]).toEqual([0, expect.stringMatching(/1\. S\d .*people × seconds saved/)]);
    const empty = await santi("site", ...args, "--population", nobody, "--json");
    expect(empty.json()).toMatchObject({ sites: [], findings: [{ code: "no-demand" }] });
    const wrong = await santi("site", ...ground(), "--count", "2", "--by", "time", "--out", at("t.geojson"));
    expect(wrong.code).toBe(2);
  });
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
    const built = await read(out);
    expect(built[15]).toBeCloseTo(360 / 60, 5);
    expect(built[3]).toBeCloseTo(360 / 4.86, 4);
    const times = at("times.tif");
    const args = ["--friction", out, "--modes", modes, "--dem", demFile, "--sources", sourcesFile, "--out", times];
    expect((await santi("travel-time", ...args)).code).toBe(0);
    expect((await read(times)).every((value) => value >= 0)).toBe(true);
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
