import { createHash } from "node:crypto";
import {
  buildFriction,
  cellAt,
  placeSources,
  projectionOf,
  SPEEDS,
  type TravelTime,
  travelTime,
} from "@santi/travel-time";
import { describe, expect, it } from "vitest";
import { makeTerrain, type TerrainLayers, terrainWindow, terrainWindowNames } from "./index.ts";

const digest = ({ elevation, landCover, population, roads, rivers, bridges, towns }: TerrainLayers) => {
  const hash = createHash("sha256");
  for (const raster of [elevation, landCover, population]) hash.update(new Uint8Array(raster.buffer));
  return hash
    .update(JSON.stringify([roads, rivers, bridges, towns]))
    .digest("hex")
    .slice(0, 16);
};
const sum = (values: Float32Array, wanted: (cell: number) => boolean = () => true) =>
  values.reduce((total, value, cell) => (wanted(cell) ? total + value : total), 0);

/** Golden digests; when one changes, look at the ground first, then write the new one down. */
const DIGESTS = { "khm-north-west": "5f4343e91ae799ed", "lao-vnm-hills": "73f18dc755599a0b" } as const;

describe.each(terrainWindowNames)("the sample terrain %s", (name) => {
  const layers = makeTerrain(name);
  const { grid, elevation, landCover, population, roads, rivers, bridges, towns } = layers;

  it("is the same bytes for the same seed, and other ground for another", () => {
    expect(digest(layers)).toBe(DIGESTS[name]);
    const { groups } = makeTerrain(name);
    expect(groups).toEqual(layers.groups);
    expect(digest(makeTerrain(name, "2"))).not.toBe(DIGESTS[name]);
  });

  it("holds the people it says, nobody on water, most of them on the ground near roads that is sown or built up", () => {
    expect(sum(population)).toBeCloseTo(terrainWindow(name).people, -3);
    expect(sum(population, (cell) => landCover[cell] === 80)).toBe(0);
    expect(sum(population, (cell) => landCover[cell] === 40 || landCover[cell] === 50)).toBeGreaterThan(
      sum(population) * 0.6,
    );
    expect(population.every((people) => people >= 0)).toBe(true);
    expect(new Set(landCover).size).toBeGreaterThanOrEqual(7);
    expect(elevation.every((height) => Number.isFinite(height))).toBe(true);
  });

  it("tells its people apart: women and men are everybody, and every part is within the people of its cell", () => {
    const { women, men, ...parts } = layers.groups;
    const all = sum(population);
    population.forEach((people, cell) => {
      if (Math.abs((women[cell] as number) + (men[cell] as number) - people) > 1e-3 * people + 1e-6)
        throw new Error(`Women and men are not the people of cell ${cell}`);
    });
    for (const [name, part] of Object.entries({ women, men, ...parts })) {
      expect(part.every((people, cell) => people >= 0 && people <= (population[cell] as number))).toBe(true);
      expect([name, sum(part) / all > 0.02]).toEqual([name, true]);
    }
    // Of those who live where few do, more are children or have a disability.
    const share = (part: Float32Array, wanted: (cell: number) => boolean) =>
      sum(part, wanted) / sum(population, wanted);
    const few = (cell: number) => (population[cell] as number) < 2;
    for (const part of [parts.children, parts.disability])
      expect(share(part, few)).toBeGreaterThan(share(part, (cell) => !few(cell)));
  });

  it("has rivers that run downhill", () => {
    const { toGrid } = projectionOf(grid);
    const height = (at: readonly number[]) =>
      elevation[cellAt(grid, ...toGrid(at[0] as number, at[1] as number))] as number;
    const uphill = rivers.features.filter(({ geometry: { coordinates } }) => {
      return height(coordinates.at(-1) as number[]) > height(coordinates[0] as number[]) + 1;
    });
    expect(rivers.features.length).toBeGreaterThan(100);
    expect(uphill.length).toBe(0);
  });

  it("has roads by which every centre and nearly everyone is reached, and fewer in the rains", () => {
    const { toGrid } = projectionOf(grid);
    const at = towns.features.map(({ geometry: { coordinates } }) =>
      toGrid(coordinates[0] as number, coordinates[1] as number),
    );
    const search = (season: "dry" | "rainy"): TravelTime => {
      const ground = { grid, data: elevation };
      const built = buildFriction(
        { landCover: { grid, data: landCover }, roads, rivers, bridges, elevation: ground },
        { speeds: SPEEDS.motorised, season },
      );
      expect(
        built.findings.filter(({ severity }) => severity === "error" || severity === "warning").map(({ code }) => code),
      ).toEqual(built.findings.some(({ code }) => code === "road-cut") ? ["road-cut"] : []);
      const [first] = placeSources(
        built.friction,
        at.slice(0, 1).map(([x, y]) => ({ x, y })),
        1000,
      );
      const cell = (first as { cell: number }).cell;
      return travelTime(built.friction, [{ cell }], {
        movement: { kind: "modes", elevation: ground, mode: built.mode, direction: "towards" },
      });
    };
    const [dry, rainy] = [search("dry"), search("rainy")];
    const centres = towns.features.flatMap(({ properties }, i) =>
      properties.rank === 1 ? [at[i] as readonly [number, number]] : [],
    );
    for (const [x, y] of centres) expect(dry.time[cellAt(grid, x, y)]).toBeLessThan(5 * 3600);
    const within = ({ time }: TravelTime, hours: number) =>
      sum(population, (cell) => (time[cell] as number) <= hours * 3600);
    expect(within(dry, 24)).toBeGreaterThan(sum(population) * 0.95);
    expect(within(rainy, 2)).toBeLessThan(within(dry, 2) * 0.97);
  });
});
