import type { Feature, FeatureCollection, Geometry } from "geojson";
import { describe, expect, it } from "vitest";
import { travelTime } from "../compiled.ts";
import { cellAt, type Grid } from "../raster/raster.ts";
import { buildFriction } from "./build.ts";
import { FrictionInputProblem } from "./input.ts";
import { SPEEDS } from "./speeds.ts";
import type { BuiltFriction, FrictionChoices, FrictionInput } from "./types.ts";

const grid: Grid = { columns: 21, rows: 21, west: 0, north: 2100, cellWidth: 100, cellHeight: 100 };
const grass = () => new Uint8Array(21 * 21).fill(30);
const layer = (...features: [Geometry, Record<string, unknown>][]): FeatureCollection => ({
  type: "FeatureCollection",
  features: features.map(([geometry, properties]): Feature => ({ type: "Feature", geometry, properties })),
});
const line = (...coordinates: number[][]): Geometry => ({ type: "LineString", coordinates });
const point = (x: number, y: number): Geometry => ({ type: "Point", coordinates: [x, y] });
const choices: FrictionChoices = { speeds: SPEEDS.motorised, coordinates: "grid" };
const build = (input: Partial<FrictionInput>, more: Partial<FrictionChoices> = {}) =>
  buildFriction({ landCover: { grid, data: grass() }, ...input }, { ...choices, ...more });
const ruleAt = ({ rules, rule }: BuiltFriction, x: number, y: number) => rules[rule[cellAt(grid, x, y)] as number];
const reaches = ({ friction }: BuiltFriction, from: [number, number], to: [number, number]) =>
  !Number.isNaN(travelTime(friction, [{ cell: cellAt(grid, ...from) }]).time[cellAt(grid, ...to)]);
const codes = ({ findings }: BuiltFriction) => findings.map(({ code }) => code);

/** Winds from the west edge to the east edge, mostly diagonally, so that corners could be slipped through. */
const river = layer([line([0, 1030], [520, 1490], [1130, 870], [1600, 1330], [2100, 790]), { waterway: "river" }]);
const roadNorthSouth = layer([line([950, 0], [950, 2100]), { highway: "primary" }]);
/** Where the road meets the river. */
const meeting = point(950, 1490 - ((950 - 520) / 610) * 620);

