import { readFileSync } from "node:fs";
import { accessScores, catchments, populatedCells, type Raster, siteByCoverage } from "@santi/travel-time";
import type { FeatureCollection } from "geojson";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  differingCells,
  madeUpSources,
  madeUpTerrain,
} from "../../../../packages/travel-time/src/samples.test-helper.ts";
import { points, readValues, santi, testFolder } from "./testing.ts";

const { at, save, saveJson, remove } = testFolder();
afterAll(remove);
const { friction } = madeUpTerrain(70, 60, 5);
const { grid } = friction;
const cells = madeUpSources(friction, 5, 2).map(({ cell }) => cell);
let frictionFile: string;
let sourcesFile: string;
beforeAll(async () => {
  frictionFile = await save("friction.tif", friction);
  sourcesFile = saveJson("sources.geojson", points(grid, cells, true));
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
    const unknown = await santi("score", ...ground(), "--sources", beds, "--supply", "staff", "--out", at("none.tif"));
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining("the property staff: S1")]);
    expect(differingCells(await readValues(out), score)).toBe(0);
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

  it("tells who is within reach with slower and faster travel", async () => {
    const args = ["--sources", sourcesFile, "--thresholds", "900,1800", "--out", at("banded.tif")];
    const table = at("banded.csv");
    const run = await santi("score", ...ground(), ...args, "--band", "20", "--table", table, "--json");
    expect([run.code, run.err]).toEqual([0, ""]);
    const [all] = (run.json() as { units: { within: number[]; slow: number[]; fast: number[] }[] }).units;
    // Where friction alone counts, a fifth slower is a quarter longer.
    const times = catchments(
      friction,
      cells.map((cell) => ({ cell })),
      { maximum: 1800, knight: false },
    );
    const reached = new Set(
      [...times].flatMap((each) => [...each.cells].filter((_, i) => (each.times[i] ?? 0) <= 1440)),
    );
    const slow = people.data.reduce((sum, each, cell) => (reached.has(cell) ? sum + each : sum), 0);
    expect(all?.slow[1]).toBe(slow);
    expect(all?.slow[1]).toBeLessThan(all?.within[1] ?? 0);
    expect(all?.fast[0]).toBeGreaterThan(all?.within[0] ?? 0);
    expect(readFileSync(table, "utf8")).toMatch(
      /score,within_900_slow,within_1800_slow,within_900_fast,within_1800_fast/,
    );
    const said = await santi("score", ...ground(), ...args, "--band", "20");
    expect(said.out).toMatch(/% to .*% with slower and faster travel/);
    expect((await santi("score", ...ground(), ...args, "--band", "100")).code).toBe(2);
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

  it("spends a budget on candidates by what each costs", async () => {
    const priced = { ...points(grid, cells, true) };
    const prices = cells.map((_, i) => [40, 5, 60, 10, 25][i % 5] as number);
    const features = priced.features.map((each, i) => ({
      ...each,
      properties: { ...each.properties, price: String(prices[i]) },
    }));
    const candidates = saveJson("priced.geojson", { ...priced, features });
    const args = ["site", ...ground(), "--candidates", candidates, "--count", "5", "--out", at("b.geojson")];
    const run = await santi(...args, "--cost", "price", "--budget", "50", "--json");
    expect([run.code, run.err]).toEqual([0, ""]);
    const found = [
      ...catchments(
        friction,
        cells.map((cell) => ({ cell })),
        { maximum: 1800, knight: false },
      ),
    ];
    const best = siteByCoverage(found, people.data, 5, { costs: prices, budget: 50 });
    const spent = best.chosen.reduce((sum, candidate) => sum + (prices[candidate] as number), 0);
    expect(run.json()).toMatchObject({
      sites: best.chosen.map((candidate) => ({ cell: cells[candidate], cost: prices[candidate] })),
      spent,
    });
    expect(spent).toBeLessThanOrEqual(50);
    expect((await santi(...args, "--cost", "price")).out).toMatch(/Costs together/);
    const unpriced = await santi(...args, "--cost", "cost");
    expect([unpriced.code, unpriced.err]).toEqual([1, expect.stringMatching(/no number above 0 in the property cost/)]);
    const alone = await santi("site", ...ground(), "--count", "2", "--budget", "9", "--out", at("b.geojson"));
    expect([alone.code, alone.err]).toEqual([2, expect.stringMatching(/need --candidates/)]);
  });
});