describe("buildFriction", () => {
  it("prices land cover by class, says which rule made a cell, and tells classes and cells without a speed", () => {
    const data = Float32Array.from({ length: 441 }, (_, i) => (i < 21 ? Number.NaN : i < 42 ? 77 : i < 63 ? 10 : 30));
    const built = build({ landCover: { grid, data } });
    expect(built.friction.data[50]).toBe(Math.fround(3.6 / 3.24));
    expect(built.mode[50]).toBe(1);
    expect(built.friction.data[30]).toBeNaN();
    expect(built.rules.map(({ kind, class: name, cells }) => [kind, name, cells])).toEqual([
      ["no-data", "", 21],
      ["unknown-class", "77", 21],
      ["land-cover", "10", 21],
      ["land-cover", "30", 378],
    ]);
    expect(built.findings).toEqual([
      { code: "class-unknown", severity: "warning", details: { layer: "landCover", class: "77", cells: 21 } },
      { code: "no-data-border", severity: "info", details: { border: 21, cells: 21 } },
    ]);
  });

  it("lets nobody slip through a river diagonally, in the rainy season through streams neither", () => {
    expect(reaches(build({ rivers: river }), [950, 50], [950, 2050])).toBe(false);
    const stream = layer([(river.features[0] as Feature).geometry, { class: "stream" }]);
    expect(reaches(build({ rivers: stream }), [950, 50], [950, 2050])).toBe(true);
    expect(reaches(build({ rivers: stream }, { season: "rainy" }), [950, 50], [950, 2050])).toBe(false);
    expect(ruleAt(build({ rivers: stream }), 20, 1050)).toMatchObject({ kind: "river", speed: 1.5 });
  });

  it("lets a road cross a river only at a bridge, and tells where it is cut", () => {
    const cut = build({ rivers: river, roads: roadNorthSouth });
    expect(reaches(cut, [950, 50], [950, 2050])).toBe(false);
    expect(cut.findings).toContainEqual({ code: "road-cut", severity: "warning", details: { places: 1 } });
    const bridged = build({ rivers: river, roads: roadNorthSouth, bridges: layer([meeting, { class: "bridge" }]) });
    expect(reaches(bridged, [950, 50], [950, 2050])).toBe(true);
    expect(codes(bridged)).toEqual([]);
    expect(ruleAt(bridged, 950, 1053)).toMatchObject({
      kind: "crossing",
      class: "bridge",
      mode: "motorised",
      speed: 40,
    });
    expect(ruleAt(bridged, 950, 50)).toMatchObject({ kind: "road", class: "primary", speed: 60 });
    expect(
      reaches(build({ rivers: river, roads: roadNorthSouth }, { riverCrossing: "roads" }), [950, 50], [950, 2050]),
    ).toBe(true);
  });

  it("closes a ford in the rainy season, and does not call that a cut road", () => {
    const input = { rivers: river, roads: roadNorthSouth, bridges: layer([meeting, { class: "ford" }]) };
    expect(reaches(build(input), [950, 50], [950, 2050])).toBe(true);
    const rainy = build(input, { season: "rainy" });
    expect(reaches(rainy, [950, 50], [950, 2050])).toBe(false);
    expect(codes(rainy)).toEqual([]);
    expect(ruleAt(rainy, 950, 1053)).toMatchObject({ kind: "crossing", class: "ford", speed: null });
  });

  it("opens a river at a footbridge without a road, and tells a bridge that spans nothing", () => {
    const built = build({
      rivers: river,
      bridges: layer([point(250, 1250), { class: "bridge" }], [point(50, 50), {}]),
    });
    expect(reaches(built, [50, 50], [50, 2050])).toBe(true);
    expect(built.findings).toEqual([{ code: "crossing-unused", severity: "info", details: { places: 1 } }]);
  });

  it("keeps a road that runs beside a river and never meets it", () => {
    const straight = layer([line([0, 1020], [2100, 1020]), { class: "river" }]);
    const beside = build({ rivers: straight, roads: layer([line([0, 1080], [2100, 1080]), { class: "tertiary" }]) });
    expect(ruleAt(beside, 850, 1050)).toMatchObject({ kind: "road", class: "tertiary" });
    expect(codes(beside)).toEqual(["road-beside-river"]);
  });

  it("takes the fastest of several roads, whatever their order, and none that the season closes", () => {
    const both = [
      [line([950, 0], [950, 2100]), { class: "track" }],
      [line([0, 1050], [2100, 1050]), { class: "secondary" }],
    ] as [Geometry, Record<string, unknown>][];
    for (const roads of [layer(...both), layer(...both.toReversed())]) {
      expect(ruleAt(build({ roads }), 950, 1050)).toMatchObject({ class: "secondary", speed: 50 });
    }
    const speeds = { ...SPEEDS.motorised, roads: { track: { mode: "motorised", dry: 12, rainy: null } } } as const;
    const rainy = build({ roads: layer(...both) }, { speeds, season: "rainy" });
    expect(ruleAt(rainy, 950, 50)).toMatchObject({ kind: "land-cover", speed: 4 });
    expect(rainy.findings).toEqual([
      { code: "class-unknown", severity: "warning", details: { layer: "roads", class: "secondary", features: 1 } },
    ]);
  });

  it("closes hazardous polygons wherever they touch or by the middle of cells, and roads unless they stay open", () => {
    const hazard: Geometry = {
      type: "Polygon",
      coordinates: [
        [
          [890, 890],
          [1110, 890],
          [1110, 1110],
          [890, 1110],
          [890, 890],
        ],
      ],
    };
    const input = { roads: roadNorthSouth, hazards: layer([hazard, {}]) };
    const closed = (built: BuiltFriction) => built.rules.find(({ kind }) => kind === "hazard")?.cells ?? 0;
    expect(closed(build(input))).toBe(16);
    expect(closed(build(input, { hazardRule: "centre" }))).toBe(4);
    expect(closed(build(input, { roadsThroughHazards: true }))).toBe(12);
    expect(ruleAt(build(input), 950, 1000)).toMatchObject({ kind: "hazard", speed: null });
  });

  it("refuses with everything that is wrong at once", () => {
    const speeds = { ...SPEEDS.walking, landCover: { 30: { mode: "walking", dry: 0, rainy: -1 } } } as const;
    const elevation = { grid: { ...grid, west: 50 }, data: new Float32Array(441) };
    const wrong = () => build({ elevation, roads: roadNorthSouth }, { speeds, coordinates: "wgs84" });
    expect(wrong).toThrow(FrictionInputProblem);
    try {
      wrong();
    } catch (error) {
      expect(
        (error as FrictionInputProblem).findings.map(({ code, details }) => [
          code,
          details.layer ?? details.season ?? details.epsg,
        ]),
      ).toEqual([
        ["speed-invalid", "dry"],
        ["speed-invalid", "rainy"],
        ["grids-differ", "elevation"],
        ["crs-unknown", ""],
      ]);
    }
    const inDegrees = { ...grid, west: 103, north: 14, cellWidth: 0.001, cellHeight: 0.001, epsg: 4326 };
    expect(() => build({ landCover: { grid: inDegrees, data: grass() } })).toThrow("not-metres");
    const other = { grid: { ...grid, epsg: 32647 }, data: new Float32Array(441) };
    expect(() => build({ landCover: { grid: { ...grid, epsg: 32648 }, data: grass() }, elevation: other })).toThrow(
      "crs-differ",
    );
  });

  it("tells features that lie elsewhere or are of another kind, and cells without height", () => {
    const elevation = { grid, data: new Float32Array(441).fill(Number.NaN, 0, 10) };
    const roads = layer([line([9000, 0], [9000, 900]), { class: "primary" }], [point(5, 5), { class: "primary" }]);
    const built = build({ elevation, roads });
    expect(built.findings).toEqual([
      { code: "geometry-ignored", severity: "warning", details: { layer: "roads", features: 1 } },
      { code: "features-outside", severity: "warning", details: { layer: "roads", features: 1, of: 1 } },
      { code: "elevation-missing", severity: "warning", details: { cells: 10 } },
    ]);
  });

  it("reads longitude and latitude onto a UTM grid", () => {
    const utm: Grid = {
      columns: 20,
      rows: 20,
      west: 499_000,
      north: 1_327_000,
      cellWidth: 100,
      cellHeight: 100,
      epsg: 32648,
    };
    const roads = layer([line([105, 11.9], [105, 12.1]), { class: "primary" }]);
    const built = buildFriction(
      { landCover: { grid: utm, data: new Uint8Array(400).fill(30) }, roads },
      { speeds: SPEEDS.walking },
    );
    const columns = new Set(
      [...built.rule.keys()]
        .filter((cell) => built.rules[built.rule[cell] as number]?.kind === "road")
        .map((cell) => cell % 20),
    );
    expect(columns.size).toBeLessThanOrEqual(2);
    expect(columns.has(10) || columns.has(9)).toBe(true);
  });
});
